"""The records that stand on facts: 18 subdistricts, 265 committees, 412 real names."""

import math
from itertools import pairwise

from shapely import affinity
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.ops import unary_union

from demonstration.place_names.generation.records import Record
from demonstration.place_names.generation.territory import (
    DIGITS,
    areas,
    line_through,
    random_for,
    read_csv,
    shared_lines,
)

BUREAU_LIST = "国家统计局统计用区划代码（2023年）"
PUBLIC = "公开资料整理"
CERTAINTY = {"sure": "", "name": "所属街道待核。", "likely": "名称与所属街道待核。"}
TOLERANCE = 0.00005
WITH_LINES = {"23510", "12100", "23610", "23620"}
EAST_WEST = ("东路", "西路", "中路")
NORTH_SOUTH = ("南路", "北路", "大道北", "大道中", "大道南")


def subdistricts():
    for area in areas().values():
        point = area.inner.representative_point()
        yield Record(
            name=area.name,
            category="21500",
            subdistricts=[area.code],
            lon=round(point.x, DIGITS),
            lat=round(point.y, DIGITS),
            sources=BUREAU_LIST,
            remarks="坐标为示意。",
        )


def committees(seed):
    for row in read_csv("committees.csv"):
        area = areas()[row["subdistrict"]]
        lon, lat = area.random_point(random_for(seed, "committee", row["code"]))
        yield Record(
            name=row["name"],
            category="27620",
            subdistricts=[area.code],
            lon=lon,
            lat=lat,
            sources=BUREAU_LIST,
            remarks=f"统计用代码{row['code']}；坐标为示例。",
        )


def real_names(seed):
    """The 412 names; an estimated coordinate off its subdistricts moves to the nearest."""
    for row in read_csv("real_names.csv"):
        rng = random_for(seed, "real", row["category"], row["name"])
        places = row["subdistricts"].split(";")
        if row["lon"]:
            lon, lat = _inside(places, float(row["lon"]), float(row["lat"]))
            note = "坐标为估计，误差约300至500米。"
        else:
            lon, lat = areas()[places[0]].random_point(rng)
            note = "坐标为示例。"
        record = Record(
            name=row["name"],
            category=row["category"],
            subdistricts=places,
            lon=lon,
            lat=lat,
            status=row["status"],
            description=row["description"],
            sources=PUBLIC,
            variants=row["variants"].split("|") if row["variants"] else [],
            remarks=CERTAINTY[row["certainty"]] + note,
        )
        record.shape = _shape(rng, record) if row["lon"] or len(places) > 1 else None
        yield record


def _inside(places, lon, lat):
    here = Point(lon, lat)
    found = [areas()[place].nearest(lon, lat) for place in places]
    return min(found, key=lambda point: here.distance(Point(point)))


def _shape(rng, record):
    """A line for roads, waters, bridges and tunnels, an outline for parks, else nothing."""
    allowed = unary_union([areas()[place].polygon for place in record.subdistricts])
    point = (record.lon, record.lat)
    if record.category == "25200" and len(record.subdistricts) > 1:
        return _park_across(record)
    if record.category == "25200":
        half = rng.uniform(0.0008, 0.0018)
        park = affinity.scale(Point(point).buffer(half, quad_segs=4), 1.0, rng.uniform(0.5, 0.9))
        park = affinity.rotate(park, rng.uniform(0, 180)).intersection(allowed)
        if park.geom_type != "Polygon":
            return None
        return Polygon([(round(x, DIGITS), round(y, DIGITS)) for x, y in park.exterior.coords])
    if record.category not in WITH_LINES:
        return None
    if len(record.subdistricts) > 1:
        return _through_all(record)
    if record.name.endswith(EAST_WEST) or record.category == "12100":
        degrees = rng.gauss(0, 12)
    elif record.name.endswith(NORTH_SOUTH) or record.category in ("23610", "23620"):
        degrees = rng.gauss(90, 12)
    else:
        degrees = rng.uniform(0, 180)
    return line_through(rng, point, degrees, rng.uniform(0.005, 0.011), allowed)


def _park_across(record):
    """A park round its point that reaches into each of its subdistricts."""
    points = [areas()[place].nearest(record.lon, record.lat) for place in record.subdistricts]
    park = MultiPoint([*points, (record.lon, record.lat)]).convex_hull.buffer(0.0008, quad_segs=3)
    return Polygon([(round(x, DIGITS), round(y, DIGITS)) for x, y in park.exterior.coords])


def _through_all(record):
    """A line that has a point in each subdistrict of the record, ordered along its way."""
    points = [areas()[place].nearest(record.lon, record.lat) for place in record.subdistricts]
    for place in record.subdistricts:
        middle = areas()[place].inner.representative_point()
        near = areas()[place].nearest(record.lon, record.lat)
        # A third of the way to the middle, so that the line does not end at the boundary.
        points.append(
            areas()[place].nearest(
                near[0] + (middle.x - near[0]) / 3, near[1] + (middle.y - near[1]) / 3
            )
        )
    spread = LineString(points).minimum_rotated_rectangle
    corners = list(spread.exterior.coords)[:3] if spread.geom_type == "Polygon" else points[:3]
    sides = [(corners[1][i] - corners[0][i], corners[2][i] - corners[1][i]) for i in (0, 1)]
    long_side = max(((sides[0][k], sides[1][k]) for k in (0, 1)), key=lambda v: math.hypot(*v))
    points.sort(key=lambda p: (p[0] * long_side[0] + p[1] * long_side[1], p))
    distinct = [p for index, p in enumerate(points) if index == 0 or p != points[index - 1]]
    line = LineString(distinct) if len(distinct) > 1 else None
    allowed = unary_union([areas()[place].polygon for place in record.subdistricts])
    if line is not None and line.difference(allowed.buffer(TOLERANCE)).length > TOLERANCE:
        return _from_one_to_the_next(record)
    return line


def _from_one_to_the_next(record):
    """A line from subdistrict to subdistrict in their order, over the middle of each boundary.

    For records whose straight line would pass subdistricts that are not theirs. A bridge goes no
    further than into the ones beside it.
    """
    places = record.subdistricts
    crossings = [_crossing(one, other) for one, other in pairwise(places)]
    points = []
    for number, place in enumerate(places):
        around = crossings[max(number - 1, 0) : number + 1]
        within = areas()[place]
        if record.category == "23610":
            middle = within.nearest(*around[0])
        else:
            point = within.inner.representative_point()
            middle = (round(point.x, DIGITS), round(point.y, DIGITS))
        points += [middle, *around[-1:]] if number < len(crossings) else [middle]
    return LineString(points)


def _crossing(one, other):
    """The middle of the boundary between two subdistricts."""
    line = shared_lines()[min(one, other), max(one, other)]
    middle = max(getattr(line, "geoms", [line]), key=lambda part: part.length)
    middle = middle.interpolate(0.5, normalized=True)
    return (round(middle.x, DIGITS), round(middle.y, DIGITS))
