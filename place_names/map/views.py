"""The page of the great map, and the parts that its script asks for."""

from dataclasses import replace

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from place_names.api.answers import here as names_around
from place_names.models import RegisterSettings, Subdistrict
from place_names.names import listing
from place_names.open_data.http import open_data
from place_names.views import found
from place_names.views.found import HITS_MAY_LAG
from place_names.views.names import ROOT
from place_names.views.paging import page_number
from search.models import PlaceDocument
from search.places.engines import place_search
from search.places.results import Result

from . import asking
from .directions import direction

TITLE = "地名地图"
NEAREST = 5
EARLIEST_SHOWN = 1700
"""The slider goes back no further, whatever year a single name is said to be from."""


@public_page(paginated=True, until_next_minute=HITS_MAY_LAG)
def page(request: HttpRequest) -> HttpResponse:
    """Filters, map and list. Odd input is explained, as on the list of names."""
    known = asking.known_codes()
    categories, areas = known["category"], known["subdistrict"]
    asked, ignored = listing.read(request.GET, known)
    number = page_number(request.GET.get("page"))

    def make() -> dict:
        result = found.find(asked, number, facets=False)
        return {
            **found.hits_of(result, asked, categories, areas),
            "start_unknown": found.count_of_unknown_start(asked),
        }

    plain = asked == listing.Asked() and not HITS_MAY_LAG
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, TITLE)],
        "asked": asked,
        "year": asked.year_number,
        "wrong_year": bool(asked.year) and asked.year_number is None,
        "ignored": ignored,
        "register": RegisterSettings.in_force(),
        "window": asked.window or _extent_of(asked.subdistrict),
        "this_year": timezone.localdate().year,
        **_links(asked, known),
        **memoized("choices of the map", lambda: _choices(categories, areas)),
        "facets": [
            ("subdistrict", "街道", "全区", asked.subdistrict, listing.plain_choices(areas)),
            ("status", "状态", "全部", asked.status, listing.plain_choices(listing.STATUSES)),
            ("variant", "其他名称", "不限", asked.variant, listing.plain_choices(listing.VARIANT)),
        ],
        **(memoized(("names of the map", number), make) if plain else make()),
    }
    return render(request, "place_names/great_map.html", context)


@open_data
def list_part(request: HttpRequest) -> HttpResponse:
    """The list beside the map, of what the map shows."""
    asked = asking.read_filters(request.GET)
    known = asking.known_codes()
    result = found.find(asked, page_number(request.GET.get("page")), facets=False)
    context = {
        "asked": asked,
        "year": asked.year_number,
        "start_unknown": found.count_of_unknown_start(asked),
        **_links(asked, known),
        "extent": _extent_of(asked.subdistrict) or _extent_of_hits(result),
        **found.hits_of(result, asked, known["category"], known["subdistrict"]),
    }
    return render(request, "place_names/great_map_list.html", context)


@open_data
def here(request: HttpRequest) -> HttpResponse:
    """What is at a point: its subdistrict, and the standard names nearest to it."""
    lon, lat = asking.read_point(request.GET.get("at", ""))
    area, names = names_around(lon, lat, NEAREST)
    for each in names:
        each["direction"] = direction(each["bearing"])
    context = {"area": area, "names": names, "lon": lon, "lat": lat}
    return render(request, "place_names/great_map_here.html", context)


def _extent_of(subdistrict: str) -> list[float] | None:
    """West, south, east, north of a subdistrict, to show the whole of it first."""
    extent = Subdistrict.objects.filter(code=subdistrict, min_lon__isnull=False).values_list(
        "min_lon", "min_lat", "max_lon", "max_lat"
    )
    found = extent.first() if subdistrict else None
    decimals = RegisterSettings.in_force().published_decimals
    return [round(degrees, decimals) for degrees in found] if found else None


def _extent_of_hits(result: Result) -> list[float] | None:
    """West, south, east, north of names that are few enough for one page of the list."""
    places = [hit.place for hit in result.hits if hit.place and hit.place.lon is not None]
    if result.pages > 1 or not places:
        return None
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    return [min(lons), min(lats), max(lons), max(lats)]


def _links(asked: listing.Asked, known: dict) -> dict[str, object]:
    """The same names without the part of the map that a script added, and what narrows them."""
    asked = replace(asked, bbox="", near="", sort="")
    address = asked.address()
    return {
        "chosen_filters": listing.chosen_filters(asked, known["category"], known["subdistrict"]),
        "query_prefix": address + "&" if address else "",
        "list_address": address,
        "unknown_address": asked.address(start="unknown"),
    }


def _choices(categories: dict, areas: dict) -> dict:
    """What can be chosen, whatever is: the script changes the filters, not the choices."""
    every = place_search().search(page_size=1)
    first = PlaceDocument.objects.aggregate(first=Min("since"))["first"]
    return {
        "everything": sum(every.facets["status"].values()),
        "categories": listing.class_choices(categories, every.facets["category"], "", False),
        "first_year": max(first or EARLIEST_SHOWN, EARLIEST_SHOWN),
    }
