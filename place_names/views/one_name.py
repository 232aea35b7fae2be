"""The page of one name."""

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from home.page_cache import public_page
from home.remembered import remembered
from place_names import history
from place_names.coordinates import published_point
from place_names.models import (
    PlaceImage,
    PlaceName,
    PlaceSubdistrict,
    RegisterSettings,
    Sign,
    Subdistrict,
)
from search.engines import place_search
from search.filters import Filters
from search.question import clean

from .names import HITS_MAY_LAG, ROOT

NEARBY = 6
# Not Count("signs"): that groups by every column of the record.
SIGN_COUNT = Subquery(
    Sign.objects.filter(place=OuterRef("pk"))
    .order_by()
    .values("place")
    .annotate(count=Count("pk"))
    .values("count")
)


@public_page(this_minute=HITS_MAY_LAG)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    facts = remembered(("place name", code), lambda: facts_of(_published(code)))
    return render(request, "place_names/place_name.html", detail_context(request, facts))


def _published(code: str) -> PlaceName:
    names = PlaceName.objects.published().defer("geometry").select_related("category")
    return get_object_or_404(
        names.annotate(sign_count=SIGN_COUNT).prefetch_related(
            "variants",
            Prefetch("place_subdistricts", PlaceSubdistrict.objects.select_related("subdistrict")),
            Prefetch("place_images", PlaceImage.objects.select_related("image")),
        ),
        code=code,
    )


def facts_of(place: PlaceName) -> dict:
    """What the page says of a name, whoever asks; `place` may be a draft that is previewed."""
    links = history.links_of(place) if place.pk else []
    register = RegisterSettings.in_force()
    return {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, place.name)],
        "place": place,
        "register": register,
        "point": published_point(place.lon, place.lat, register.published_decimals),
        "crossed": sorted_subdistricts(place),
        "variants": list(place.variants.all()),
        "images": list(place.place_images.all()),
        "spans": history.spans(place, links) if place.pk else [],
        "became": [link for link in links if link.predecessor_id == place.pk],
        "merged_in": [
            link for link in links if link.successor_id == place.pk and link.kind == "merged"
        ],
    }


def detail_context(request: HttpRequest, facts: dict) -> dict:
    """The facts of a name, with the year that was asked for and what lies around it."""
    place, spans = facts["place"], facts["spans"]
    year_text = clean(request.GET.get("year", ""))[:10]
    year = history.parse_year(year_text) if year_text else None
    return {
        **facts,
        "year": year,
        "year_text": year_text,
        "names_then": history.names_in(place, year, spans) if year and spans else [],
        "nearby": _nearby(place)
        if HITS_MAY_LAG
        else remembered(("nearby", place.pk, place.lon, place.lat), lambda: _nearby(place)),
    }


def sorted_subdistricts(place: PlaceName) -> list[Subdistrict]:
    """Subdistricts of a place, the main one first."""
    rows = sorted(place.place_subdistricts.all(), key=lambda row: row.sort_order or 0)
    return [row.subdistrict for row in rows]


def _nearby(place: PlaceName) -> list[tuple[str, str, float | None]]:
    """(address, name, metres) of the standard names around a place, nearest first."""
    if place.lon is None:
        return []
    found = place_search().nearest(
        place.lon, place.lat, limit=NEARBY + 1, filters=Filters(status="standard")
    )
    return [
        (reverse("place_names:place_name", args=[hit.code]), hit.title, hit.distance)
        for hit in found
        if hit.id != place.pk
    ][:NEARBY]
