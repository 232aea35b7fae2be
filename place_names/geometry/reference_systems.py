"""Coordinate systems of the EPSG register: their names, and the conversion to CGCS2000.

CGCS2000 and WGS84 differ by the movement of the plate since 2000.0, less than a metre. Older
datums are another matter: 北京54 (EPSG:4214) lies about a hundred metres off, and 西安80
(EPSG:4610) has no published parameters at all. Their conversion is never assumed.
"""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import Transformer, TransformerGroup

CGCS2000, WGS84 = "EPSG:4490", "EPSG:4326"
EPSG = re.compile(r"EPSG:[0-9]{4,6}")
WGS84_ACCURACY = 1.0
DISTRICT = (113.31, 23.08)
LONGEST_AREA = 60
CHINESE_NAMES = {
    "Beijing 1954": "1954年北京坐标系",
    "Xian 1980": "1980西安坐标系",
    "New Beijing": "新1954年北京坐标系",
    "China Geodetic Coordinate System 2000": "2000国家大地坐标系",
    "Hong Kong 1980": "香港1980坐标系",
}


@dataclass(frozen=True)
class Conversion:
    """From a system to CGCS2000: accuracy in metres, and where its parameters hold.

    `area` is empty when they hold here.
    """

    system: str
    accuracy: float
    area: str = ""

    def __str__(self):
        metres = f"{self.accuracy:g}米" if self.accuracy else "不到0.1米"
        elsewhere = f"，参数按“{self.area}”求得，用在本区误差可能更大" if self.area else ""
        return f"转换精度约{metres}{elsewhere}" if self.accuracy else f"转换误差{metres}"


def is_known(system: str) -> bool:
    return bool(EPSG.fullmatch(system)) and _crs(system) is not None


def name(system: str) -> str:
    """The name of a system, that of its datum in Chinese; empty when it is not known."""
    crs = _crs(system)
    if crs is None:
        return ""
    datum = next((word for own, word in CHINESE_NAMES.items() if crs.name.startswith(own)), "")
    return f"{datum} {crs.name}" if datum and not crs.name.startswith(datum) else crs.name


def is_geographic(system: str) -> bool:
    """Whether its coordinates are degrees."""
    crs = _crs(system)
    return crs is not None and crs.is_geographic


def why_not(system: str) -> str:
    """Why coordinates in a system cannot be converted; empty when they can."""
    if _crs(system) is None:
        return f"不认识坐标系{system}。"
    if _found(system) is None:
        return (
            f"{name(system)}没有公开的转换参数，直接当作CGCS2000会偏离几十米到一百多米。"
            "请由测绘部门转换为CGCS2000（EPSG:4490）后再导入。"
        )
    return ""


def conversion(system: str) -> Conversion:
    """How exact the conversion is. Raises ValueError where `why_not` has something to say."""
    if (found := _found(system)) is None:
        raise ValueError(why_not(system))
    return found[0]


def mover(system: str) -> Callable[[float, float], tuple[float, float]]:
    """A function from a position (east or longitude first) to CGCS2000 degrees.

    It gives infinite values for a position that the system does not have.
    """
    if (found := _found(system)) is None:
        raise ValueError(why_not(system))
    return found[1].transform


@lru_cache(maxsize=64)
def _crs(system: str) -> CRS | None:
    if not EPSG.fullmatch(system) and system != "OGC:CRS84":
        return None
    try:
        crs = CRS.from_user_input(system)
    except CRSError:
        return None
    return crs if len(crs.axis_info) in (2, 3) and crs.geodetic_crs is not None else None


@lru_cache(maxsize=64)
def _found(system: str) -> tuple[Conversion, Transformer] | None:
    """The conversion whose area covers the district, else the nearest; None without any."""
    crs = _crs(system)
    if crs is None:
        return None
    if crs.geodetic_crs.datum == CRS.from_user_input(CGCS2000).datum:
        return Conversion(system, 0), Transformer.from_crs(crs, CGCS2000, always_xy=True)
    try:
        with warnings.catch_warnings():  # of better conversions that need a grid file
            warnings.simplefilter("ignore")
            group = TransformerGroup(crs, WGS84, always_xy=True, allow_ballpark=False)
    except ProjError:
        return None
    if not group.transformers:
        return None
    best = min(group.transformers, key=_distance)
    elsewhere = best.area_of_use.name if _distance(best)[0] else ""
    if len(elsewhere) > LONGEST_AREA:  # Every state of the United States, for one.
        elsewhere = elsewhere[:LONGEST_AREA] + "…"
    return Conversion(system, max(best.accuracy, WGS84_ACCURACY), elsewhere.rstrip(".")), best


def _distance(transformer: Transformer) -> tuple[float, float]:
    """Degrees from the district to the area of a conversion, and its accuracy."""
    area, (lon, lat) = transformer.area_of_use, DISTRICT
    accuracy = transformer.accuracy if transformer.accuracy >= 0 else 1000.0
    if area is None:
        return 0.0, accuracy
    east = max(area.west - lon, lon - area.east, 0)
    return max(east, area.south - lat, lat - area.north, 0), accuracy
