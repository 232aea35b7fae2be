"""The page of one place name."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from home.pages.sitemap import public_url
from home.service_places.listed import halls_of
from place_names.geometry.coordinates import published_point
from place_names.identity import views as identity
from place_names.identity.citation import in_words
from place_names.identity.record import record_without_geometry
from place_names.identity.representations import as_schema_org
from place_names.models import (
    NonStandardName,
    PlaceImage,
    PlaceName,
    PlaceSubdistrict,
    RegisterSettings,
    Sign,
    Subdistrict,
)
from place_names.names import addresses, history
from search.places.engines import place_search
from search.places.filters import Filters
from search.site_search.query import clean

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

# Few have one: those are not asked for where there is none.
HAS_IMAGES = Exists(PlaceImage.objects.filter(place=OuterRef("pk")))
HAS_NON_STANDARD = Exists(NonStandardName.objects.published().filter(place=OuterRef("pk")))


@public_page(until_next_minute=HITS_MAY_LAG)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a name; for a program that asks for data at its address, the data."""
    if suffix := identity.OF_PLACE.preferred(request):
        return identity.representation(request, code, suffix)
    try:
        facts = memoized(("place name", code), lambda: facts_of(_published(code)))
        base = public_url(request, "/").rstrip("/")
        cited = memoized(("citation", code, base), lambda: _cited(base, facts["place"]))
    except Http404:
        if current := addresses.current_code(code):
            return redirect("place_names:place_name", current, permanent=True)
        raise
    context = detail_context(request, facts) | cited
    response = render(request, "place_names/place_name.html", context)
    patch_vary_headers(response, ["Accept"])
    return response


def _cited(base: str, place: PlaceName) -> dict:
    """How to cite the name, and the same name as structured data for search engines."""
    record = record_without_geometry(place, base, timezone.localdate())
    return {"citation": in_words(record), "structured_data": as_schema_org(record)}


def _published(code: str) -> PlaceName:
    names = PlaceName.objects.published().defer("geometry").select_related("category")
    return get_object_or_404(
        names.annotate(
            sign_count=SIGN_COUNT, has_images=HAS_IMAGES, has_non_standard=HAS_NON_STANDARD
        ).prefetch_related(
            "variants",
            Prefetch("place_subdistricts", PlaceSubdistrict.objects.select_related("subdistrict")),
        ),
        code=code,
    )


def facts_of(place: PlaceName) -> dict:
    """What the page says of a name, whoever asks; `place` may be a draft that is previewed."""
    links = history.links_of(place) if place.pk else []
    register = RegisterSettings.in_force()
    crossed = sorted_subdistricts(place)
    return {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, place.name)],
        "place": place,
        "register": register,
        "point": published_point(place.lon, place.lat, register.published_decimals),
        "crossed": crossed,
        # The halls of the main one only: a long road crosses many.
        "offices": [
            (area.code, area.name, [] if number else halls_of(area.code))
            for number, area in enumerate(crossed)
        ],
        "variants": list(place.variants.all()),
        "images": list(place.place_images.all()) if getattr(place, "has_images", True) else [],
        "non_standard": _non_standard(place),
        "spans": history.spans(place, links) if place.pk else [],
        "became": [
            link for link in links if link.predecessor_id == place.pk and link.kind != "split_off"
        ],
        "split_off": [
            link for link in links if link.predecessor_id == place.pk and link.kind == "split_off"
        ],
        "came": [
            link for link in links if link.successor_id == place.pk and link.kind != "renamed"
        ],
    }


def _non_standard(place: PlaceName) -> list[NonStandardName]:
    """Public names for it that are being, or were, put right."""
    if not place.pk or not getattr(place, "has_non_standard", True):
        return []
    return list(NonStandardName.objects.published().filter(place=place))


def preview_context(request: HttpRequest, place: PlaceName) -> dict:
    """What the page would show of a draft."""
    return detail_context(request, facts_of(place))


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
        else memoized(("nearby", place.pk, place.lon, place.lat), lambda: _nearby(place)),
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
