"""Parameters that are more than a number or a word. Each raises RequestError when it is wrong."""

from dataclasses import dataclass
from datetime import datetime, time
from math import isfinite
from typing import Annotated, Literal

from django.urls import reverse
from django.utils.timezone import get_current_timezone
from ninja import Query
from pydantic import WithJsonSchema

import home.subdistricts
from home.cache.memoize import memoized
from place_names.geometry import reference_systems
from place_names.geometry.coordinates import SYSTEMS, to_cgcs2000
from place_names.literals import is_storable, read_day, read_instant, read_numbers
from place_names.open_data.problems import RequestError, no_such, shown
from place_names.views import found

# How they are written. The schema says it; what is wrong is refused below, where the answer says more
# than a pattern does.
_LON, _LAT = r"-?(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]+)?", r"-?[0-8]?[0-9](\.[0-9]+)?"
_DAY, _TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"


def _written(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": f"^({pattern})$", "description": description}
    )


# ninja looks for its own mark first.
Point = Annotated[
    str, Query(max_length=50), _written(f"|{_LON},{_LAT}", "经度,纬度：算出距离，例如113.27,23.10")
]
Box = Annotated[
    str,
    Query(max_length=100),
    _written(
        f"|{_LON},{_LAT},{_LON},{_LAT}",
        "西,南,东,北，以度为单位，例如113.25,23.05,113.40,23.12；查询按位置点，list按图形",
    ),
]
Moment = Annotated[
    str,
    Query(max_length=40),
    _written(f"|{_DAY}(T{_TIME})?", "此时以来变动过的，例如2026-01-31或2026-01-31T08:00:00Z"),
]
System = Annotated[
    str,
    Query(max_length=20),
    _written(
        "CGCS2000|WGS84|GCJ-02|BD-09|EPSG:[0-9]{4,5}",
        "CGCS2000、WGS84、GCJ-02、BD-09或EPSG代码，例如EPSG:4547",
    ),
]

# Empty as if it were not given, for programs that send every field of a form.
Status = Literal["", "standard", "historical", "abolished"]
Category = Annotated[str, Query(max_length=5, description="五位类别代码，含下级；见categories")]
Subdistrict = Annotated[
    str, Query(max_length=9, description="九位街道代码，含跨街道的地名；见subdistricts")
]
SORTS = ("relevance", "name", "distance")


def check_codes(category: str, subdistrict: str) -> None:
    """A misspelt code would find nothing, as if there were no such names."""
    if category and category not in memoized("categories", found.categories):
        raise no_such("category", category, (), reverse("api:categories"))
    codes = [code for code, _ in home.subdistricts.subdistricts()]
    if subdistrict and subdistrict not in codes:
        raise no_such("subdistrict", subdistrict, sorted(codes))


@dataclass(frozen=True)
class Position:
    """A point in CGCS2000 degrees, and how exact its conversion was; empty without one."""

    lon: float
    lat: float
    note: str = ""


def read_near(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    found = read_numbers(text)
    if not found or len(found) != 2 or not (-180 <= found[0] <= 180 and -90 <= found[1] <= 90):
        raise RequestError(
            "near应为经度,纬度，例如near=113.27,23.10。",
            "near is longitude,latitude, e.g. near=113.27,23.10.",
            422,
            "near",
        )
    return found[0], found[1]


def read_sort(text: str, near: tuple[float, float] | None) -> str:
    if text not in SORTS:
        listed = "、".join(SORTS)
        raise RequestError(
            f"sort可以是{listed}。", f"sort is one of {', '.join(SORTS)}.", 422, "sort"
        )
    if text == "distance" and near is None:
        raise RequestError("按距离排列时须给near。", "Sorting by distance needs near.", 422, "near")
    return text


def read_position(first: float, second: float, system: str) -> Position:
    """A position of any system, east or longitude first."""
    if not isfinite(first) or not isfinite(second):
        raise _outside()
    note = ""
    if system not in SYSTEMS:
        if reason := reference_systems.why_not(system):
            listed = "、".join(SYSTEMS)
            raise RequestError(
                f"{reason}crs可以是{listed}，或EPSG代码，例如EPSG:4547。",
                f"crs “{shown(system)}” cannot be converted; it is one of {', '.join(SYSTEMS)}, "
                "or an EPSG code, e.g. EPSG:4547.",
                422,
                "crs",
            )
        note = str(reference_systems.conversion(system))
    elif not (-180 <= first <= 180 and -90 <= second <= 90):
        raise _outside()
    lon, lat = to_cgcs2000(system, first, second)
    if not (isfinite(lon) and isfinite(lat)) or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise _outside()
    return Position(lon, lat, note)


def _outside() -> RequestError:
    return RequestError(
        "坐标超出所选坐标系的范围。x为经度或东坐标，y为纬度或北坐标。",
        "The position lies outside its system; x is longitude or easting, y latitude or northing.",
        422,
        "x",
    )


def read_moment(text: str):
    """A date (from its beginning here) or an instant."""
    if not text:
        return None
    found = read_instant(text)
    if found is None and (day := read_day(text)):
        found = datetime.combine(day, time.min, get_current_timezone())
    if found is None or not is_storable(found):
        raise RequestError(
            "changed_since应为日期或时刻，例如2026-01-31或2026-01-31T08:00:00+08:00。",
            "changed_since is a date or an instant, e.g. 2026-01-31T08:00:00+08:00.",
            422,
            "changed_since",
        )
    return found
