"""Geometries for the maps as GeoJSON, at the published precision."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control

from home.cache.page_cache import public_page
from place_names.geometry.coordinates import published, published_point
from place_names.models import BoundaryLine, PlaceName, RegisterSettings, Subdistrict
from place_names.models.located import Located
from place_names.names import addresses

cached = cache_control(public=True, max_age=600)


def _answer(request: HttpRequest, shown: list[tuple[Located, dict]]) -> JsonResponse:
    register = RegisterSettings.in_force()
    decimals = register.published_decimals
    features = [
        {
            "type": "Feature",
            "geometry": published(record.geometry, decimals),
            "properties": properties | {"at": published_point(record.lon, record.lat, decimals)},
        }
        for record, properties in shown
    ]
    answer = {
        "type": "FeatureCollection",
        "label": register.label,
        "note": "示意图，非勘界依据",
        "features": features,
    }
    return JsonResponse(answer, content_type="application/geo+json")


@public_page
@cached
def subdistricts(request: HttpRequest) -> JsonResponse:
    features = [
        (area, {"code": area.code, "name": area.name, "href": area.get_absolute_url()})
        for area in Subdistrict.objects.exclude(geometry=None)
    ]
    return _answer(request, features)


@public_page
@cached
def boundaries(request: HttpRequest) -> JsonResponse:
    lines = BoundaryLine.objects.exclude(geometry=None).select_related("left", "right")
    features = [
        (
            line,
            {
                "code": line.number,
                "name": f"{line.number} {line.sides}",
                "kind": line.kind,
                "href": f"#line-{line.number}",
            },
        )
        for line in lines
    ]
    return _answer(request, features)


@public_page
@cached
def place_name(request: HttpRequest, code: str) -> HttpResponse:
    place = PlaceName.objects.published().filter(code=code).first()
    if place is None:
        if current := addresses.current_code(code):
            return redirect("place_names:place_name_shape", current, permanent=True)
        raise Http404
    shown = (place, {"code": place.code, "name": place.name, "href": place.get_absolute_url()})
    return _answer(request, [shown] if place.geometry else [])
