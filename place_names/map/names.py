"""The names of a tile: each with its point where there is room, else how many there are.

A tile is divided into cells. A cell with few names gives each of them, one with more gives one
group: their number, at the middle of where they lie. So at any zoom points and groups add up to
the number of names that have a point.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from search.places.embedded import EmbeddedEngine, cells
from search.places.filters import Filters
from search.places.mercator import Tile, latitude, longitude, tile_at
from search.places.place import Place

CELL_NAMES = 12
"""So many names a cell shows one by one; labels of more would hide each other."""
FINE_FROM = 13
"""Zoom from which a tile has 8 × 8 cells, 64 pixels wide where a tile is 512; before it has 4 × 4,
which let the base map be seen between the groups."""
COUNTED_TO = 15
"""Zoom to which names are counted beforehand; at the last one in cells twice as wide."""
SMALL_FROM = 14
"""Zoom from which a tile holds few names even where there are a million."""
_SHOWN = ("place_id", "lon", "lat", "source")


@dataclass(frozen=True)
class Group:
    """So many names of one cell, and the middle of their points in degrees."""

    number: int
    lon: float
    lat: float


def cells_deeper(tile: Tile) -> int:
    """By how many zooms the cells of a tile are smaller than the tile."""
    return 2 if tile.zoom < FINE_FROM else 3


def names_and_groups(text: str, filters: Filters, tile: Tile) -> tuple[list[Place], list[Group]]:
    """The names of a tile that search finds by text and filters, in a fixed order, and the groups
    of its crowded cells."""
    deeper = cells_deeper(tile)
    inside = _documents(text, filters, tile).filter(_within(tile))
    possible = CELL_NAMES * 4**deeper
    if not text.strip() and tile.zoom <= COUNTED_TO:
        kept = min(deeper, cells.LEAF - tile.zoom)
        sums = cells.groups(tile, kept, filters)
        if kept == deeper or sum(number for number, _, _ in sums.values()) > possible:
            return _split(inside, {cell: Group(*each) for cell, each in sums.items()})
    rows = list(inside.values_list(*_SHOWN)[: possible + 1])
    if len(rows) > possible:
        return _split(inside, _counted(inside, tile))
    numbers = Counter(tile_at(lon, lat, tile.zoom + deeper) for _, lon, lat, _ in rows)
    crowded = {cell: [] for cell, number in numbers.items() if number > CELL_NAMES}
    alone: list[tuple] = []
    for row in rows:
        cell = tile_at(row[1], row[2], tile.zoom + deeper)
        crowded.get(cell, alone).append(row)
    return _read(alone), [_group(rows) for rows in crowded.values()]


def _documents(text: str, filters: Filters, tile: Tile) -> QuerySet:
    """What search finds. In a small tile the facets are compared name by name: of a million, a
    class may have most, and its index would be read for all of them."""
    engine = EmbeddedEngine()
    if text.strip() or tile.zoom < SMALL_FROM or not filters.by_facet():
        return engine.documents(text, filters)
    facets = Concat("combination", Value(""))
    found = engine.documents("", filters.without_facets()).alias(compared=facets)
    return found.filter(compared__in=cells.combinations(filters))


def _split(inside: QuerySet, counted: dict[Tile, Group]) -> tuple[list[Place], list[Group]]:
    """The names of the cells with few of them, and the groups of the others."""
    crowded = {cell: group for cell, group in counted.items() if group.number > CELL_NAMES}
    roomy = [cell for cell in counted if cell not in crowded]
    rows = inside if not crowded else inside.filter(_any_of(roomy))
    return _read(rows.values_list(*_SHOWN)) if roomy else [], list(crowded.values())


def _within(tile: Tile) -> Q:
    """Documents whose point lies in the tile: a half-open range of the index of points."""
    west, south, east, north = tile.bounds
    return Q(lon__gte=west, lon__lt=east, lat__gt=south, lat__lte=north)


def _any_of(tiles: Iterable[Tile]) -> Q:
    condition = Q()
    for tile in tiles:
        condition |= _within(tile)
    return condition


def _counted(inside: QuerySet, tile: Tile) -> dict[Tile, Group]:
    """The cells of the tile that hold names, counted by the database."""
    zoom, side = tile.zoom + cells_deeper(tile), 1 << cells_deeper(tile)
    first_column, first_row = tile.x * side, tile.y * side
    columns = [
        When(lon__lt=longitude(first_column + at + 1, zoom), then=Value(at)) for at in range(side)
    ]
    rows = [When(lat__gt=latitude(first_row + at + 1, zoom), then=Value(at)) for at in range(side)]
    number = IntegerField()
    grouped = (
        inside.order_by()
        .annotate(
            column=Case(*columns, default=Value(side - 1), output_field=number),
            row=Case(*rows, default=Value(side - 1), output_field=number),
        )
        .values_list("column", "row")
        .annotate(Count("place_id"), Avg("lon"), Avg("lat"))
        .order_by("row", "column")
    )
    return {
        Tile(zoom, first_column + column, first_row + row): Group(count, lon, lat)
        for column, row, count, lon, lat in grouped
    }


def _group(rows: list[tuple]) -> Group:
    count = len(rows)
    return Group(count, sum(row[1] for row in rows) / count, sum(row[2] for row in rows) / count)


def _read(rows: Iterable[tuple]) -> list[Place]:
    return [Place.from_json(source) for _, _, _, source in sorted(rows)]
