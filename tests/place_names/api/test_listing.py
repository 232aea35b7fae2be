"""Search near a point and in a box, and the list that is read page by page."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from place_names.api import asking
from place_names.models import NameVariant, PlaceName, RegisterSettings
from place_names.names.listing import STATUSES
from tests.place_names.factories import make_category, make_place

pytestmark = pytest.mark.usefixtures("district")
ROOT = "/api/v1/place-names/"


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


@pytest.fixture
def places(district):
    first, second = district
    park = make_category("25200", "公园")
    made = {
        "甲路": make_place("甲路", romanisation="Jiǎ Lù", geometry=point(113.261, 23.10)),
        "乙路": make_place("乙路", romanisation="Yǐ Lù", geometry=point(113.265, 23.10),
                         year_established=1950),
        "丙路": make_place("丙路", romanisation="Bǐng Lù", geometry=point(113.275, 23.10),
                         subdistricts=[first, second]),
        "丁园": make_place("丁园", romanisation="Dīng Yuán", category=park,
                         geometry=point(113.295, 23.10), subdistricts=[second]),
        "旧路": make_place("旧路", romanisation="Jiù Lù", status="historical", geometry=None,
                         year_established=1900, year_abolished=1949),
    }  # fmt: skip
    NameVariant.objects.create(place=made["乙路"], kind="alias", name="又一路")
    made["乙路"].save()
    make_place("草稿", live=False)
    make_place("待定", status="pending")
    return made


def names(answer) -> list[str]:
    return [each["name"] for each in answer.json()["items"]]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        # ["code", "\\ud800"]
        ({"cursor": "WyJjb2RlIiwgIlx1ZDgwMCJd"}, 400),
        # Before the year 1 in UTC; 2026-01-01 is the control.
        ({"changed_since": "0001-01-01"}, 422),
        ({"changed_since": "9999-12-31T23:59:59-14:00"}, 422),
        ({"changed_since": "2026-01-01"}, 200),
    ],
)
def test_what_no_database_can_compare_is_told(client, asked, status):
    answer = client.get(f"{ROOT}list", asked)
    assert answer.status_code == status
    assert status == 200 or answer.json()["parameter"] in asked


def test_near_gives_distances_and_sorts_by_them(client, places):
    answer = client.get(ROOT, {"near": "113.266,23.10", "sort": "distance", "limit": 3})
    assert names(answer) == ["乙路", "甲路", "丙路"]
    metres = [each["distance"] for each in answer.json()["items"]]
    # A degree of longitude is 102,470 m here.
    assert metres == pytest.approx([102.5, 512.4, 922.2], rel=0.01)
    assert client.get(ROOT).json()["items"][0]["distance"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"bbox": "113.26,23.09,113.27,23.11"}, ["乙路", "甲路"]),
        ({"variant": "true"}, ["乙路"]),
        ({"category": "25000"}, ["丁园"]),
        ({"subdistrict": "440105003"}, ["丁园", "丙路"]),
        ({"q": "路", "bbox": "113.27,23.09,113.28,23.11"}, ["丙路"]),
        ({"year": "1930"}, ["旧路"]),
        ({"year": "1930", "start": "unknown"}, ["丁园", "丙路", "甲路"]),
        ({"year": "1930", "start": "all"}, ["丁园", "丙路", "旧路", "甲路"]),
        ({"start": "known"}, ["乙路", "旧路"]),
    ],
)
def test_filters_of_search(client, places, asked, found):
    assert sorted(names(client.get(ROOT, asked))) == found


def test_the_group_of_unknown_start_is_counted(client, places):
    assert client.get(ROOT, {"year": "1930"}).json()["start_unknown"] == 3
    assert client.get(ROOT, {"year": "1930", "q": "甲"}).json()["start_unknown"] == 1
    assert client.get(ROOT).json()["start_unknown"] is None
    assert client.get(ROOT, {"year": "1930", "start": "never"}).status_code == 422


def test_the_list_counts_that_group_too(client, places):
    path = f"{ROOT}list"
    assert client.get(path, {"year": "1930"}).json()["start_unknown"] == 3
    road = {"year": "1930", "subdistrict": "440105003", "start": "unknown"}
    assert client.get(path, road).json()["start_unknown"] == client.get(path, road).json()["total"]
    assert client.get(path).json()["start_unknown"] is None


def test_more_is_told_where_paging_ends(client, places, monkeypatch):
    monkeypatch.setattr("search.places.results.MAX_PAGE", 2)
    ends = [client.get(ROOT, {"limit": limit, "page": 2}).json()["more"] for limit in (1, 50)]
    assert ends == [True, False]


def test_geometry_only_where_it_is_asked_for(client, places):
    register = RegisterSettings.load()
    register.published_decimals = 2
    register.save()
    assert client.get(ROOT, {"q": "乙路"}).json()["items"][0]["geometry"] is None
    shown = client.get(ROOT, {"q": "乙路", "geometry": "true"}).json()["items"][0]
    assert shown["geometry"]["coordinates"] == [113.27, 23.1]
    listed = client.get(ROOT + "list", {"geometry": "true", "category": "25200"}).json()["items"]
    assert listed[0]["geometry"]["coordinates"] == [113.3, 23.1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["丁园", "丙路", "乙路", "旧路", "甲路"]),
        ({"bbox": "113.26,23.09,113.27,23.11"}, ["乙路", "甲路"]),
        ({"category": "25000"}, ["丁园"]),
        ({"subdistrict": "440105003"}, ["丁园", "丙路"]),
        ({"status": "historical"}, ["旧路"]),
        ({"year": "1930"}, ["旧路"]),
        ({"year": "1930", "start": "unknown"}, ["丁园", "丙路", "甲路"]),
        ({"year": "1930", "start": "all"}, ["丁园", "丙路", "旧路", "甲路"]),
        ({"start": "known"}, ["乙路", "旧路"]),
    ],
)
def test_filters_of_the_list(client, places, asked, found):
    answer = client.get(ROOT + "list", asked)
    assert sorted(names(answer)) == found
    assert answer.json()["total"] == len(found)


@pytest.mark.parametrize("sort", ["code", "name", "changed"])
def test_the_list_is_read_whole_page_by_page(client, places, sort):
    whole = names(client.get(ROOT + "list", {"sort": sort}))
    assert len(whole) == 5
    if sort == "name":
        assert whole == ["丙路", "丁园", "甲路", "旧路", "乙路"]
    paged, address = [], f"{ROOT}list?sort={sort}&limit=2"
    while address:
        answer = client.get(address)
        assert answer.json()["total"] == 5
        paged += names(answer)
        address = answer.json()["next"]
    assert paged == whole


def test_changes_since_a_time(client, places):
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    PlaceName.objects.update(updated_at=early)
    PlaceName.objects.filter(name__in=("甲路", "草稿")).update(updated_at=late)

    def changed(since: str) -> list[str]:
        return names(client.get(ROOT + "list", {"changed_since": since, "sort": "changed"}))

    assert changed("2026-02-01") == ["甲路"]
    assert changed("2026-03-01T08:00:00+08:00") == ["甲路"]
    assert changed("2026-03-01T00:00:01Z") == []
    assert len(changed("2026-01-01T00:00:00Z")) == 5


def test_suggestions_and_facets(client, places):
    assert [each["name"] for each in client.get(ROOT + "suggest", {"q": "乙"}).json()] == ["乙路"]
    facets = client.get(ROOT + "facets").json()
    assert facets["total"] == 5
    assert {each["code"]: each["count"] for each in facets["status"]} == {
        "standard": 4, "historical": 1,
    }  # fmt: skip
    assert {each["name"]: each["count"] for each in facets["subdistrict"]} == {
        "江南中街道": 4, "昌岗街道": 2,
    }  # fmt: skip


def test_few_queries_however_long_the_list(client, django_assert_max_num_queries):
    for number in range(30):
        make_place(f"试验{number}路")
    client.get(ROOT + "list")
    with django_assert_max_num_queries(7):
        assert len(client.get(ROOT + "list").json()["items"]) == 30


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("path", "parameter", "valid"),
    [
        ("?status=pending", "status", "standard, historical, abolished"),
        ("?status=Standard", "status", "standard, historical, abolished"),
        ("list?status=x", "status", "standard, historical, abolished"),
        ("facets?status=x", "status", "standard, historical, abolished"),
        ("?category=99999", "category", "/api/v1/place-names/categories"),
        ("list?category=25", "category", "/api/v1/place-names/categories"),
        ("facets?category=x", "category", "/api/v1/place-names/categories"),
        ("?subdistrict=440105999", "subdistrict", "440105003, 440105004"),
        ("list?subdistrict=x", "subdistrict", "440105003, 440105004"),
        ("facets?subdistrict=x", "subdistrict", "440105003, 440105004"),
        ("?start=never", "start", "known, unknown, all"),
        ("?sort=size", "sort", "relevance, name, distance"),
        ("list?sort=size", "sort", "code, name, changed"),
        ("check?name=江南路&kind=x", "kind", "street, estate"),
        ("check?name=江南路&kind=street&subdistrict=x", "subdistrict", "江南中街道"),
    ],
)
def test_a_value_that_there_is_not_is_refused_with_those_there_are(client, path, parameter, valid):
    answer = client.get(ROOT + path)
    assert (answer.status_code, answer.json()["parameter"]) == (422, parameter)
    assert valid in answer.json()["detail_zh"]
    assert valid in answer.json()["detail_en"]


def test_an_empty_filter_is_as_none(client, places):
    for path in ("", "list"):
        answer = client.get(ROOT + path, {"status": "", "category": "", "subdistrict": ""})
        assert answer.json()["total"] == 5
    assert get_args(asking.Status) == ("", *STATUSES)


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("?near=1", 422, "near"), ("?near=200,10", 422, "near"), ("?sort=size", 422, "sort"),
        ("?sort=distance", 422, "near"), ("?bbox=1,2,3", 400, "bbox"), ("?limit=0", 422, "limit"),
        ("?limit=101", 422, "limit"), ("?year=x", 422, "year"), ("list?limit=1001", 422, "limit"),
        ("list?cursor=x", 400, "cursor"), ("list?sort=size", 422, "sort"),
        ("list?changed_since=yesterday", 422, "changed_since"),
        ("list?changed_since=2026-02-31", 422, "changed_since"), ("suggest", 422, "q"),
        ("facets?bbox=a", 400, "bbox"), ("reverse?x=1", 422, "y"), ("reverse?x=nan&y=1", 422, "x"),
        ("reverse?x=1000&y=1", 422, "x"), ("reverse?x=1&y=1&crs=EPSG:4610", 422, "crs"),
        ("reverse?x=1&y=1&crs=no", 422, "crs"), ("reverse?x=1e300&y=1&crs=EPSG:4547", 422, "x"),
        ("99999999999999999999", 404, None), ("x/history", 404, None),
    ],
)  # fmt: skip
def test_each_error_is_a_problem_document(client, path, status, parameter):
    answer = client.get(ROOT + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem.get("parameter")) == (status, parameter)
    assert problem["detail_zh"]
    assert problem["detail_en"]
