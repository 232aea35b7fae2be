"""Blank cells keep what is registered; what may be wrong is told before it is written."""

import pytest

from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.models import PlaceName

from ..factories import make_place
from .files import CODE, csv_file, row
from .test_applying import bring_in, everything

pytestmark = pytest.mark.usefixtures("district")

FEW = (
    "code",
    "name",
    "category",
    "status",
    "subdistricts",
    "romanisation",
    "lon",
    "lat",
    "meaning",
)


@pytest.fixture
def registered(tmp_path):
    told = {"romanisation": "Shìyàn 1 Lù", "meaning": "试验", "variants": "alias:甲路"}
    path = csv_file(tmp_path, [row(1, status="historical", year_abolished="1990", **told)])
    bring_in(path)
    return PlaceName.objects.get()


def remarks(path, **options):
    plan = make_plan(open_source(path), **options)
    try:
        return [(each.column, each.reason) for each in plan.remarks()], plan.counts
    finally:
        plan.close()


def test_blank_cells_change_nothing(tmp_path, registered):
    before = everything()
    blank = dict.fromkeys(FEW, "") | {"code": registered.code, "name": registered.name}
    path = csv_file(tmp_path, [blank | {"category": "23510"}], "blank.csv", FEW)
    _, counts = remarks(path)
    assert counts["kept_values"] == 6
    bring_in(path)
    assert everything() == before


def test_blank_cells_clear_when_that_is_chosen_but_never_the_subdistricts(tmp_path, registered):
    told = row(1, status="historical", romanisation="", meaning="", variants="")
    columns = ("code", "name", "category", "status", "romanisation", "meaning", "variants")
    bring_in(csv_file(tmp_path, [told], "clear.csv", columns), clear_blank=True)
    registered.refresh_from_db()
    assert (registered.romanisation, registered.meaning) == ("", "")
    assert not registered.variants.exists()
    path = csv_file(tmp_path, [row(1, subdistricts="")], "homeless.csv")
    plan = make_plan(open_source(path), clear_blank=True)
    assert [each.reason for each in plan.problems()] == ["所在街道不能清空"]
    plan.close()


def test_a_new_name_is_split_and_spelled_where_the_file_does_neither(tmp_path):
    columns = ("code", "name", "category", "subdistricts")
    bring_in(csv_file(tmp_path, [row(1, name="仁和里横街")], columns=columns))
    place = PlaceName.objects.get()
    assert place.specific
    assert place.generic
    assert place.romanisation.startswith("Rénhé")


def test_another_name_for_a_code_is_told_and_split_again(tmp_path):
    place = make_place("安宝路", specific="安宝", generic="路", code=CODE.format(1))
    columns = ("code", "name", "category", "subdistricts")
    path = csv_file(tmp_path, [row(1, name="安保路")], columns=columns)
    [(column, reason)] = remarks(path)[0]
    assert column == "标准名称"
    assert "登记的名称是“安宝路”" in reason
    assert "不留曾用名" in reason
    bring_in(path)
    place.refresh_from_db()
    assert (place.name, place.specific, place.generic) == ("安保路", "安保", "路")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([row(1, name="測試路", specific="測試")], "含有繁体字，规范写法是“测试路”"),
        ([row(1, name="新路（旧路）")], "含有括号"),
        ([row(1, name="同路"), row(2, name="同路")], "与第2行的名称、类别、街道都相同"),
        ([row(1, lon="113.9", lat="23.9")], "不在海珠区内"),
        ([row(1, lon="113.29")], "在昌岗街道，街道填的是江南中街道"),
        ([row(1)], None),
    ],
)
def test_what_may_be_wrong_is_told_and_taken(tmp_path, rows, reason):
    path = csv_file(tmp_path, rows)
    found = [each for _, each in remarks(path)[0]]
    assert len(found) == bool(reason)
    assert not reason or reason in found[0]
    bring_in(path)
    assert PlaceName.objects.count() == len(rows)
