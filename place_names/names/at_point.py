"""In which subdistrict a point lies."""

import shapely
from shapely.geometry import shape

from home.cache.memoize import memoized
from place_names.geometry.coordinates import published
from place_names.models import RegisterSettings, Subdistrict


def subdistrict_at(lon: float, lat: float) -> Subdistrict | None:
    """The subdistrict around a point in degrees (CGCS2000), by the outlines that are published;
    None outside the district."""
    point = shapely.points(lon, lat)
    outlines = memoized("outlines of the subdistricts", _outlines)
    return next((area for outline, area in outlines if outline.covers(point)), None)


def _outlines() -> list[tuple[shapely.Geometry, Subdistrict]]:
    decimals = RegisterSettings.in_force().published_decimals
    found = []
    for area in Subdistrict.objects.exclude(geometry=None):
        outline = shape(published(area.geometry, decimals))
        shapely.prepare(outline)
        found.append((outline, area))
    return found
