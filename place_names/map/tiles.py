"""Vector tiles for the page and for map programs, and the TileJSON that describes them."""

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from home.cache.page_cache import accepts_gzip, set_policy
from home.pages.sitemap import public_url
from home.traditional.forms import all_forms
from home.traditional.text import to_traditional
from place_names.kinds import kind_of, rank_of
from place_names.models import RegisterSettings
from place_names.names.listing import STATUSES
from place_names.open_data.http import json_response, open_data
from search.places.mercator import MAX_ZOOM, Tile
from search.places.place import STANDARD, Place

from . import asking, base
from .names import Group, names_and_groups
from .vector_tile import POINT, Feature, encode

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
CACHED_ZOOM = 15
"""Tiles of the district down to here are few hundreds; deeper ones would push out the pages."""
NAMES = {
    "names": ("code", "name", "class", "kind", "status", "rank"),
    "groups": ("number",),
}
BASE = dict.fromkeys(base.LAYERS, ("code", "name", "rank", "size")) | {
    "subdistricts": ("code", "name"),
    "boundaries": ("code", "name", "kind"),
    "labels": ("code", "name", "kind", "rank"),
}
DESCRIBED = {"names": ("海珠区地名", NAMES), "base": ("海珠区地名底图", BASE)}


@open_data
def names(request: HttpRequest, zoom: str, x: str, y: str) -> HttpResponse:
    """The names of a tile that pass the filters of the list of names."""
    tile = asking.read_tile(zoom, x, y)
    asked = asking.read_filters(request.GET)
    in_script = _script(request)
    classes = {code: each.name for code, each in asking.known_codes()["category"].items()}
    places, groups = names_and_groups(asked.q, asked.filters, tile)
    layers = {
        "names": (_name(place, tile, classes, in_script) for place in places),
        "groups": (_group(group, tile) for group in groups),
    }
    return _response(request, tile, encode(layers))


@open_data
def base_map(request: HttpRequest, zoom: str, x: str, y: str) -> HttpResponse:
    """Subdistricts, waters, parks, roads and boundary lines of a tile."""
    tile = asking.read_tile(zoom, x, y)
    return _response(request, tile, encode(base.layers(tile, _script(request))))


@open_data
def description(request: HttpRequest, tiles: str) -> HttpResponse:
    """TileJSON 3.0: QGIS, MapLibre and others open a map by its address."""
    title, fields = DESCRIBED[tiles]
    address = public_url(request, reverse(f"place_names:map_{tiles}", args="012"))
    label = RegisterSettings.in_force().label
    return json_response(
        {
            "tilejson": "3.0.0",
            "name": title,
            "attribution": f"海珠区民政局{'，' if label else ''}{label}",
            "tiles": [address.replace("/0/1/2.", "/{z}/{x}/{y}.")],
            "minzoom": 0,
            "maxzoom": MAX_ZOOM,
            "center": [113.32, 23.09, 12],
            "vector_layers": [
                {"id": layer, "fields": dict.fromkeys(keys, "")} for layer, keys in fields.items()
            ],
        }
    )


def _script(request: HttpRequest) -> Callable[[str], str]:
    """How names are written: as they stand, or in traditional characters."""
    if not asking.read_script(request.GET):
        return str
    forms = all_forms()
    return lambda text: to_traditional(text, forms)


def _name(
    place: Place, tile: Tile, classes: dict[str, str], in_script: Callable[[str], str]
) -> Feature:
    code = place.categories[0]
    properties: dict[str, str | int] = {
        "code": place.code,
        "name": in_script(place.title),
        "class": in_script(classes.get(code, code)),
        "kind": kind_of(code),
        "rank": rank_of(code, place.title),
    }
    if place.status != STANDARD:
        properties["status"] = in_script(STATUSES[place.status])
    return Feature(POINT, [[base.position(place.lon, place.lat, tile)]], properties)


def _group(group: Group, tile: Tile) -> Feature:
    return Feature(POINT, [[base.position(group.lon, group.lat, tile)]], {"number": group.number})


def _response(request: HttpRequest, tile: Tile, content: bytes) -> HttpResponse:
    """The tile, cached for everybody while it is one of few; else compressed here."""
    if content and tile.zoom <= CACHED_ZOOM and not request.GET:
        return set_policy(HttpResponse(content, MEDIA_TYPE))
    response = HttpResponse(content, MEDIA_TYPE)
    if content and accepts_gzip(request):
        response.content = gzip.compress(content, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response
