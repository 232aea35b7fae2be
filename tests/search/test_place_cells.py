"""Cells of the map: their numbers are those of the documents, whatever was done to them."""

import pytest
from django.db.models import Sum

from place_names.models import PlaceName
from search.models import PlaceCell, PlaceDocument
from search.places import indexing
from search.places.embedded import EmbeddedEngine, cells
from search.places.filters import Filters
from search.places.mercator import Tile, tile_at
from tests.place_names.factories import make_category, make_place

pytestmark = pytest.mark.django_db

WORLD = Tile(0, 0, 0)


def at(lon: float, lat: float) -> dict:
    return {"geometry": {"type": "Point", "coordinates": [lon, lat]}}


def totals(filters: Filters | None = None, tile: Tile = WORLD, deeper: int = 3) -> list[int]:
    found = cells.groups(tile, deeper, filters or Filters())
    return [number for number, _, _ in found.values()]


# Bits of column and row in turn: the tiles of zoom 1 in the order of a Z.
@pytest.mark.parametrize(
    ("tile", "number"),
    [
        (Tile(0, 0, 0), 0),
        (Tile(1, 1, 0), 1),
        (Tile(1, 0, 1), 2),
        (Tile(1, 1, 1), 3),
        (Tile(3, 5, 6), 0b111001),
        (Tile(16, 65535, 65535), 2**32 - 1),
    ],
)
def test_tiles_are_numbered_so_that_those_within_follow(tile, number):
    assert cells.number_of(tile) == number
    assert cells.tile_of(number, tile.zoom) == tile
    within = sorted(cells.number_of(cell) for cell in tile.cells(1))
    assert within == list(range(number * 4, number * 4 + 4))


def test_numbers_follow_each_change_of_a_name():
    place = make_place("甲路", **at(113.26, 23.1))
    make_place("乙路", **at(113.26, 23.1))
    assert totals() == [2]
    place.draw({"type": "Point", "coordinates": [13.4, 52.5]})
    place.save()
    assert sorted(totals(tile=WORLD, deeper=6)) == [1, 1]
    place.status = PlaceName.Status.PENDING
    place.save()
    assert totals() == [1]
    PlaceName.objects.get(name="乙路").delete()
    assert totals() == []
    assert PlaceCell.objects.aggregate(Sum("number"), Sum("lon"), Sum("lat")) == {
        "number__sum": 0, "lon__sum": 0, "lat__sum": 0,
    }  # fmt: skip


def test_a_change_of_words_writes_no_cell():
    place = make_place("甲路")
    before = PlaceCell.objects.count()
    place.name = "乙路"
    place.save()
    assert PlaceCell.objects.count() == before


def test_the_middle_of_a_group_is_that_of_its_points():
    make_place("甲路", **at(113.2600, 23.10))
    make_place("乙路", **at(113.2601, 23.12))
    ((number, lon, lat),) = cells.groups(tile_at(113.26, 23.1, 10), 0, Filters()).values()
    assert (number, lon, lat) == (2, pytest.approx(113.26005), pytest.approx(23.11))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(category="25200"),
        Filters(status="standard"),
        Filters(subdistrict="440105004", has_variant=False),
        Filters(year=1950, start_known=True),
        Filters(year=1950),
        Filters(start_known=False),
        Filters(category="25200", year=2000, start_known=True),
        Filters(category="no such class"),
    ],
)
def test_they_count_what_the_engine_finds(filters):
    park = make_category("25200", "公园")
    make_place("甲路", year_established=1930)
    make_place("乙路", year_established=1930, year_abolished=1940, status="abolished")
    make_place("丙路", status="historical")
    make_place("晓港公园", category=park, year_established=1990)
    make_place("海幢公园", category=park)
    expected = EmbeddedEngine().documents("", filters).count()
    assert sum(totals(filters)) == expected
    assert sum(totals(filters, tile_at(113.265, 23.1, 13))) == expected


def test_counting_again_leaves_one_row_for_each_and_mends():
    place = make_place("甲路", **at(113.26, 23.1))
    for lon in (113.3, 113.35, 113.4):
        place.draw({"type": "Point", "coordinates": [lon, 23.1]})
        place.save()
    assert PlaceCell.objects.count() > 1
    assert cells.rebuild() is False
    assert PlaceCell.objects.count() == 1
    PlaceDocument.objects.update(lon=113.26)
    assert cells.rebuild() is True
    assert list(cells.groups(WORLD, 16, Filters())) == [tile_at(113.26, 23.1, 16)]


def test_a_built_index_has_its_cells():
    make_place("甲路")
    PlaceCell.objects.all().delete()
    indexing.rebuild_embedded()
    assert totals() == [1]
