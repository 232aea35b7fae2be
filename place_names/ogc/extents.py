"""The extents of all features of a collection in memory, for pages of a box.

A database reads and counts every name in a box one by one. Here points lie in the order of their
longitude, so those of a box are a part of that order, of which latitudes are compared at once; lines
and areas, of which a register has few, are compared all. A process makes the columns when a box is
first asked for after a change: at once for a small register, else beside the requests, which the
database answers meanwhile.
"""

import threading
from dataclasses import dataclass

import numpy
import shapely
from django.db import connection

from home.cache.memoize import memoized
from place_names.open_data import keyset

from . import spatial
from .asking import Asked
from .collections import Collection

MADE_AT_ONCE = 20_000
MAX_DOUBTFUL = 2000


@dataclass(frozen=True)
class Extents:
    """Features are numbered in the order of their identifiers. `points` are the numbers of those
    whose extent is a point, from west to east, `nowhere` of those that are located nowhere."""

    keys: numpy.ndarray
    identifiers: numpy.ndarray
    points: numpy.ndarray
    lon: numpy.ndarray
    lat: numpy.ndarray
    others: numpy.ndarray
    columns: numpy.ndarray  # of the others: west, south, east, north
    nowhere: numpy.ndarray

    @classmethod
    def of(cls, collection: Collection) -> "Extents":
        records = collection.records().order_by()
        rows = records.values_list("pk", collection.tie_breaker.path, *collection.extent)
        found = sorted(rows.iterator(10_000), key=lambda row: row[1])
        west, south, east, north = (
            numpy.array([row[side] for row in found], dtype=numpy.float64) for side in (2, 3, 4, 5)
        )
        nowhere = numpy.isnan(west)
        is_point = (west == east) & (south == north)
        points = numpy.flatnonzero(is_point)
        points = points[numpy.argsort(west[points], kind="stable")]
        others = numpy.flatnonzero(~is_point & ~nowhere)
        return cls(
            numpy.array([row[0] for row in found], dtype=numpy.int64),
            numpy.array([row[1].encode("ascii") for row in found], dtype=bytes),
            points,
            west[points],
            south[points],
            others,
            numpy.array([west[others], south[others], east[others], north[others]]),
            numpy.flatnonzero(nowhere),
        )

    def points_in(self, box: spatial.Box) -> numpy.ndarray:
        west, south, east, north = box
        first = numpy.searchsorted(self.lon, west, side="left")
        behind = numpy.searchsorted(self.lon, east, side="right")
        lat = self.lat[first:behind]
        return self.points[first:behind][(lat >= south) & (lat <= north)]

    def others_in(self, box: spatial.Box) -> tuple[numpy.ndarray, numpy.ndarray]:
        """(those that lie within a box, those of which only the extent meets it)"""
        west, south, east, north = self.columns
        meets = (
            (east >= box[0]) & (north >= box[1]) & (west <= box[2]) & (south <= box[3])
        )  # fmt: skip
        within = (
            (west >= box[0]) & (south >= box[1]) & (east <= box[2]) & (north <= box[3])
        )  # fmt: skip
        return self.others[within], self.others[meets & ~within]


def page_of_box(of: Collection, asked: Asked, decimals: int) -> tuple[int, list[str]] | None:
    """(how many features there are, the identifiers of a page and of one feature more).

    None where something else is asked than the features in a box in the order of their
    identifiers, and while the extents are being made.
    """
    only_a_box = asked.box and not asked.values and asked.years is None
    if not only_a_box or asked.expression is not None or asked.keys != (of.tie_breaker,):
        return None
    extents = _ready(of) if of.extent else None
    if extents is None:
        return None
    chosen = _in_box(of, extents, asked.box, decimals)
    if chosen is None:
        return None
    matched = len(chosen)
    if asked.cursor:
        [last] = keyset.read_cursor(asked.keys, asked.cursor)
        behind = str(last).encode("ascii", "replace")
        start = numpy.searchsorted(extents.identifiers, numpy.bytes_(behind), side="right")
        chosen = chosen[chosen >= start]
    if len(chosen) > asked.limit + 1:
        chosen = numpy.partition(chosen, asked.limit)[: asked.limit + 1]
    listed = extents.identifiers[numpy.sort(chosen)]
    return matched, [name.decode() for name in listed.tolist()]


def _in_box(
    of: Collection, extents: Extents, box: spatial.Box, decimals: int
) -> numpy.ndarray | None:
    """The numbers of the features in a box, as `spatial.in_box` finds them, with those located
    nowhere; in no order. None where too many would have to be compared one by one."""
    west, south, east, north = box
    if west > east:
        parts = ((west, south, 180.0, north), (-180.0, south, east, north))
        halves = [_in_box(of, extents, part, decimals) for part in parts]
        return None if halves[0] is None or halves[1] is None else numpy.union1d(*halves)
    on_grid = spatial.on_grid(box, decimals)
    within, doubtful = extents.others_in(on_grid)
    if len(doubtful) > MAX_DOUBTFUL:
        return None
    if len(doubtful):
        records = of.records().filter(pk__in=extents.keys[doubtful].tolist())
        found = spatial.matching(of, records, shapely.intersects, shapely.box(*box), decimals)
        doubtful = doubtful[numpy.isin(extents.keys[doubtful], found)]
    return numpy.concatenate((extents.points_in(on_grid), within, doubtful, extents.nowhere))


class _Making:
    """The extents of a collection, or the thread that makes them."""

    def __init__(self, of: Collection, at_once: bool):
        self.of, self.extents = of, None
        if at_once:
            self.extents = Extents.of(of)
        else:
            threading.Thread(target=self._make, daemon=True).start()

    def _make(self) -> None:
        try:
            self.extents = Extents.of(self.of)
        finally:
            connection.close()


def _ready(of: Collection) -> Extents | None:
    def start() -> _Making:
        return _Making(of, at_once=of.records()[: MADE_AT_ONCE + 1].count() <= MADE_AT_ONCE)

    return memoized(("ogc extents", of.id), start).extents
