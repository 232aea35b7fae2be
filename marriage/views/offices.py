"""Where an office lies, for the small map on a confirmation. Public, and no one's own."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from ..models import Office


@cache_control(public=True, max_age=600)
def position(request: HttpRequest, code: str) -> JsonResponse:
    """A GeoJSON FeatureCollection with the office as one point (CGCS2000, degrees)."""
    office = get_object_or_404(
        Office.objects.select_related("place"), code=code, place__latitude__isnull=False
    )
    feature = {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [office.place.longitude, office.place.latitude],
        },
        "properties": {"code": office.code, "name": office.name, "href": ""},
    }
    return JsonResponse(
        {"type": "FeatureCollection", "features": [feature]}, content_type="application/geo+json"
    )
