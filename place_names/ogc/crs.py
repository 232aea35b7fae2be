"""Coordinate reference systems of the answers: the same degrees, in the axis order of each.

CGCS2000 and WGS 84 differ by less than a metre, so only the order of the axes changes: EPSG
puts latitude first for both, CRS84 longitude.
"""

from place_names.open_data.problems import RequestError, shown

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
CGCS2000 = "http://www.opengis.net/def/crs/EPSG/0/4490"
SUPPORTED = (CRS84, WGS84, CGCS2000)
_WRITTEN = {
    "OGC:CRS84": CRS84,
    "EPSG:4326": WGS84,
    "EPSG:4490": CGCS2000,
    "urn:ogc:def:crs:OGC:1.3:CRS84": CRS84,
    "urn:ogc:def:crs:EPSG::4326": WGS84,
    "urn:ogc:def:crs:EPSG::4490": CGCS2000,
}


def read(text: str, parameter: str) -> str:
    """The URI of a supported system; also from `[EPSG:4490]` and URNs. Raises RequestError."""
    text = text.strip()
    found = _WRITTEN.get(text.removeprefix("[").removesuffix("]"), text)
    if found not in SUPPORTED:
        systems = ", ".join(SUPPORTED)
        raise RequestError(
            f"{parameter}“{shown(text)}”不是支持的坐标系。支持：{systems}。",
            f"{parameter} is not a supported CRS; supported are {systems}.",
            parameter=parameter,
        )
    return found


def is_latitude_first(crs: str) -> bool:
    return crs != CRS84


def in_axis_order(geometry: dict | None, crs: str) -> dict | None:
    """A geometry with longitude first as the CRS orders its axes; the same both ways."""
    if geometry is None or not is_latitude_first(crs):
        return geometry

    def walk(part):
        if part and not isinstance(part[0], list | tuple):
            return [part[1], part[0], *part[2:]]
        return [walk(each) for each in part]

    if geometry["type"] == "GeometryCollection":
        parts = [in_axis_order(part, crs) for part in geometry["geometries"]]
        return {"type": "GeometryCollection", "geometries": parts}
    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}


def box_in_lon_lat(box: tuple[float, ...], crs: str) -> tuple[float, float, float, float]:
    """West, south, east, north of a box that was given in the axis order of `crs`."""
    first, second, third, fourth = box
    return (second, first, fourth, third) if is_latitude_first(crs) else (
        first, second, third, fourth
    )  # fmt: skip
