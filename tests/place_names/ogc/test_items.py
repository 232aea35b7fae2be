"""The items of a collection: what is found, in which order, on which page."""

import json

import pytest

from place_names.models import Category, NameVariant, PlaceName, RegisterSettings, Sign
from tests.place_names.factories import make_category, make_line, make_place

pytestmark = pytest.mark.usefixtures("district")
ITEMS = "/ogc/collections/place-names/items"


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


@pytest.fixture
def places(district):
    """Names that differ in each thing that is asked about."""
    river = make_category("12100", "河流")
    made = {
        "路": make_place("江南大道中", year_established=1921, geometry=point(113.265, 23.10)),
        "巷": make_place("同福巷", year_established=1990, geometry=point(113.275, 23.10)),
        "河": make_place(
            "珠江", category=river, romanisation="Rìver", geometry={
                "type": "LineString", "coordinates": [[113.26, 23.08], [113.29, 23.11]],
            },
        ),
        "旧": make_place("旧路", romanisation="Ējiāng", status="historical", year_established=1900, year_abolished=1950),
        "无": make_place("无处", geometry=None, meaning="没有位置"),
    }  # fmt: skip
    make_place("草稿", live=False)
    make_place("待定", status="pending")
    return made


def names(client, **asked) -> list[str]:
    answer = client.get(ITEMS, asked)
    assert answer.status_code == 200, answer.content.decode()
    return sorted(each["properties"]["name"] for each in answer.json()["features"])


ALL = ["同福巷", "旧路", "无处", "江南大道中", "珠江"]
LOCATED = ["同福巷", "旧路", "江南大道中", "珠江"]


FOUND = [
    ({}, ALL),
    ({"status": "historical"}, ["旧路"]),
    ({"category": "12100"}, ["珠江"]),
    ({"year_established": "1990"}, ["同福巷"]),
    ({"name": "同福巷", "status": "standard"}, ["同福巷"]),
    # As the standard has it, what is located nowhere is in every box.
    ({"bbox": "113.27,23.09,113.28,23.105"}, ["同福巷", "无处", "珠江"]),
    ({"bbox": "113.262,23.09,113.268,23.105"}, ["无处", "旧路", "江南大道中"]),
    # Within the extent of the line, but not on it.
    ({"bbox": "113.285,23.081,113.289,23.085"}, ["无处"]),
    ({"bbox": "113.27,23.09,0,113.28,23.105,9"}, ["同福巷", "无处", "珠江"]),
    ({"bbox": "170,-10,-170,10"}, ["无处"]),
    ({"bbox": "23.09,113.27,23.105,113.28", "bbox-crs": "EPSG:4490"}, ["同福巷", "无处", "珠江"]),
    ({"datetime": "1930"}, ["旧路", "无处", "江南大道中", "珠江"]),
    ({"datetime": "1930-06-01T00:00:00Z"}, ["旧路", "无处", "江南大道中", "珠江"]),
    ({"datetime": "../1910"}, ["旧路", "无处", "珠江"]),
    ({"datetime": "1960/.."}, ["同福巷", "无处", "江南大道中", "珠江"]),
    ({"datetime": "1951-01-01/1960-12-31"}, ["无处", "江南大道中", "珠江"]),
    ({"filter": "name LIKE '%路'"}, ["旧路"]),
    ({"filter": "NOT (year_established > 1950)"}, ["旧路", "江南大道中"]),
    ({"filter": "year_established IS NULL"}, ["无处", "珠江"]),
    ({"filter": "year_established BETWEEN 1900 AND 1930"}, ["旧路", "江南大道中"]),
    ({"filter": "year_established NOT BETWEEN 1900 AND 1930"}, ["同福巷"]),
    ({"filter": "1950 <= year_established"}, ["同福巷"]),
    ({"filter": "name IN ('珠江', '旧路')"}, ["旧路", "珠江"]),
    ({"filter": "name NOT IN ('珠江', '旧路')"}, ["同福巷", "无处", "江南大道中"]),
    ({"filter": "name <> '珠江' AND status = 'standard'"}, ["同福巷", "无处", "江南大道中"]),
    ({"filter": "meaning IS NOT NULL"}, ["无处"]),
    ({"filter": "meaning <> '没有'"}, ["无处"]),
    ({"filter": "NOT meaning LIKE '没有%'"}, []),
    ({"filter": "TRUE"}, ALL),
    ({"filter": "NOT TRUE OR 1 = 2"}, []),
    ({"filter": "casei('A') = casei('a')"}, ALL),
    ({"filter": "casei(romanisation) IN (casei('ēJIĀNG'), casei('RÌVER'))"}, ["旧路", "珠江"]),
    ({"filter": "casei(romanisation) = casei('RÌVER')"}, ["珠江"]),
    ({"filter": "casei(romanisation) <> casei('RÌVER') AND romanisation IN ('Rìver', 'Ējiāng')"},
     ["旧路"]),
    ({"filter": "casei(romanisation) NOT IN (casei('RÌVER'), casei('%')) "
                "AND romanisation IN ('Rìver', 'Ējiāng')"}, ["旧路"]),
    ({"filter": "year_established < year_abolished"}, ["旧路"]),
    ({"filter": "specific = name"}, []),
    ({"filter": "updated > DATE('2020-01-01')"}, ALL),
    ({"filter": "updated < TIMESTAMP('2020-01-01T00:00:00Z')"}, []),
    ({"filter": "S_INTERSECTS(geometry, BBOX(113.27,23.09,113.28,23.105))"}, ["同福巷", "珠江"]),
    ({"filter": "S_WITHIN(geometry, BBOX(113.27,23.09,113.28,23.105))"}, ["同福巷"]),
    ({"filter": "S_CONTAINS(BBOX(113.27,23.09,113.28,23.105), geometry)"}, ["同福巷"]),
    ({"filter": "S_DISJOINT(geometry, BBOX(113.27,23.09,113.28,23.105))"}, ["旧路", "江南大道中"]),
    ({"filter": "NOT S_INTERSECTS(geometry, BBOX(113.27,23.09,113.28,23.105))"},
     ["旧路", "江南大道中"]),
    ({"filter": "S_EQUALS(geometry, POINT(113.275 23.1))"}, ["同福巷"]),
    ({"filter": "S_EQUALS(geometry, POINT(23.1 113.275))", "filter-crs": "EPSG:4326"}, ["同福巷"]),
    ({"filter": "S_CROSSES(geometry, LINESTRING(113.26 23.11, 113.29 23.08))"}, ["珠江"]),
    ({"filter": '{"op":"s_intersects","args":[{"property":"geometry"},'
                '{"type":"Point","coordinates":[113.275,23.1]}]}', "filter-lang": "cql2-json"},
     ["同福巷"]),
]  # fmt: skip


@pytest.mark.usefixtures("places")
def test_what_is_found(client):
    wrong = [
        (asked, given, sorted(found))
        for asked, found in FOUND
        if (given := names(client, **asked)) != sorted(found)
    ]
    assert wrong == []


WRONG = [
    {"bbox": "1,2,3"}, {"bbox": "a,b,c,d"}, {"bbox": "113,24,114,23"}, {"bbox": "1,2,3,nan"},
    {"bbox": "113,91,114,92"}, {"bbox-crs": "EPSG:3857", "bbox": "1,2,3,4"}, {"crs": "x"},
    {"datetime": "gestern"}, {"datetime": "2000/1990"}, {"datetime": "../.."}, {"datetime": ""},
    {"datetime": "2000-13-01"}, {"limit": "0"}, {"limit": "-1"}, {"limit": "ten"}, {"limit": "１"},
    {"sortby": "meaning"}, {"sortby": "geometry"}, {"cursor": "!"}, {"cursor": "W10"},
    {"cursor": "WyIiXQ"}, {"f": "xml"}, {"unknown": "1"}, {"status": "pending"},
    {"year_established": "old"}, {"year_established": "1e400"}, {"updated": "yesterday"},
    {"filter": "nothing = 1"}, {"filter": "name = 1"}, {"filter": "year_established = 'a'"},
    {"filter": "status = 'pending'"}, {"filter": "name"}, {"filter": "a = b = c"},
    {"filter": "1", "filter-lang": "cql2-json"}, {"filter": "{", "filter-lang": "cql2-json"},
    {"filter": "[" * 9000, "filter-lang": "cql2-json"},
    {"filter": '{"op":"exec","args":[]}', "filter-lang": "cql2-json"},
    {"filter": '{"op":"=","args":[{"property":["a"]},1]}', "filter-lang": "cql2-json"},
    {"filter": '{"op":"and","args":"x"}', "filter-lang": "cql2-json"},
    {"filter": '{"op":"s_within","args":[{"property":"geometry"},{"type":"Circle"}]}',
     "filter-lang": "cql2-json"},
    {"filter": "TRUE", "filter-lang": "sql"}, {"filter": "live = TRUE"}, {"filter": "id = 1"},
    {"filter": "S_INTERSECTS(geometry, POINT(23.1 113.3))"},
    {"filter": "S_INTERSECTS(geometry, geometry)"}, {"filter": "updated > DATE('2020-02-31')"},
    {"filter": "updated > TIMESTAMP('2020-02-01T00:00:00')"}, {"filter": "name LIKE name"},
    {"filter": " AND ".join(["status = 'standard'"] * 199)},
    {"filter": '{"op":"=","args":[{"property":"name"},"\\u0000"]}', "filter-lang": "cql2-json"},
    {"filter": '{"op":"=","args":[{"property":"year_established"},1e999]}',
     "filter-lang": "cql2-json"},
    {"filter": '{"op":"=","args":[{"property":"name"},"\\ud800"]}', "filter-lang": "cql2-json"},
    {"filter": '{"op":"=","args":[{"property":"\\udfff"},"a"]}', "filter-lang": "cql2-json"},
    {"filter": "updated > TIMESTAMP('9999-12-31T23:59:59-14:00')"},
    {"filter": "updated > TIMESTAMP('0001-01-01T00:00:00+08:00')"},
    {"updated": "9999-12-31T23:59:59-14:00"},
]  # fmt: skip


@pytest.mark.usefixtures("places")
def test_what_is_wrong_is_told_in_both_languages(client):
    for asked in WRONG:
        answer = client.get(ITEMS, asked)
        assert answer.status_code == 400, asked
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == 400
        assert problem["parameter"] in asked
        assert problem["detail"] == f"{problem['detail_zh']} {problem['detail_en']}"
        assert problem["detail_zh"] != problem["detail_en"]


def read_whole(client, address, **asked) -> list[dict]:
    """All features by following the links, as a client does."""
    found, answer = [], client.get(address, asked).json()
    while True:
        assert answer["numberReturned"] == len(answer["features"])
        found += answer["features"]
        following = [each["href"] for each in answer["links"] if each["rel"] == "next"]
        if not following:
            assert answer["numberMatched"] == len(found)
            return found
        answer = client.get(following[0]).json()


ORDERS = (
    "", "name", "-name", "year_established", "-year_established,name", "+code", "-updated",
    "-year_abolished,-year_established", "name,name",
)  # fmt: skip


@pytest.mark.usefixtures("places")
def test_pages_hold_each_record_once_in_order(client):
    for sortby in ORDERS:
        whole = read_whole(client, ITEMS, limit=100, sortby=sortby)
        paged = read_whole(client, ITEMS, limit=1, sortby=sortby)
        assert [each["id"] for each in paged] == [each["id"] for each in whole], sortby
        assert sorted(each["properties"]["name"] for each in paged) == sorted(ALL)
        years = [each["properties"]["year_established"] for each in whole]
        if sortby.startswith("year"):
            assert years == [1900, 1921, 1990, None, None]
        if sortby.startswith("-year_est"):
            assert years == [1990, 1921, 1900, None, None]


def test_pages_in_the_order_of_a_fraction(client, district):
    lengths = {"01": 2215.5, "02": 10.25, "03": None}
    for number, metres in lengths.items():
        make_line(*district, number=number, length_m=metres)
    lines = read_whole(client, "/ogc/collections/boundary-lines/items", limit=1, sortby="length")
    assert [each["id"] for each in lines] == ["02", "01", "03"]


def test_a_record_that_is_deleted_while_somebody_reads_shifts_no_page(client):
    made = [make_place(f"路{number}") for number in range(5)]
    first = client.get(ITEMS, {"limit": 2}).json()
    [following] = [each["href"] for each in first["links"] if each["rel"] == "next"]
    made[0].delete()
    second = client.get(following).json()
    assert [each["id"] for each in second["features"]] == [made[2].code, made[3].code]


@pytest.mark.parametrize(
    ("crs", "coordinates"),
    [
        (None, [113.26512, 23.1]),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", [113.26512, 23.1]),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", [23.1, 113.26512]),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", [23.1, 113.26512]),
    ],
)
def test_coordinates_in_the_axis_order_of_the_system(client, crs, coordinates):
    place = make_place("路", geometry=point(113.265123456, 23.1))
    asked = {"crs": crs} if crs else {}
    answer = client.get(ITEMS, asked)
    stated = crs or "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert answer["Content-Crs"] == f"<{stated}>"
    assert answer.json()["features"][0]["geometry"]["coordinates"] == coordinates
    one = client.get(f"{ITEMS}/{place.code}", asked)
    assert one["Content-Crs"] == f"<{stated}>"
    assert one.json()["geometry"]["coordinates"] == coordinates


def test_a_filter_sees_no_more_exact_coordinates_than_are_published(client):
    RegisterSettings(published_decimals=2).save()
    make_place("点", geometry=point(113.2649, 23.1004))
    line = [[113.2812, 23.0912], [113.2951, 23.1049]]
    make_place("线", geometry={"type": "LineString", "coordinates": line})
    shown = client.get(ITEMS).json()["features"]
    assert shown[0]["geometry"]["coordinates"] == [113.26, 23.1]
    assert shown[1]["geometry"]["coordinates"] == [[113.28, 23.09], [113.3, 23.1]]
    assert names(client, bbox="113.26,23.1,113.26,23.1") == ["点"]
    assert names(client, bbox="113.264,23.1,113.266,23.101") == []
    assert names(client, bbox="113.259,23.099,113.261,23.101") == ["点"]
    assert names(client, bbox="113.299,23.099,113.301,23.101") == ["线"]
    equal = "S_EQUALS(geometry, POINT({}))"
    assert names(client, filter=equal.format("113.2649 23.1004")) == []
    assert names(client, filter=equal.format("113.26 23.1")) == ["点"]


@pytest.mark.usefixtures("places")
def test_only_what_is_public_is_ever_found(client):
    hidden = PlaceName.objects.filter(name__in=("草稿", "待定"))
    assert hidden.count() == 2
    for place in hidden:
        Sign.objects.create(number=f"S{place.pk}", place=place, lon=113.265, lat=23.1)
        assert client.get(f"{ITEMS}/{place.code}").status_code == 404
        assert names(client, code=place.code) == []
        assert names(client, filter=f"code = '{place.code}'") == []
    signs = "/ogc/collections/signs/items"
    assert client.get(signs).json()["numberMatched"] == 0
    for each in Sign.objects.all():
        assert client.get(f"{signs}/{each.number}").status_code == 404


def test_a_code_that_was_corrected_leads_to_the_feature(client):
    place = make_place("路")
    old, place.code = place.code, place.code[:14] + "900001"
    place.save()
    answer = client.get(f"{ITEMS}/{old}", {"f": "json"})
    assert (answer.status_code, answer["Location"]) == (301, f"{ITEMS}/{place.code}?f=json")


def test_one_feature_has_all_its_properties(client):
    place = make_place("路", meaning="宽", origin="")
    NameVariant.objects.create(place=place, kind="former", name="旧路", year_to=1950)
    feature = client.get(f"{ITEMS}/{place.code}").json()
    assert feature["id"] == place.code
    properties = feature["properties"]
    assert (properties["meaning"], properties["origin"]) == ("宽", None)
    assert properties["variants"] == ["former:旧路[-1950]"]
    assert properties["subdistricts"] == ["440105004"]
    assert properties["category_name"] == "道路、街巷"
    assert {each["rel"] for each in feature["links"]} == {"self", "alternate", "collection"}


def test_the_other_collections(client, district):
    make_line(*district)
    place = make_place("路")
    Sign.objects.create(number="S1", place=place, lon=113.2651234567, lat=23.1)
    found = {}
    for name in ("subdistricts", "boundary-lines", "communities", "signs"):
        answer = client.get(f"/ogc/collections/{name}/items").json()
        found[name] = [each["id"] for each in answer["features"]]
        if answer["features"]:
            one = client.get(f"/ogc/collections/{name}/items/{found[name][0]}").json()
            assert one["properties"] == answer["features"][0]["properties"]
    assert found == {
        "subdistricts": ["440105003", "440105004"], "boundary-lines": ["01"],
        "communities": [], "signs": ["S1"],
    }  # fmt: skip
    signs = client.get("/ogc/collections/signs/items", {"bbox": "113,23,114,24"}).json()
    assert signs["features"][0]["geometry"]["coordinates"] == [113.26512, 23.1]


def test_few_queries_however_many_features(client, django_assert_max_num_queries):
    for number in range(30):
        make_place(f"试验{number}路")
    client.get(ITEMS)
    with django_assert_max_num_queries(6):
        assert len(client.get(ITEMS, {"limit": 30}).json()["features"]) == 30
    assert Category.objects.exists()
    assert json.loads(client.get(ITEMS).content)
