"""The subdistricts as polygons, the 38 lines between them and the lines of the district.

The Voronoi cells of the seed points are joined by subdistrict and cut at the outline: a
valid coverage (no gaps, no overlaps) by construction. It is a sketch, no survey.
"""

import csv
import json
import math
import random
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiPoint, Point, Polygon, mapping, shape
from shapely.ops import linemerge, nearest_points

from place_names.geometry.sides import with_left
from place_names.names.romanisation import romanise

INPUTS = Path(__file__).parents[1] / "inputs"
DIGITS = 6
INSET = 0.0003  # about 30 m: points stay clear of the line even when published coarser
GEOD = Geod(ellps="GRS80")  # the ellipsoid of CGCS2000, to the millimetre

# Where the district's outline (indices of its 16 points) turns from one neighbour to the
# next. The eastern end, which faces 黄埔, is not among the lines of the plan.
NEIGHBOURS = (
    ("天河区", "北界东段，沿珠江前航道", (0, 1, 2)),
    ("越秀区", "北界西段，沿珠江前航道", (12, 13, 14, 15)),
    ("荔湾区", "西界，沿珠江后航道", (9, 10, 11, 12)),
    ("番禺区", "南界，沿沥滘水道、官洲水道", (4, 5, 6, 7, 8, 9)),
)
# Names of the sixteen directions are too fine for a sketch: eight do.
DIRECTIONS = ("东", "东北", "北", "西北", "西", "西南", "南", "东南")


@dataclass
class Area:
    """A subdistrict: its code, name, polygon, and the part of it that keeps off the line."""

    code: str
    name: str
    polygon: Polygon
    inner: Polygon
    bounds: tuple = field(default=())

    @property
    def short(self):
        return self.name.removesuffix("街道")

    def random_point(self, rng):
        """A point inside, at least ``INSET`` off the line: (lon, lat), rounded."""
        west, south, east, north = self.bounds
        while True:
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
            if shapely.contains_xy(self.inner, lon, lat):
                return round(lon, DIGITS), round(lat, DIGITS)

    def near(self, rng, lon, lat, spread):
        """A point inside within ``spread`` degrees of the given one, or the nearest inside."""
        for _ in range(20):
            x, y = lon + rng.uniform(-spread, spread), lat + rng.uniform(-spread, spread)
            if shapely.contains_xy(self.inner, x, y):
                return round(x, DIGITS), round(y, DIGITS)
        return self.nearest(lon, lat)

    def nearest(self, lon, lat):
        """The point itself when inside, else the nearest point inside."""
        if shapely.contains_xy(self.inner, lon, lat):
            return round(lon, DIGITS), round(lat, DIGITS)
        point = nearest_points(self.inner, Point(lon, lat))[0]
        return round(point.x, DIGITS), round(point.y, DIGITS)


def read_csv(name):
    with (INPUTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def outline():
    with (INPUTS / "outline.geojson").open(encoding="utf-8") as file:
        return shape(json.load(file)["geometry"])


@lru_cache(maxsize=1)
def areas():
    """The 18 subdistricts by code."""
    seeds = read_csv("seeds.csv")
    points = [(float(seed["lon"]), float(seed["lat"])) for seed in seeds]
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=outline(), ordered=True)
    found = {}
    for row in read_csv("subdistricts.csv"):
        own = [
            cell
            for cell, seed in zip(cells.geoms, seeds, strict=True)
            if seed["subdistrict"] == row["code"]
        ]
        polygon = shapely.intersection(shapely.union_all(own), outline())
        polygon = shapely.normalize(shapely.transform(polygon, lambda xy: xy.round(DIGITS)))
        inner = polygon.buffer(-INSET)
        shapely.prepare(inner)
        found[row["code"]] = Area(row["code"], row["name"], polygon, inner, inner.bounds)
    return found


@lru_cache(maxsize=1)
def shared_lines():
    """{(code, code): line} for each pair of subdistricts that share one, in order of code.

    The first of a pair lies left of its line.
    """
    found = {}
    codes = sorted(areas())
    for index, left in enumerate(codes):
        for right in codes[index + 1 :]:
            line = shapely.intersection(areas()[left].polygon, areas()[right].polygon)
            line = _only_lines(line)
            if not line.is_empty:
                found[left, right] = with_left(line, areas()[left].polygon)
    return found


def _only_lines(geometry):
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if part.length]
    lines = [part for part in parts if part.geom_type in ("LineString", "MultiLineString")]
    return linemerge(lines) if len(lines) > 1 else (lines[0] if lines else LineString())


def metres(line):
    """Length on the ellipsoid in whole metres."""
    return round(GEOD.geometry_length(line))


def course(line, left, right):
    """A sentence on where a line runs, read from its ends."""
    first, last = Point(line.coords[0]), Point(line.coords[-1])
    azimuth = GEOD.inv(first.x, first.y, last.x, last.y)[0]
    towards = DIRECTIONS[round((90 - azimuth) / 45) % 8]
    start = DIRECTIONS[(DIRECTIONS.index(towards) + 4) % 8]
    return (
        f"示例：界线起于{left}与{right}的{start}端交会点，"
        f"大致由{start}向{towards}延伸，全长约{metres(line)}米。"
    )


def subdistrict_features():
    for area in areas().values():
        area_m2 = round(abs(GEOD.geometry_area_perimeter(area.polygon)[0]))
        yield feature(
            area.polygon,
            code=area.code,
            name=area.name,
            romanisation=romanise(area.name, category="21500"),
            area_m2=area_m2,
        )


def boundary_line_features():
    for number, ((left, right), line) in enumerate(shared_lines().items(), start=1):
        longest = max(getattr(line, "geoms", [line]), key=lambda part: part.length)
        yield feature(
            line,
            number=f"{number:02d}",
            left=left,
            right=right,
            length_m=metres(line),
            description=course(longest, areas()[left].name, areas()[right].name),
        )


def district_line_features():
    corners = list(outline().exterior.coords)
    for number, (neighbour, description, indices) in enumerate(NEIGHBOURS, start=1):
        line = LineString([corners[index] for index in indices])
        yield feature(
            line,
            number=f"Q{number}",
            neighbour=neighbour,
            length_m=metres(line),
            description=f"示例：{description}，与{neighbour}相接，全长约{metres(line)}米。",
        )


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": mapping(geometry)}


def line_through(rng, point, degrees, length, allowed):
    """A gently bent line of ``length`` degrees through ``point``, kept inside ``allowed``.

    ``degrees`` is the direction counter-clockwise from east. Returns None where too
    little of the line is left inside.
    """

    bend = rng.uniform(-0.12, 0.12)
    angle = math.radians(degrees)
    coords = []
    for step in (-0.5, -0.2, 0.15, 0.5):
        sideways = bend * length * (0.25 - step * step)
        x = point[0] + step * length * math.cos(angle) - sideways * math.sin(angle)
        y = point[1] + step * length * math.sin(angle) + sideways * math.cos(angle)
        coords.append((x, y))
    inside = LineString(coords).intersection(allowed)
    parts = [part for part in getattr(inside, "geoms", [inside]) if part.geom_type == "LineString"]
    if not parts:
        return None
    longest = max(parts, key=lambda part: part.length)
    if longest.length < length / 4:
        return None
    return shapely.transform(longest, lambda xy: xy.round(DIGITS))


def random_for(seed, *subject):
    """A generator of its own for each subject, so that a change in one leaves others alone."""
    return random.Random(f"{seed}/" + "/".join(map(str, subject)))
