"""GeoJSON files, for the child of `home.sandbox`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from home.sandbox import FileRefusedError

from . import text_encoding
from .features import NotGeoJSONError, features
from .reading import Description, Reading
from .tables import Row, cell_text

# GeoJSON of 2008 may name its system; RFC 7946 (2016) knows WGS84 alone.
# Written as a URN or URL of OGC (OGC 07-092r3), or in short.
_NAMED = r"(?:(?:urn:(?:x-)?ogc:def:crs:)?{0}:(?:[0-9.]*:)?|https?://www\.opengis\.net/def/crs/{0}/[0-9.]+/)"
_EPSG = re.compile(_NAMED.format("EPSG") + "([0-9]{4,6})", re.IGNORECASE)
_CRS84 = re.compile(_NAMED.format("OGC") + "CRS84", re.IGNORECASE)


def describe(path: Path, name: str, reading: Reading, known: Iterable[str]) -> Description:
    if not reading.encoding:
        verdict = text_encoding.of_file(path, name)
        reading = replace(reading, encoding=verdict.encoding)
        if verdict.doubts:
            raise FileRefusedError(f"“{name}”不是UTF-8编码的GeoJSON，请另存为UTF-8，或选定编码。")
    seen: dict[str, None] = {}
    others: dict[str, object] = {}
    for feature in _features(path, name, reading.encoding, others):
        if feature.get("place") or feature.get("coordRefSys"):
            others["coordRefSys"] = True
        seen.update(dict.fromkeys(_properties(feature)))
    if others.get("coordRefSys"):
        raise FileRefusedError(
            f"“{name}”是JSON-FG，图形在place里，有自己的坐标系。请在原软件中另存为GeoJSON再导入。"
        )
    crs, crs_name = _system(others.get("crs"))
    return Description(list(seen), reading, crs=crs, crs_name=crs_name)


def rows(path: Path, name: str, reading: Reading) -> Iterator[Row]:
    """The line of a feature is its number plus one, as in a table with a heading."""
    for number, feature in enumerate(_features(path, name, reading.encoding, {}), 2):
        geometry = feature.get("geometry")
        values = {key: cell_text(value) for key, value in _properties(feature).items()}
        yield number, values, geometry if isinstance(geometry, dict) else None, {}


def _properties(feature: dict) -> dict:
    """The properties, and the `id` that stands beside them unless one of them has that name."""
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    return properties if "id" not in feature else {"id": feature["id"], **properties}


def _features(path: Path, name: str, encoding: str, others: dict) -> Iterator[dict]:
    try:
        with path.open(encoding=encoding) as file:
            for feature in features(file, others):
                yield feature if isinstance(feature, dict) else {}
    except NotGeoJSONError as error:
        raise FileRefusedError(f"“{name}”不是完整的GeoJSON：{error}。") from error
    except UnicodeError as error:
        raise FileRefusedError(f"“{name}”的编码有误，请另存为UTF-8再导入。") from error


def _system(member: object) -> tuple[str, str]:
    """The `crs` member as (EPSG code or empty, its own words); both empty where there is none."""
    if member is None:
        return "", ""
    properties = member.get("properties") if isinstance(member, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(named, str):
        return "", "没有写明的坐标系"
    if found := _EPSG.fullmatch(named.strip()):
        return f"EPSG:{found[1]}", named
    return ("OGC:CRS84" if _CRS84.fullmatch(named.strip()) else ""), named[:200]
