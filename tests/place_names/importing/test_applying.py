"""All or nothing, the same again changes nothing, and the last import can be taken back."""

import json

import pytest

from home.table_export import csv_blocks, write_xlsx
from place_names.exporting.tables import rows
from place_names.importing.applying import ImportStoppedError, apply_plan, undo_last
from place_names.importing.differences import state_of
from place_names.importing.planning import make_plan
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import open_source
from place_names.models import (
    ImportRecord,
    NameVariant,
    PlaceImage,
    PlaceName,
    Sign,
    Succession,
)

from ..factories import make_picture, make_place
from .files import CODE, csv_file, row

pytestmark = pytest.mark.usefixtures("district")

LINE = {"type": "LineString", "coordinates": [[113.262, 23.1], [113.27, 23.1]]}


def bring_in(path, *, skip_invalid=False, user=None, **options):
    plan = make_plan(open_source(path), **options)
    try:
        return plan, apply_plan(plan, skip_invalid=skip_invalid, user=user)
    finally:
        plan.close()


def everything():
    return {place.code: state_of(place) for place in PlaceName.objects.all()}


def test_rows_become_public_records(tmp_path):
    path = csv_file(
        tmp_path,
        [
            row(
                1,
                name="江南大道中",
                romanisation="Jiāngnán Dàdàozhōng",
                subdistricts="440105003;440105004",
                variants="former:宝岗路[1950-1966]|alias:南大道",
                year_established="1921",
            )
        ],
    )
    _, record = bring_in(path)
    place = PlaceName.objects.published().get()
    assert (place.name, place.year_established, place.live) == ("江南大道中", 1921, True)
    assert place.romanisation_plain == "Jiangnan Dadaozhong"
    assert place.subdistrict.code == "440105003"
    assert [v.name for v in place.variants.all()] == ["宝岗路", "南大道"]
    assert (place.lon, place.min_lat) == (113.265, 23.1)
    assert (record.added, record.file_name, len(record.file_hash)) == (1, "names.csv", 64)


def test_one_bad_row_stops_everything(tmp_path):
    path = csv_file(tmp_path, [row(1), row(2, lon="x"), row(3)])
    with pytest.raises(ImportStoppedError, match="1行有误"):
        bring_in(path)
    assert not PlaceName.objects.exists()
    assert not ImportRecord.objects.exists()
    _, record = bring_in(path, skip_invalid=True)
    assert PlaceName.objects.count() == 2
    assert (record.added, record.invalid) == (2, 1)


def test_a_file_of_nothing_but_faults_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("place_names.importing.planning.MAX_INVALID", 20)
    path = csv_file(tmp_path, [row(1)] * 1000)
    folder = tmp_path / "plan"
    folder.mkdir()
    with pytest.raises(FileRefusedError, match="有误的行超过20行"):
        make_plan(open_source(path), folder=folder)
    assert list(folder.iterdir()) == []


def test_the_same_file_again_changes_nothing(tmp_path):
    path = csv_file(tmp_path, [row(n, variants="alias:甲|former:乙[-1980]") for n in range(1, 9)])
    bring_in(path, shapes_by_code={CODE.format(3): json.dumps(LINE)})
    before = everything()
    ids = set(NameVariant.objects.values_list("pk", flat=True))
    plan, record = bring_in(path, shapes_by_code={CODE.format(3): json.dumps(LINE)})
    assert not plan.changes_anything
    assert record.unchanged == 8
    assert everything() == before
    assert set(NameVariant.objects.values_list("pk", flat=True)) == ids


def test_every_difference_is_shown(tmp_path):
    bring_in(csv_file(tmp_path, [row(1), row(2), row(3)]))
    changed = csv_file(tmp_path, [row(1, name="新名路", lon="113.266"), row(2), row(4)])
    plan = make_plan(open_source(changed))
    assert {k: v for k, v in plan.counts.items() if v} == {
        "rows": 3,
        "added": 1,
        "added_public": 1,
        "added_unapproved": 1,
        "changed": 1,
        "unchanged": 1,
        "missing": 1,
        "remarks": 1,
    }
    first = next(each for each in plan.differences() if each.action == "changed")
    assert first.fields == {
        "name": ["试验1路", "新名路"],
        "lon": ["113.265000", "113.266000"],
    }
    plan.close()


def test_columns_that_the_file_lacks_stay_as_they_are(tmp_path):
    place = make_place(code=CODE.format(1), meaning="原意", geometry=LINE)
    bring_in(csv_file(tmp_path, [row(1, name="新名路")], columns=("code", "name")))
    place = PlaceName.objects.get(pk=place.pk)
    assert (place.name, place.meaning, place.geometry) == ("新名路", "原意", LINE)


def test_a_point_moves_a_line_stays(tmp_path):
    point, line = make_place(code=CODE.format(1)), make_place(code=CODE.format(2), geometry=LINE)
    moved = {"lon": "113.2640", "lat": "23.1010"}
    bring_in(csv_file(tmp_path, [row(1, **moved), row(2, **moved)]))
    point, line = PlaceName.objects.get(pk=point.pk), PlaceName.objects.get(pk=line.pk)
    assert point.geometry == {"type": "Point", "coordinates": [113.264, 23.101]}
    assert (line.geometry, line.lon, line.max_lat) == (LINE, 113.264, 23.101)


def test_missing_records_go_only_when_asked_and_not_referred_to(tmp_path):
    kept, gone = make_place(code=CODE.format(1)), make_place(code=CODE.format(2))
    path = csv_file(tmp_path, [row(1)])
    bring_in(path)
    assert PlaceName.objects.count() == 2
    link = Succession.objects.create(predecessor=gone, successor=kept, kind="merged", year=1990)
    with pytest.raises(ImportStoppedError, match="被其他记录引用"):
        bring_in(path, remove_missing=True)
    link.delete()
    _, record = bring_in(path, remove_missing=True)
    assert (record.removed, PlaceName.objects.count()) == (1, 1)


def test_undo_brings_back_the_exact_state(tmp_path):
    bring_in(
        csv_file(tmp_path, [row(n, variants="former:旧名[1950-1960]") for n in (1, 2, 3)]),
        shapes_by_code={CODE.format(2): json.dumps(LINE)},
    )
    before = everything()
    changes = [row(1, name="改了", variants="alias:别", subdistricts="440105003"), row(4)]
    bring_in(csv_file(tmp_path, changes), remove_missing=True)
    assert everything() != before
    record = undo_last()
    assert everything() == before
    assert (record.state, record.removed) == ("undone", 2)
    assert undo_last().added == 3
    assert not PlaceName.objects.exists()
    with pytest.raises(ImportStoppedError, match="没有可以撤销"):
        undo_last()


def test_undo_of_names_that_others_hang_on_is_refused_with_a_list(tmp_path):
    bring_in(csv_file(tmp_path, [row(n) for n in range(1, 14)]))
    before = everything()
    for number, place in enumerate(PlaceName.objects.all()):
        Sign.objects.create(number=f"HZ{number:02d}", place=place, lon=113.265, lat=23.1)
    with pytest.raises(ImportStoppedError) as refusal:
        undo_last()
    assert "被其他记录引用（已查到13条）：地名标志“HZ00 试验1路”；地名标志“HZ01 试验2路”" in str(
        refusal.value
    )
    assert "HZ12" not in str(refusal.value)
    assert everything() == before
    assert ImportRecord.objects.get().state == "applied"
    Sign.objects.all().delete()
    undo_last()
    assert not PlaceName.objects.exists()


def test_a_name_with_a_photograph_is_not_deleted_by_an_import_or_its_undo(tmp_path):
    path = csv_file(tmp_path, [row(1)])
    bring_in(path)
    place = PlaceName.objects.get()
    picture = make_picture()
    PlaceImage.objects.create(place=place, image=picture, caption="街景")
    with pytest.raises(ImportStoppedError, match="试验1路的照片“街景”"):
        undo_last()
    with pytest.raises(ImportStoppedError, match="试验1路的照片“街景”"):
        bring_in(csv_file(tmp_path, [row(2)]), remove_missing=True)
    assert PlaceImage.objects.count() == 1


def test_undo_brings_back_how_other_names_were_spelt(tmp_path):
    gone, changed = make_place(code=CODE.format(1)), make_place(code=CODE.format(2))
    for place in (gone, changed):
        NameVariant.objects.create(
            place=place, kind="dialect", name="冲口", romanisation="Chūnghháu"
        )
    bring_in(csv_file(tmp_path, [row(2, variants="alias:别")]), remove_missing=True)
    assert not NameVariant.objects.exclude(romanisation="").exists()
    undo_last()
    spelt = NameVariant.objects.values_list("place__code", "romanisation")
    assert set(spelt) == {(CODE.format(n), "Chūnghháu") for n in (1, 2)}


def test_undo_is_refused_after_later_changes(tmp_path):
    bring_in(csv_file(tmp_path, [row(1), row(2)]))
    place = PlaceName.objects.first()
    place.meaning = "后来补写"
    place.save()
    with pytest.raises(ImportStoppedError, match="又有变动"):
        undo_last()
    assert PlaceName.objects.count() == 2


def test_a_plan_that_the_register_overtook_is_refused(tmp_path):
    place = make_place(code=CODE.format(1))
    plan = make_plan(open_source(csv_file(tmp_path, [row(1, name="新名路")])))
    PlaceName.objects.filter(pk=place.pk).update(name="抢先改名")
    with pytest.raises(ImportStoppedError, match="重新核对"):
        apply_plan(plan)
    plan.close()


def test_drafts_and_locks_of_officers_are_not_run_over(tmp_path):
    draft, locked = make_place(code=CODE.format(1)), make_place(code=CODE.format(2), locked=True)
    draft.meaning = "草稿"
    draft.save_revision()
    plan = make_plan(open_source(csv_file(tmp_path, [row(1), row(2)])))
    reasons = [problem.reason for problem in plan.problems()]
    assert "尚未发布" in reasons[0]
    assert "已锁定" in reasons[1]
    plan.close()
    assert locked.locked


def test_the_editing_form_opens_what_was_imported(tmp_path):
    place = make_place(code=CODE.format(1))
    place.save_revision().publish()
    bring_in(csv_file(tmp_path, [row(1, name="新名路")]))
    place.refresh_from_db()
    assert place.get_latest_revision_as_object().name == "新名路"
    assert not place.has_unpublished_changes


AWKWARD = [
    row(1, remarks="=1+1", meaning="'=已有撇号", history="两\n行", variants="alias:甲[-1990]"),
    row(2, name="“引号”,逗号", description="@x", sources="+86", origin="-甲"),
    row(3, lon="", lat="", subdistricts="", variants="former:名[1-2][-]"),
]


def test_csv_export_comes_back_byte_for_byte(tmp_path):
    bring_in(csv_file(tmp_path, AWKWARD), shapes_by_code={CODE.format(2): json.dumps(LINE)})
    first = b"".join(csv_blocks(rows(PlaceName.objects.all())))
    path = tmp_path / "export.csv"
    path.write_bytes(first)
    assert not make_plan(open_source(path)).changes_anything
    PlaceName.objects.all().delete()
    bring_in(path)
    assert b"".join(csv_blocks(rows(PlaceName.objects.all()))) == first
    assert b"\n'=1+1" not in first
    assert b",'=1+1," in first


def test_xlsx_export_comes_back_the_same(tmp_path):
    bring_in(csv_file(tmp_path, AWKWARD))
    before = everything()
    path = tmp_path / "export.xlsx"
    with path.open("wb") as file:
        write_xlsx(rows(PlaceName.objects.all()), "地名", file)
    PlaceName.objects.all().delete()
    bring_in(path)
    assert everything() == before


def test_geojson_brings_shapes_along(tmp_path):
    feature = {"type": "Feature", "properties": row(1, lon="", lat=""), "geometry": LINE}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    bring_in(path)
    place = PlaceName.objects.get()
    assert place.geometry == LINE
    assert place.lon == pytest.approx(113.266)


def test_a_shape_without_its_record_is_named(tmp_path):
    plan = make_plan(
        open_source(csv_file(tmp_path, [row(1)])), shapes_by_code={CODE.format(9): json.dumps(LINE)}
    )
    assert [p.value for p in plan.problems()] == [CODE.format(9)]
    plan.close()
