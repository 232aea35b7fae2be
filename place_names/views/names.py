"""Searching and browsing the names, and the page of one name."""

from django.conf import settings
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from home.page_cache import public_page
from place_names import history, listing
from place_names.coordinates import published_point
from place_names.models import (
    Category,
    PlaceImage,
    PlaceName,
    PlaceSubdistrict,
    RegisterSettings,
    Subdistrict,
)
from search.engines import place_search
from search.filters import Filters
from search.question import clean
from search.results import Result

from .paging import WindowPage, page_number

ROOT = "地名"
NEARBY = 6
# A search server takes changes a moment after the commit: what it found holds a minute only.
HITS_MAY_LAG = bool(settings.SEARCH_URL)


@public_page(numbered=True, this_minute=HITS_MAY_LAG)
def index(request: HttpRequest) -> HttpResponse:
    """Names by what was typed and chosen, with counts by facet. Odd input is explained."""
    categories = {category.code: category for category in Category.objects.all()}
    subdistricts = dict(Subdistrict.objects.values_list("code", "name"))
    asked, ignored = listing.read(
        request.GET, {"category": categories, "subdistrict": subdistricts}
    )
    year, near = asked.year_number, asked.point
    result = _find(asked, page_number(request.GET.get("page")))
    counts = result.facets
    address = asked.address()
    context = {
        "breadcrumbs": [(None, ROOT)],
        "asked": asked,
        "query": asked.q,
        "year": year,
        "wrong_year": bool(asked.year) and year is None,
        "ignored": ignored,
        "filtered": asked.is_filtered,
        "chosen_filters": listing.chosen_filters(asked, categories, subdistricts),
        "hits": _shown(result.hits, year),
        "total": result.total,
        "more": result.more,
        "page_obj": WindowPage(result.page, result.pages),
        "query_prefix": address + "&" if address else "",
        "categories": listing.class_choices(categories, counts["category"], asked.category),
        "facets": [
            ("subdistrict", "街道", "全区", asked.subdistrict,
             listing.choices(subdistricts, counts["subdistrict"], asked.subdistrict)),
            ("status", "状态", "全部", asked.status,
             listing.choices(listing.STATUSES, counts["status"], asked.status)),
            ("variant", "其他名称", "不限", asked.variant,
             listing.choices(listing.VARIANT, counts["has_variant"], asked.variant)),
        ],
        "sorts": [
            (value, label, asked.address(sort=value))
            for value, label in listing.SORTS.items()
            if value != "distance" or near
        ],
        "register": RegisterSettings.load(request),
    }  # fmt: skip
    return render(request, "place_names/index.html", context)


def _find(asked: listing.Asked, page: int) -> Result:
    """That page, or the last one where there are fewer."""

    def ask(number: int) -> Result:
        return place_search().search(
            asked.q, asked.filters, sort=asked.sort or "relevance", near=asked.point, page=number
        )

    result = ask(page)
    return ask(result.pages) if page > result.pages else result


def _shown(hits, year: int | None) -> list[dict]:
    """Hits with their records, in the order of the search."""
    places = (
        PlaceName.objects.published()
        .select_related("category")
        .prefetch_related("variants", "subdistricts")
        .defer("geometry", "history", "description", "meaning", "origin", "sources", "remarks")
        .in_bulk([hit.id for hit in hits])
    )
    return [
        {
            "place": places[hit.id],
            "reason": hit.reason,
            "distance": hit.distance,
            "then": history.former_names_in(places[hit.id], year) if year else [],
        }
        for hit in hits
        if hit.id in places
    ]


@public_page(this_minute=HITS_MAY_LAG)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(
        PlaceName.objects.published()
        .select_related("category")
        .annotate(sign_count=Count("signs"))
        .prefetch_related(
            "variants",
            Prefetch("place_subdistricts", PlaceSubdistrict.objects.select_related("subdistrict")),
            Prefetch("place_images", PlaceImage.objects.select_related("image")),
        ),
        code=code,
    )
    return render(request, "place_names/place_name.html", detail_context(request, place))


def detail_context(request: HttpRequest, place: PlaceName) -> dict:
    """What the page of a name shows; `place` may be a draft that an officer previews."""
    links = history.links_of(place) if place.pk else []
    spans = history.spans(place, links) if place.pk else []
    year_text = clean(request.GET.get("year", ""))[:10]
    year = history.parse_year(year_text) if year_text else None
    register = RegisterSettings.load(request)
    return {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, place.name)],
        "place": place,
        "register": register,
        "point": published_point(place.lon, place.lat, register.published_decimals),
        "crossed": sorted_subdistricts(place),
        "spans": spans,
        "year": year,
        "year_text": year_text,
        "names_then": history.names_in(place, year, spans) if year and spans else [],
        "became": [link for link in links if link.predecessor_id == place.pk],
        "merged_in": [
            link for link in links if link.successor_id == place.pk and link.kind == "merged"
        ],
        "nearby": _nearby(place),
        "has_shape": bool(place.geometry),
    }


def sorted_subdistricts(place: PlaceName) -> list[Subdistrict]:
    """Subdistricts of a place, the main one first."""
    rows = sorted(place.place_subdistricts.all(), key=lambda row: row.sort_order or 0)
    return [row.subdistrict for row in rows]


def _nearby(place: PlaceName) -> list:
    if place.lon is None:
        return []
    found = place_search().nearest(
        place.lon, place.lat, limit=NEARBY + 1, filters=Filters(status="standard")
    )
    return [hit for hit in found if hit.id != place.pk][:NEARBY]
