"""Faults of boundary lines: apart from their subdistricts, sides swapped, a length that is not theirs."""

from collections.abc import Iterator

import shapely
from pyproj import Geod
from shapely.geometry import shape

from place_names.fault_kinds import LINE_APART, LINE_LENGTH, LINE_SIDES
from place_names.geometry.sides import is_on_the_left
from place_names.models import BoundaryLine

from .entries import TOLERANCE

GEOD = Geod(ellps="GRS80")
# A length that was surveyed differs a little from that of a drawn line.
LENGTH_SHARE, LENGTH_METRES = 0.05, 20


def line_faults(areas: dict[str, dict], names: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    """(key of the line, kind, message); `areas` are {code: GeoJSON}, `names` {code: name}."""
    polygons = {code: shape(geometry) for code, geometry in areas.items() if geometry}
    lines = BoundaryLine.objects.filter(geometry__isnull=False).order_by("number")
    for key, geometry, metres, *codes in lines.values_list(
        "id", "geometry", "length_m", "left__code", "right__code"
    ):
        line = shape(geometry)
        sides = [code for code in codes if code in polygons]
        apart = [code for code in sides if not shapely.dwithin(polygons[code], line, TOLERANCE)]
        if apart:
            told = "、".join(names.get(code, code) for code in sorted(apart))
            yield key, LINE_APART, f"界线没有挨着{told}"
        elif swapped(line, *(polygons.get(code) for code in codes)):
            left, right = (names.get(code, code) for code in codes)
            yield key, LINE_SIDES, f"沿界线走向，左侧是{right}，右侧是{left}，登记的正相反"
        measured = GEOD.geometry_length(line)
        if metres and abs(metres - measured) > max(LENGTH_METRES, LENGTH_SHARE * measured):
            yield key, LINE_LENGTH, f"登记长{metres:,.0f}米，图形长{measured:,.0f}米"


def swapped(line, left, right) -> bool:
    """Whether both sides are known and each lies where the other should."""
    return (
        left is not None
        and right is not None
        and is_on_the_left(line, left) is False
        and is_on_the_left(line, right) is True
    )
