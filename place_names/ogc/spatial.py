"""Spatial conditions without a spatial database: extents in SQL, the rest with shapely.

Everything is asked of the geometry as it is published. A filter that saw more exact
coordinates would give them away to whoever asks often enough.
"""

import math
from collections.abc import Callable, Iterator
from itertools import islice

import shapely
from django.db.models import Q, QuerySet
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from place_names.geometry.coordinates import published
from place_names.open_data.keyset import NOTHING
from place_names.open_data.problems import RequestError

from .collections import Collection

Box = tuple[float, float, float, float]
BATCH = 2000
# Records whose geometry is compared for one request, and how many of them may satisfy it.
MAX_COMPARED, MAX_FOUND = 100_000, 20_000
PREDICATES: dict[str, Callable] = {
    "s_intersects": shapely.intersects,
    "s_equals": shapely.equals,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
    "s_overlaps": shapely.overlaps,
    "s_crosses": shapely.crosses,
    "s_contains": shapely.contains,
}


def has_geometry(collection: Collection) -> Q:
    return Q(**{f"{collection.extent[0]}__isnull": False}) if collection.extent else NOTHING


def in_box(collection: Collection, box: Box, records: QuerySet, decimals: int) -> Q:
    """Records whose published geometry meets a box; west may be beyond east (180°)."""
    west, south, east, north = box
    if west > east:
        parts = ((west, south, 180.0, north), (-180.0, south, east, north))
        return Q(*(in_box(collection, part, records, decimals) for part in parts), _connector=Q.OR)
    if not collection.extent:
        return NOTHING
    meets = _extent_meets(collection, box, decimals)
    if collection.is_points:
        return meets
    inside = _extent_within(collection, box, decimals)
    # What the extent leaves open: lines and areas that reach beyond the box.
    doubtful = records.filter(meets).exclude(inside)
    keys = matching(collection, doubtful, shapely.intersects, shapely.box(*box), decimals)
    return inside | Q(pk__in=keys)


def related(
    collection: Collection,
    op: str,
    other: BaseGeometry,
    records: QuerySet,
    decimals: int,
    other_first: bool = False,
) -> Q:
    """Records whose published geometry stands in the relation `op` to another geometry."""
    if op == "s_disjoint":
        meets = related(collection, "s_intersects", other, records, decimals)
        return has_geometry(collection) & ~meets
    if not collection.extent or other.is_empty:
        return NOTHING
    near = records.filter(_extent_meets(collection, other.bounds, decimals))
    compare = PREDICATES[op]
    keys = matching(collection, near, compare, other, decimals, other_first)
    return Q(pk__in=keys)


def _extent_meets(collection: Collection, box: Box, decimals: int) -> Q:
    west, south, east, north = on_grid(box, decimals)
    min_lon, min_lat, max_lon, max_lat = collection.extent
    return Q(
        **{
            f"{max_lon}__gte": west,
            f"{max_lat}__gte": south,
            f"{min_lon}__lte": east,
            f"{min_lat}__lte": north,
        }
    )


def _extent_within(collection: Collection, box: Box, decimals: int) -> Q:
    west, south, east, north = on_grid(box, decimals)
    min_lon, min_lat, max_lon, max_lat = collection.extent
    return Q(
        **{
            f"{min_lon}__gte": west,
            f"{min_lat}__gte": south,
            f"{max_lon}__lte": east,
            f"{max_lat}__lte": north,
        }
    )


def on_grid(box: Box, decimals: int) -> Box:
    """The box that holds a stored coordinate just when `box` holds the published one."""
    unit = 10.0**-decimals

    def first(value: float) -> float:  # The first published coordinate from here on.
        return (math.ceil(round(value / unit, 6)) - 0.5) * unit

    def last(value: float) -> float:
        return (math.floor(round(value / unit, 6)) + 0.5) * unit

    west, south, east, north = box
    return first(west), first(south), last(east), last(north)


def matching(
    collection: Collection,
    records: QuerySet,
    compare: Callable,
    other: BaseGeometry,
    decimals: int,
    other_first: bool = False,
) -> list[int]:
    """Keys of the records whose published geometry satisfies a predicate. Raises RequestError."""
    shapely.prepare(other)
    found: list[int] = []
    compared = 0
    for keys, figures in _figures(collection, records, decimals):
        compared += len(keys)
        answers = compare(other, figures) if other_first else compare(figures, other)
        found += [key for key, yes in zip(keys, answers, strict=True) if yes]
        if compared > MAX_COMPARED or len(found) > MAX_FOUND:
            raise RequestError(
                "图形范围内的要素太多，请缩小范围，或改用bbox。",
                "Too many features near this geometry; choose a smaller one, or use bbox.",
                parameter="filter",
            )
    return found


def _figures(collection: Collection, records: QuerySet, decimals: int) -> Iterator[tuple]:
    columns = ("pk", "lon", "lat") if collection.is_points else ("pk", "geometry")
    rows = records.order_by().values_list(*columns).iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        keys = [row[0] for row in batch]
        if collection.is_points:
            pairs = [(round(lon, decimals), round(lat, decimals)) for _, lon, lat in batch]
            yield keys, shapely.points(pairs)
        else:
            yield keys, [shape(published(geometry, decimals)) for _, geometry in batch]
