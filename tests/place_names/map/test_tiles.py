"""Tiles of the register: nothing is lost between them, only what is public shows, and what cannot
be answered is said."""

import json
from collections import Counter

import pytest
from django.test import Client

from place_names.map import names as map_names
from place_names.map import tiles
from place_names.models import PlaceName, RegisterSettings
from search.models import PlaceDocument
from search.places.embedded import EmbeddedEngine
from search.places.filters import Filters
from search.places.mercator import Tile, tile_at
from tests.place_names.factories import make_category, make_line, make_place, make_subdistrict
from tests.place_names.map.reading import read_tile

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd():
    """40 names, most of them on one spot, and one that is not public."""
    park = make_category("25200", "公园")
    for number in range(30):
        make_place(
            f"书云{number}巷", geometry={"type": "Point", "coordinates": [113.2650, 23.1000]}
        )
    for number in range(9):
        position = [113.262 + number / 500, 23.092 + number / 700]
        make_place(f"前进{number}路", geometry={"type": "Point", "coordinates": position},
                   year_established=1900 + number * 10)  # fmt: skip
    make_place(
        "晓港公园", category=park, geometry={"type": "Point", "coordinates": [113.275, 23.1]}
    )
    make_place("待审路", status=PlaceName.Status.PENDING)


def found(zoom: int, filters: Filters | None = None) -> tuple[Counter, int]:
    """Over all tiles of a zoom that hold a name: how often each name stands, names in groups."""
    points = PlaceDocument.objects.values_list("lon", "lat")
    alone: Counter[str] = Counter()
    grouped = 0
    for tile in {tile_at(lon, lat, zoom) for lon, lat in points}:
        places, groups = map_names.names_and_groups("", filters or Filters(), tile)
        alone.update(place.title for place in places)
        grouped += sum(group.number for group in groups)
    return alone, grouped


@pytest.mark.parametrize("few", [12, 3])
def test_at_any_zoom_points_and_groups_add_up_to_all_public_names(crowd, monkeypatch, few):
    monkeypatch.setattr(map_names, "CELL_NAMES", few)
    for zoom in range(0, 19, 2):
        alone, grouped = found(zoom)
        assert alone.total() + grouped == 40, zoom
        assert max(alone.values(), default=1) == 1
    assert "待审路" not in alone


def test_the_database_groups_as_we_do(crowd):
    """A tile of many names is grouped in SQL, one of few here: both give the same."""
    documents = EmbeddedEngine().documents("", Filters())
    tile = tile_at(113.265, 23.1, 14)
    here = map_names.names_and_groups("", Filters(), tile)
    counted = map_names._counted(documents.filter(map_names._within(tile)), tile)
    crowded = [group for group in counted.values() if group.number > map_names.CELL_NAMES]
    assert [group.number for group in crowded] == [group.number for group in here[1]] == [30]
    assert crowded[0].lon == pytest.approx(here[1][0].lon)
    assert sum(group.number for group in counted.values()) == len(here[0]) + 30


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (Filters(category="25200"), 1),
        (Filters(year=1925, start_known=True), 3),
        (Filters(start_known=False), 31),
        (Filters(year=1500, start_known=True), 0),
    ],
)
def test_filters_hold_in_tiles(crowd, filters, total):
    for zoom in (10, 13, 16):
        alone, grouped = found(zoom, filters)
        assert alone.total() + grouped == total, zoom


def address(kind: str, tile: Tile, query: str = "") -> str:
    return f"/place-names/map/{kind}/{tile.zoom}/{tile.x}/{tile.y}.mvt{query}"


def test_a_tile_of_names_says_what_each_is(client):
    make_place("旧凤凰", status=PlaceName.Status.HISTORICAL)
    answer = client.get(address("names", tile_at(113.265, 23.1, 15)))
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    ((geometry, properties),) = read_tile(answer.content)["names"]
    assert properties == {
        "code": PlaceName.objects.get().code,
        "name": "旧凤凰", "class": "道路、街巷", "kind": "road", "rank": 7, "status": "历史地名",
    }  # fmt: skip
    assert all(0 <= value < 4096 for position in geometry for value in position)


def test_names_in_traditional_characters_where_they_are_asked_for(client):
    make_place("书云里")
    tile = tile_at(113.265, 23.1, 15)
    (feature,) = read_tile(client.get(address("names", tile, "?script=hant")).content)["names"]
    assert feature[1]["name"] == "書雲里"


def test_words_find_names_as_the_list_does(client, crowd):
    tile = tile_at(113.27, 23.1, 10)
    layers = read_tile(client.get(address("names", tile, "?q=xiaogang")).content)
    assert [properties["name"] for _, properties in layers["names"]] == ["晓港公园"]


def test_positions_are_no_finer_than_published(client):
    register = RegisterSettings.load()
    register.published_decimals = 2
    register.save()
    make_place(geometry={"type": "Point", "coordinates": [113.26512, 23.10049]})
    assert tile_at(113.27, 23.1, 18) != tile_at(113.26512, 23.10049, 18)
    assert client.get(address("names", tile_at(113.26512, 23.10049, 18))).content == b""
    assert client.get(address("names", tile_at(113.27, 23.1, 18))).content


def test_the_base_map_has_the_shapes_of_the_register(client):
    area, other = make_subdistrict(), make_subdistrict("440105003", "昌岗街道")
    make_line(area, other)
    river, road = make_category("12100", "河流"), make_category()
    line = {"type": "LineString", "coordinates": [[113.262, 23.095], [113.278, 23.105]]}
    make_place("马涌", category=river, geometry=line)
    make_place("前进路", category=road, geometry=line)
    make_place("安保一巷")
    make_place("旧涌", category=river, geometry=line, status=PlaceName.Status.ABOLISHED)
    layers = read_tile(client.get(address("base", tile_at(113.27, 23.1, 12))).content)
    assert {name: [p["name"] for _, p in features] for name, features in layers.items()} == {
        "subdistricts": ["昌岗街道", "江南中街道"],
        "water": ["马涌"],
        "roads": ["前进路"],
        "boundaries": ["江南中街道—昌岗街道"],
        "labels": ["昌岗街道", "江南中街道", "马涌", "前进路"],
    }


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("names/21/0/0.mvt", 404, "0至20"),
        ("base/3/8/0.mvt", 404, "0至7"),
        ("names/-1/0/0.mvt", 400, "三个数字"),
        ("names/３/0/0.mvt", 400, "三个数字"),
        ("names/123456789/0/0.mvt", 400, "三个数字"),
        ("names/1/0/0.mvt?category=99", 422, "category"),
        ("names/1/0/0.mvt?status=pending", 422, "status"),
        ("names/1/0/0.mvt?year=0", 422, "1985"),
        ("names/1/0/0.mvt?script=latin", 422, "hant"),
        ("base/1/0/0.mvt?script=x", 422, "hant"),
        ("list/?bbox=1,2", 422, "bbox"),
        ("here/?at=abc", 422, "113.27"),
        ("here/", 422, "113.27"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(client, path, status, says):
    answer = client.get(f"/place-names/map/{path}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert says in json.loads(answer.content)["detail_zh"]


def test_a_tile_is_asked_for_by_get(client):
    assert client.post(address("names", Tile(1, 0, 0))).status_code == 405


def test_tiles_are_cached_until_a_name_changes(
    settings, django_assert_num_queries, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    with django_capture_on_commit_callbacks(execute=True):
        place = make_place("江南大道中")
    client, url = Client(), address("names", tile_at(113.265, 23.1, 12))
    first = client.get(url)
    with django_assert_num_queries(0):
        assert client.get(url).content == first.content
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(url, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    place.name = "江南大道"
    with django_capture_on_commit_callbacks(execute=True):
        place.save()
    (feature,) = read_tile(client.get(url).content)["names"]
    assert feature[1]["name"] == "江南大道"


def test_deep_and_filtered_tiles_do_not_fill_the_cache(settings):
    settings.PAGE_CACHE_SECONDS = 300
    make_place()
    deep = tile_at(113.265, 23.1, tiles.CACHED_ZOOM + 1)
    wide = tile_at(113.265, 23.1, 12)
    for url in (address("names", deep), address("names", wide, "?status=standard")):
        answer = Client().get(url, headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert not hasattr(answer, "cache_policy")
        again = Client().get(url, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("kind", ["names", "base"])
def test_map_programs_find_the_tiles_by_a_description(client, kind):
    described = client.get(f"/place-names/map/{kind}.json").json()
    (template,) = described["tiles"]
    assert template.endswith(f"/place-names/map/{kind}/{{z}}/{{x}}/{{y}}.mvt")
    make_place()
    url = template.replace("{z}", "9").replace("{x}", "417").replace("{y}", "222")
    named = {layer["id"]: set(layer["fields"]) for layer in described["vector_layers"]}
    for layer, features in read_tile(client.get(url).content).items():
        for _, properties in features:
            assert set(properties) <= named[layer]


def test_one_tile_has_one_address(client):
    assert client.get("/place-names/map/names/12/3337/1777.mvt").status_code == 200
    assert client.get("/place-names/map/names/012/3337/1777.mvt").status_code == 400
