"""The shape of a KML placemark as GeoJSON, for the child of `home.sandbox`."""

import re
from typing import Any

UNKNOWN = {
    "Track": "轨迹（gx:Track）",
    "MultiTrack": "轨迹（gx:MultiTrack）",
    "Model": "立体模型（Model）",
}
_COMMA = re.compile(r"\s*,\s*")
_MULTI = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}


class _UnreadableError(ValueError):
    """What is wrong with the coordinates, for the officer."""


def shape(placemark: Any) -> dict | None:
    """GeoJSON; with a `fault` where a shape is none that the register has, or cannot be read."""
    parts: list[dict] = []
    try:
        _collect(placemark, parts)
    except _UnreadableError as error:
        return {"type": "", "fault": str(error)}
    if len(parts) <= 1:
        return parts[0] if parts else None
    kinds = {part["type"] for part in parts}
    if len(kinds) > 1:
        return {"type": "GeometryCollection", "geometries": parts}
    kind = kinds.pop()
    return {"type": _MULTI[kind], "coordinates": [part["coordinates"] for part in parts]}


def _collect(parent: Any, parts: list[dict]) -> None:
    for each in parent:
        kind = _local(each)
        if kind == "MultiGeometry":
            _collect(each, parts)
        elif kind == "Point":
            [position] = _positions(each, kind)[:1] or [[]]
            parts.append({"type": kind, "coordinates": position})
        elif kind in ("LineString", "LinearRing"):
            parts.append({"type": "LineString", "coordinates": _positions(each, kind)})
        elif kind == "Polygon":
            parts.append({"type": kind, "coordinates": _rings(each)})
        elif kind in UNKNOWN:
            raise _UnreadableError(f"是{UNKNOWN[kind]}，地名库只存点、线、面")


def _rings(polygon: Any) -> list[list]:
    """The outer ring first, wherever the file has it."""
    rings = [each for each in polygon if _local(each) in ("outerBoundaryIs", "innerBoundaryIs")]
    rings.sort(key=lambda each: _local(each) != "outerBoundaryIs")
    return [_positions(ring, "Polygon") for boundary in rings for ring in boundary]


def _positions(element: Any, kind: str) -> list[list[float]]:
    """Longitude and latitude of each position; heights are left out."""
    found = []
    for coordinates in (each for each in element if _local(each) == "coordinates"):
        for position in _COMMA.sub(",", coordinates.text or "").split():
            try:
                lon, lat = map(float, position.split(",")[:2])
            except ValueError:
                raise _UnreadableError(
                    f"坐标“{position[:30]}”不是“经度,纬度”，{kind}的坐标以空格分开"
                ) from None
            found.append([lon, lat])
    return found


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2]
