"""Rows without a code: updates, new names, doubts."""

import pytest

from place_names.importing.applying import apply_plan
from place_names.importing.matching import DOUBT, MATCH, NEW, SKIP, plain
from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.models import NameVariant, PlaceName

from ..factories import make_place
from .files import CODE, csv_file, row

HERE = {"lon": "113.265000", "lat": "23.100000"}


def bare(name, **values):
    return {k: v for k, v in row(1, name=name, **values).items() if k != "code"}


@pytest.fixture
def register(district):
    first, _ = district

    def put(serial, name, lon=113.265, lat=23.1, where=first, **values):
        return make_place(
            name, code=CODE.format(serial), subdistrict=where, lon=lon, lat=lat, **values
        )

    return put


def planned(tmp_path, rows, **options):
    columns = sorted({key for each in rows for key in each})
    plan = make_plan(open_source(csv_file(tmp_path, rows, columns=columns)), **options)
    return plan, list(plan.matches())


def test_a_survey_is_an_update_new_names_and_doubts(register, tmp_path):
    register(1, "石榴岗路")
    register(2, "琶洲大道", lon=113.27)
    register(3, "琶洲大道", lon=113.268)
    rows = [bare("石榴岗路", meaning="山名"), bare("琶洲大道", lon="113.269"), bare("新开路")]
    plan, matches = planned(tmp_path, rows)
    assert [(m.name, m.outcome) for m in matches] == [
        ("石榴岗路", MATCH),
        ("琶洲大道", DOUBT),
        ("新开路", NEW),
    ]
    assert matches[0].code == CODE.format(1)
    assert {p.code for p in matches[1].proposals} == {CODE.format(2), CODE.format(3)}
    assert matches[2].code == CODE.format(4)
    assert not plan.invalid
    apply_plan(plan)
    assert PlaceName.objects.get(code=CODE.format(1)).meaning == "山名"
    assert PlaceName.objects.get(code=CODE.format(4)).name == "新开路"
    assert PlaceName.objects.count() == 4


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({}, MATCH),
        ({"lon": "113.266000"}, MATCH),
        ({"lon": "113.300000"}, DOUBT),  # the name fits, the place does not
        ({"category": "11000"}, DOUBT),
        ({"name": "广州市海珠区石榴岗路"}, MATCH),
        ({"name": "江南中街道石榴岗路"}, MATCH),
        ({"name": "昌岗街道石榴岗路"}, MATCH),  # the column says more than the name
        ({"name": "昌岗街道石榴岗路", "subdistricts": ""}, DOUBT),
        ({"name": "石榴冈路"}, DOUBT),
        ({"name": "旧石榴路"}, MATCH),  # its former name
        ({"name": "全然不同街"}, NEW),
    ],
)
def test_what_a_row_is_taken_for(register, tmp_path, values, outcome):
    place = register(1, "石榴岗路")
    NameVariant.objects.create(place=place, kind="former", name="旧石榴路")
    [match] = planned(tmp_path, [bare(**{"name": "石榴岗路", **values})])[1]
    assert match.outcome == outcome


def test_a_name_alone_is_never_enough(register, tmp_path):
    register(1, "石榴岗路")
    [match] = planned(tmp_path, [{"name": "石榴岗路", "meaning": "山名"}])[1]
    assert (match.outcome, match.proposals[0].score) == (DOUBT, 100)


def test_a_match_never_renames(register, tmp_path):
    place = register(1, "石榴岗路")
    NameVariant.objects.create(place=place, kind="former", name="旧石榴路")
    plan, _ = planned(tmp_path, [bare("旧石榴路", meaning="山名")])
    [difference] = plan.differences()
    assert "name" not in difference.fields
    assert "specific" not in difference.fields
    assert difference.fields["meaning"] == ["", "山名"]


def test_the_officer_decides(register, tmp_path):
    register(1, "琶洲大道", lon=113.27)
    register(2, "琶洲大道", lon=113.268)
    rows = [bare("琶洲大道", lon="113.269", meaning=f"第{n}个") for n in range(4)]
    decisions = {"2": CODE.format(2), "3": NEW, "4": SKIP, "5": CODE.format(2)}
    _, matches = planned(tmp_path, rows, decisions=decisions)
    # One record is not two rows.
    assert [m.outcome for m in matches] == [MATCH, NEW, SKIP, DOUBT]
    assert [m.code for m in matches[:2]] == [CODE.format(2), CODE.format(3)]


def test_new_names_are_numbered_one_after_another(district, tmp_path):
    rows = [bare("甲路"), bare("乙路"), bare("丙路"), row(2, name="丁路")]
    plan, matches = planned(tmp_path, rows)
    codes = [m.code for m in matches]
    assert len({*codes, CODE.format(2)}) == 4
    assert all(code.startswith(CODE.format(0)[:14]) for code in codes)
    assert not plan.invalid  # a code of the file is not given away


def test_a_new_name_needs_a_class(district, tmp_path):
    plan, matches = planned(tmp_path, [{"name": "新开路"}])
    assert not matches
    [problem] = plan.problems()
    assert (problem.column, problem.line) == ("地名类别", 2)


def test_a_doubtful_record_is_not_missing(register, tmp_path):
    register(1, "琶洲大道", lon=113.27)
    register(2, "琶洲大道", lon=113.268)
    plan, _ = planned(tmp_path, [bare("琶洲大道", lon="113.269")], remove_missing=True)
    assert plan.counts["removed"] == 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("广东省广州市海珠区江南大道", "江南大道"),
        ("海珠区 江南大道", "江南大道"),
        ("江南大道（中）", "江南大道中"),
        ("海珠区", "海珠区"),
    ],
)
def test_plain_names(written, meant):
    assert plain(written) == meant
