"""Geometry of the register: GeoJSON in CGCS2000 (EPSG:4490), degrees, longitude first."""

from dataclasses import dataclass

from shapely.errors import GEOSException
from shapely.geometry import shape
from shapely.validation import explain_validity

KINDS = ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


class ShapeError(ValueError):
    """A geometry that cannot be kept; the message is shown to the officer as it is."""


@dataclass(frozen=True)
class Measure:
    """A point to stand for the shape, and its extent, all in degrees."""

    lon: float
    lat: float
    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float


def positions(geometry: dict) -> list[tuple[float, float]]:
    """All positions of a geometry in the order they are written."""
    found: list[tuple[float, float]] = []
    waiting = [geometry["coordinates"]]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, list | tuple):
            raise TypeError(f"a list of positions, not {part!r}")
        if part and isinstance(part[0], int | float):
            found.append((part[0], part[1]))
        else:
            waiting.extend(reversed(part))
    return found


def _rings(geometry: dict) -> list[list]:
    """The rings of polygons, which shapely would close by itself; none of a line."""
    if geometry["type"] == "Polygon":
        return geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return []


def measure(geometry: dict) -> Measure:
    """Where a valid geometry lies.

    The point of a line is its middle, that of a polygon lies inside it.
    """
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
        return Measure(lon, lat, lon, lat, lon, lat)
    figure = shape(geometry)
    if geometry["type"] == "LineString":
        point = figure.interpolate(0.5, normalized=True)
    else:
        point = figure.representative_point()
    west, south, east, north = figure.bounds
    # Interpolation may miss a straight line by a rounding error; the database would refuse it.
    lon, lat = min(max(point.x, west), east), min(max(point.y, south), north)
    return Measure(lon, lat, west, south, east, north)


def check(geometry: object) -> None:
    """Raise ShapeError, in words for an officer, unless this is a geometry we can keep."""
    if not isinstance(geometry, dict) or geometry.get("type") not in KINDS:
        raise ShapeError("图形须为点、线或面，请在原软件中转成折线或多边形。")
    try:
        points = positions(geometry)
    except (TypeError, KeyError, IndexError, OverflowError) as error:
        raise ShapeError("图形的坐标写法有误。") from error
    if not points:
        raise ShapeError("图形没有坐标。")
    for lon, lat in points:
        if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in (lon, lat)):
            raise ShapeError("图形的坐标须为数字。")
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ShapeError(f"坐标 {lon}, {lat} 超出经纬度范围。")
    if geometry["type"] == "Point":
        if len(geometry["coordinates"]) not in (2, 3) or len(points) != 1:
            raise ShapeError("点须有经度和纬度两个数。")
        return
    try:
        figure = shape(geometry)
    except (ValueError, TypeError, IndexError, AttributeError, GEOSException) as error:
        raise ShapeError("图形的坐标写法有误：线至少两点，面至少四点且首尾相同。") from error
    if figure.is_empty:
        raise ShapeError("图形没有坐标。")
    if any(ring[0] != ring[-1] for ring in _rings(geometry)):
        raise ShapeError("面没有闭合：每一圈的首尾两点须相同。")
    if not figure.is_valid:
        reason = explain_validity(figure)
        where = reason[reason.find("[") + 1 : reason.find("]")] if "[" in reason else ""
        place = "，位置：" + "，".join(where.split()) if where else ""
        word = "图形自相交" if "intersection" in reason else "图形不成立"
        raise ShapeError(f"{word}{place}。")
