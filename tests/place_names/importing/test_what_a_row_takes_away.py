"""A row that drops what a record has, or moves it, is told before it is written."""

import pytest

from place_names.importing.applying import apply_plan
from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.models import NameVariant, PlaceName, RegisterSettings

from ..factories import make_place, make_subdistrict
from .files import CODE, csv_file


@pytest.fixture
def road(district):
    """A road through two subdistricts, with two other names."""
    place = make_place("宝岗大道", code=CODE.format(1), subdistricts=list(district))
    NameVariant.objects.create(place=place, kind="former", name="宝岗路")
    NameVariant.objects.create(place=place, kind="alias", name="宝岗马路")
    return place


def told(tmp_path, **values):
    path = csv_file(
        tmp_path, [{"code": CODE.format(1), "name": "宝岗大道", **values}],
        columns=("code", "name", *values),
    )  # fmt: skip
    plan = make_plan(open_source(path))
    try:
        return [(each.column, each.reason) for each in plan.remarks()], dict(plan.counts)
    finally:
        plan.close()


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"subdistricts": "江南中街道"}, "所在街道", ("昌岗街道", "不再登记")),
        ({"variants": "former:宝岗路"}, "其他名称", ("宝岗马路", "删去")),
        ({"lon": "113.29", "lat": "23.1"}, "东经", ("移动了2,5", "米")),
        ({"lon": "113.31", "lat": "23.1"}, "东经", ("不在海珠区内",)),
    ],
)
def test_what_is_lost_is_told(tmp_path, road, values, column, words):
    found, _ = told(tmp_path, **values)
    assert any(each == column and all(w in reason for w in words) for each, reason in found)


@pytest.mark.parametrize(
    "values",
    [
        {"subdistricts": "江南中街道；昌岗街道"},
        {"subdistricts": "昌岗街道；江南中街道"},  # in another order
        {"variants": "former:宝岗路[-1950]|alias:宝岗马路|alias:宝岗"},
        {"lon": "113.2655", "lat": "23.1"},
    ],
)
def test_what_keeps_all_is_not_told(tmp_path, road, values):
    assert told(tmp_path, **values)[0] == []


def test_a_point_is_held_against_the_registered_subdistrict(tmp_path, district):
    """The file says nothing of the subdistrict, or has a blank cell for it."""
    make_place("宝岗大道", code=CODE.format(1))
    for values in ({}, {"subdistricts": ""}):
        found, _ = told(tmp_path, lon="113.29", lat="23.1", **values)
        assert ("东经", "在昌岗街道，登记的街道是江南中街道") in found


def test_subdistricts_are_held_against_the_registered_point(tmp_path, district):
    make_place("宝岗大道", code=CODE.format(1))
    found, _ = told(tmp_path, subdistricts="昌岗街道")
    assert ("所在街道", "登记的位置在江南中街道，不在填的街道里") in found


def test_a_name_that_becomes_public_or_ceases_to_be_is_told(tmp_path, district):
    place = make_place("宝岗大道", code=CODE.format(1), status="pending")
    assert ("状态", "原来是“待审定”，导入后马上公开") in told(tmp_path, status="标准地名")[0]
    place.status = "standard"
    place.save()
    assert ("状态", "原来是“标准地名”，导入后不再公开") in told(tmp_path, status="待审定")[0]


def test_published_coordinates_come_back_as_no_change(tmp_path, district):
    """What is published is rounded; the register is not worsened by its own publication."""
    settings = RegisterSettings.load()
    settings.published_decimals = 5
    settings.save()
    exact = {"type": "Point", "coordinates": [113.265433, 23.100017]}
    make_place("宝岗大道", code=CODE.format(1), geometry=exact)
    _, counts = told(tmp_path, lon="113.26543", lat="23.10002")
    assert (counts.get("changed", 0), counts["unchanged"]) == (0, 1)
    _, counts = told(tmp_path, lon="113.26544", lat="23.10002")
    assert counts["changed"] == 1
    _, counts = told(tmp_path, lon="113.265430", lat="23.100030")
    assert counts["changed"] == 1


def survey(tmp_path, *rows):
    columns = ("name", "category", "subdistricts", "status", "approval_document")
    given = [{"category": "23510", "subdistricts": "440105004", **each} for each in rows]
    return open_source(csv_file(tmp_path, given, columns=columns))


def test_new_names_are_counted_by_whether_they_are_public(tmp_path, district):
    source = survey(
        tmp_path, {"name": "望江路"}, {"name": "望海路", "approval_document": "穗民〔2026〕1号"},
        {"name": "望山路", "status": "待审定"}, {"name": "望岗路", "status": "历史地名"},
    )  # fmt: skip
    plan = make_plan(source)
    assert plan.counts["added"] == 4
    assert (plan.counts["added_public"], plan.counts["added_unapproved"]) == (3, 1)
    plan.close()


def test_new_names_may_wait_for_their_approval(tmp_path, district):
    make_subdistrict()
    registered = make_place("老路")
    source = survey(
        tmp_path, {"name": "望江路"}, {"name": "望海路", "status": "标准地名"},
        {"name": "望岗路", "status": "历史地名"},
    )  # fmt: skip
    plan = make_plan(source, new_pending=True)
    assert (plan.counts["added_public"], plan.counts["added_pending"]) == (1, 2)
    apply_plan(plan)
    plan.close()
    found = dict(PlaceName.objects.exclude(pk=registered.pk).values_list("name", "status"))
    assert found == {"望江路": "pending", "望海路": "pending", "望岗路": "historical"}
    assert PlaceName.objects.published().filter(name="望江路").count() == 0
