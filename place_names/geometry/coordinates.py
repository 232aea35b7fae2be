"""Coordinate systems of files that come in, and the precision of what goes out.

The register keeps CGCS2000 (EPSG:4490) degrees; WGS84 equals it at this precision. GCJ-02
is the offset system of Chinese web maps, BD-09 a further offset on top of it.
"""

import math
from collections.abc import Callable

from . import reference_systems

SYSTEMS = {
    "CGCS2000": "2000国家大地坐标系（CGCS2000）",
    "WGS84": "WGS84",
    "GCJ-02": "火星坐标（GCJ-02，高德、腾讯地图）",
    "BD-09": "百度坐标（BD-09）",
}

# The published constants of GCJ-02 (Krasovsky 1940 ellipsoid) and of BD-09.
_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_BD_TURN = math.pi * 3000.0 / 180.0


def to_cgcs2000(system: str, lon: float, lat: float) -> tuple[float, float]:
    """A position of a file in CGCS2000 degrees, true to better than 0.1 m.

    That holds for the keys of SYSTEMS; an EPSG code converts as `reference_systems` says.
    Raises KeyError for any other system.
    """
    if system in ("CGCS2000", "WGS84"):
        return lon, lat
    if reference_systems.is_known(system):
        return reference_systems.mover(system)(lon, lat)
    if system == "BD-09":
        lon, lat = _inverse(bd09_from_gcj02, lon, lat)
    elif system != "GCJ-02":
        raise KeyError(system)
    return _inverse(gcj02_from_cgcs2000, lon, lat)


def _inverse(forward: Callable, lon: float, lat: float) -> tuple[float, float]:
    """Solve forward(x) = (lon, lat); the offsets change so slowly that a few steps settle it."""
    guess_lon, guess_lat = lon, lat
    for _ in range(8):
        there_lon, there_lat = forward(guess_lon, guess_lat)
        guess_lon += lon - there_lon
        guess_lat += lat - there_lat
    return guess_lon, guess_lat


def bd09_from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_TURN)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def gcj02_from_cgcs2000(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    common = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
        + (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
        + (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    )  # fmt: skip
    east = (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
        + (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
        + (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    )  # fmt: skip
    radians = math.radians(lat)
    curve = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    north = math.degrees(north * curve * math.sqrt(curve) / (_AXIS * (1 - _ECCENTRICITY)))
    east = math.degrees(east * math.sqrt(curve) / (_AXIS * math.cos(radians)))
    return lon + east, lat + north


def convert_geometry(geometry: dict, move: Callable[[float, float], tuple]) -> dict:
    """The geometry with every position passed through `move`; heights are dropped."""

    def walk(part):
        if part and isinstance(part[0], int | float):
            return list(move(part[0], part[1]))
        return [walk(each) for each in part]

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}


def published(geometry: dict | None, decimals: int) -> dict | None:
    """A geometry as it is shown to the public: no more exact than the setting allows.

    Every public page, download and interface takes coordinates from here (or, for a single
    point, from `published_point`), so that the precision is decided in one place.
    """
    if geometry is None:
        return None
    return convert_geometry(geometry, lambda lon, lat: (round(lon, decimals), round(lat, decimals)))


def published_point(lon: float | None, lat: float | None, decimals: int) -> list[float] | None:
    if lon is None or lat is None:
        return None
    return [round(lon, decimals), round(lat, decimals)]
