"""How many places lie in each cell of the map, by facets and years: what a tile of many adds up.

Counting a million documents takes half a second; their cells are some ten thousand rows. Rows are
only appended, in the transaction that changes the documents: what was there counts down, what is
there now counts up. So nobody waits for a row that somebody else counts, as a long import would
make others do. `rebuild` counts again and leaves one row for each.
"""

from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Sum

from home.cache.memoize import memoized
from home.plain_inserts import insert_rows
from search.models import PlaceCell, PlaceDocument
from search.places.filters import Filters
from search.places.mercator import Tile, tile_at

from .combinations import has

LEAF = 17
"""The zoom of a cell: 280 m wide at Guangzhou."""
UNIT = 10_000_000
"""Degrees are added up as whole numbers of this part, so that what goes comes out even."""
COLUMNS = ("lon", "lat", "combination", "since", "until")

Row = tuple[float | None, float | None, str, int | None, int | None]
Key = tuple[int, str, int | None, int | None]


def number_of(tile: Tile) -> int:
    """The tile's number among those of its zoom, such that the tiles within it follow each other:
    bits of row and column in turn."""
    found = 0
    for bit in range(tile.zoom):
        found |= (tile.x >> bit & 1) << 2 * bit | (tile.y >> bit & 1) << 2 * bit + 1
    return found


def tile_of(number: int, zoom: int) -> Tile:
    """The tile of a zoom that has the number."""
    x = y = 0
    for bit in range(zoom):
        x |= (number >> 2 * bit & 1) << bit
        y |= (number >> 2 * bit + 1 & 1) << bit
    return Tile(zoom, x, y)


def note(before: Iterable[Row], after: Iterable[Row]) -> None:
    """Documents that were there, and those that are there now."""
    sums: dict[Key, list[int]] = {}
    _count(sums, before, -1)
    _count(sums, after, 1)
    _append(sums)


def groups(tile: Tile, deeper: int, filters: Filters) -> dict[Tile, tuple[int, float, float]]:
    """For each cell of the tile, `deeper` zooms below it, that holds places: how many, and the
    middle of their points (degrees). The cells may be no deeper than LEAF."""
    zoom = tile.zoom + deeper
    first, width = number_of(tile), 2 * (LEAF - tile.zoom)
    rows = _passing(filters).filter(cell__gte=first << width, cell__lt=(first + 1) << width)
    grouped = (
        rows.annotate(part=F("cell").bitrightshift(2 * (LEAF - zoom)))
        .order_by("part")
        .values_list("part")
        .annotate(Sum("number"), Sum("lon"), Sum("lat"))
    )
    return {
        tile_of(part, zoom): (number, lon / number / UNIT, lat / number / UNIT)
        for part, number, lon, lat in grouped
        if number
    }


@transaction.atomic
def rebuild() -> bool:
    """Count all documents again; says whether the rows were wrong."""
    if connection.vendor == "postgresql":
        # Who changes documents meanwhile would be counted twice or never.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {PlaceCell._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    wanted: dict[Key, list[int]] = {}
    _count(wanted, PlaceDocument.objects.values_list(*COLUMNS).iterator(chunk_size=10_000), 1)
    stored: dict[Key, list[int]] = {}
    rows = PlaceCell.objects.values_list(
        "cell", "combination", "since", "until", "number", "lon", "lat"
    )
    for *key, number, lon, lat in rows.iterator(chunk_size=10_000):
        _add(stored, tuple(key), number, lon, lat)
    wrong = wanted != {key: sums for key, sums in stored.items() if any(sums)}
    if wrong or PlaceCell.objects.count() != len(wanted):
        PlaceCell.objects.all()._raw_delete(PlaceCell.objects.db)
        _append(wanted)
    return wrong


def _passing(filters: Filters) -> QuerySet[PlaceCell]:
    rows = PlaceCell.objects.all()
    if filters.by_facet():
        rows = rows.filter(combination__in=combinations(filters))
    if filters.year is not None:
        rows = rows.filter(
            Q(since=None) | Q(since__lte=filters.year), Q(until=None) | Q(until__gte=filters.year)
        )
    if filters.start_known is not None:
        rows = rows.filter(since__isnull=not filters.start_known)
    return rows


def combinations(filters: Filters) -> list[str]:
    """The combinations of facets that the filters admit, of those that documents have."""
    chosen = filters.by_facet()
    return [each for each in memoized("combinations of facets", _combinations) if has(each, chosen)]


def _combinations() -> list[str]:
    found = PlaceCell.objects.order_by("combination").values_list("combination", flat=True)
    return list(found.distinct())


def _count(sums: dict[Key, list[int]], rows: Iterable[Row], sign: int) -> None:
    cells: dict[tuple[float, float], int] = {}
    for lon, lat, combination, since, until in rows:
        if lon is None or lat is None:
            continue
        if (lon, lat) not in cells:
            cells[lon, lat] = number_of(tile_at(lon, lat, LEAF))
        key = (cells[lon, lat], combination, since, until)
        _add(sums, key, sign, sign * round(lon * UNIT), sign * round(lat * UNIT))


def _add(sums: dict[Key, list[int]], key: Key, number: int, lon: int, lat: int) -> None:
    there = sums.setdefault(key, [0, 0, 0])
    there[0] += number
    there[1] += lon
    there[2] += lat


def _append(sums: Mapping[Key, list[int]]) -> None:
    def order(item: tuple[Key, list[int]]) -> tuple:
        (cell, combination, since, until), _ = item
        return cell, combination, since or 0, until or 0

    rows = [(*key, *counted) for key, counted in sorted(sums.items(), key=order) if any(counted)]
    if rows:
        columns = ("cell", "combination", "since", "until", "number", "lon", "lat")
        insert_rows(PlaceCell, columns, rows)
