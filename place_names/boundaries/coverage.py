"""Subdistrict polygons as a coverage: no gaps, no overlaps, and the lines between them.

Pure functions over ``Area``s; lengths and areas are measured on the ellipsoid of CGCS2000.
``boundaries`` brings a file of polygons into the register.
"""

from dataclasses import dataclass

import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, mapping, shape
from shapely.ops import linemerge

from place_names.geometry import shapes
from place_names.geometry.sides import with_left

GEOD = Geod(ellps="GRS80")  # the ellipsoid of CGCS2000
METRE = 1 / 111_000  # degrees of latitude; a degree of longitude is shorter, so this is strict
GAP_WIDTH_M = 20  # wider gaps are reported as holes when closed, or left to the eye when open


@dataclass(frozen=True)
class Area:
    """A subdistrict: 9-digit code, name, GeoJSON geometry."""

    code: str
    name: str
    geometry: dict | None


@dataclass(frozen=True)
class Flaw:
    """Where the polygons are no coverage: a message for the officer, and the position."""

    message: str
    lon: float | None = None
    lat: float | None = None

    def __str__(self):
        return self.message


@dataclass(frozen=True)
class SharedLine:
    """The line between two subdistricts; ``left`` has the smaller code and lies left of it."""

    left: str
    right: str
    geometry: dict
    length_m: int

    def going_with_left(self, code):
        """The geometry in the direction that has the subdistrict of this code on its left."""
        if code == self.left:
            return self.geometry
        return mapping(shapely.reverse(shape(self.geometry)))


def flaws(areas, tolerance_m2=50.0):
    """All that keeps the areas from being a valid coverage, in words, with the place.

    Overlaps and gaps up to ``tolerance_m2`` square metres are let pass: they come from
    rounding. Polygons that are no good by themselves are named first and left out of the rest.
    """
    found, figures = [], []
    for area in areas:
        reason = _unsound(area)
        if reason:
            found.append(reason)
        else:
            figures.append((area, shape(area.geometry)))
    return found + _overlaps(figures, tolerance_m2) + _gaps(figures, tolerance_m2)


def shared_lines(areas):
    """The lines between neighbours, in order of their codes.

    Where the polygons fit exactly the lines are exact; else a line follows the edge of the
    one with the smaller code as far as the other is within about two metres.
    """
    figures = sorted((area.code, shape(area.geometry)) for area in areas if area.geometry)
    exact = bool(figures) and bool(shapely.coverage_is_valid([figure for _, figure in figures]))
    found = []
    for index, (left, one) in enumerate(figures):
        for right, other in figures[index + 1 :]:
            if not shapely.dwithin(one, other, 2 * METRE):
                continue
            reach = other if exact else other.boundary.buffer(2 * METRE)
            line = _only_lines((one if exact else one.boundary).intersection(reach), exact)
            if not line.is_empty:
                line = with_left(line, one)
                found.append(SharedLine(left, right, mapping(line), length(line)))
    return found


def length(line):
    """Metres on the ellipsoid, rounded."""
    return round(GEOD.geometry_length(line))


def square_metres(figure):
    return abs(GEOD.geometry_area_perimeter(figure)[0])


def _unsound(area):
    label = area.name or area.code
    if not area.geometry:
        return Flaw(f"{label}没有图形")
    try:
        shapes.check(area.geometry)
    except shapes.ShapeError as problem:
        return Flaw(f"{label}：{str(problem).rstrip('。')}")
    if area.geometry["type"] not in ("Polygon", "MultiPolygon"):
        return Flaw(f"{label}的图形不是面")
    return None


def _overlaps(figures, tolerance_m2):
    found = []
    tree = shapely.STRtree([figure for _, figure in figures])
    for index, (area, figure) in enumerate(figures):
        for other_index in sorted(tree.query(figure, predicate="intersects")):
            if other_index <= index:
                continue
            other, other_figure = figures[other_index]
            for part in _polygons(figure.intersection(other_figure)):
                if square_metres(part) > tolerance_m2:
                    found.append(_flaw(f"{area.name}与{other.name}重叠", part))
    return found


def _gaps(figures, tolerance_m2):
    """Closed gaps of any size, and open ones narrower than ``GAP_WIDTH_M``."""
    if len(figures) < 2:
        return []
    whole = shapely.union_all([figure for _, figure in figures])
    width = GAP_WIDTH_M / 2 * METRE
    # Grown and shrunk again, the whole closes over what lies between its parts; mitred, so
    # that its own corners stay as they are.
    grown = whole.buffer(width, join_style="mitre").buffer(-width, join_style="mitre")
    holes = [shapely.Polygon(ring) for part in _polygons(whole) for ring in part.interiors]
    missing = shapely.union_all([grown.difference(whole), *holes])
    found = []
    for part in _polygons(missing):
        names = [area.name for area, figure in figures if shapely.dwithin(figure, part, METRE)]
        if square_metres(part) > tolerance_m2 and len(names) > 1:
            found.append(_flaw(f"{'、'.join(names)}之间有空隙", part))
    return found


def _flaw(what, part):
    point = part.representative_point()
    lon, lat = round(point.x, 6), round(point.y, 6)
    size = round(square_metres(part))
    return Flaw(f"{what}约{size}平方米，位置：{lon:.6f}，{lat:.6f}", lon, lat)


def _polygons(geometry):
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _only_lines(geometry, exact):
    parts = getattr(geometry, "geoms", [geometry])
    lines = [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    merged = linemerge(lines) if len(lines) > 1 else (lines[0] if lines else LineString())
    if exact or merged.is_empty:
        return merged
    # The reach goes a little round corners where three areas meet: no line of theirs.
    kept = [part for part in getattr(merged, "geoms", [merged]) if length(part) > 8]
    if not kept:
        return LineString()
    return kept[0] if len(kept) == 1 else MultiLineString(kept)
