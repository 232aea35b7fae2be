"""Searching and browsing the names, and the page of one name."""

from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

import home.subdistricts
from home.page_cache import public_page
from home.remembered import remembered
from place_names import history, listing
from place_names.coordinates import published_point
from place_names.models import (
    Category,
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
from search.results import Hit, Result

from .paging import WindowPage, page_number

ROOT = "地名"
NEARBY = 6
RECORD = ("pk", "code", "name", "romanisation", "status")
# Not Count("signs"): that groups by every column of the record.
SIGN_COUNT = Subquery(
    Sign.objects.filter(place=OuterRef("pk"))
    .order_by()
    .values("place")
    .annotate(count=Count("pk"))
    .values("count")
)
# A search server takes changes a moment after the commit: what it found holds a minute only.
HITS_MAY_LAG = bool(settings.SEARCH_URL)


@public_page(numbered=True, this_minute=HITS_MAY_LAG)
def index(request: HttpRequest) -> HttpResponse:
    """Names by what was typed and chosen, with counts by facet. Odd input is explained."""
    categories = remembered("categories", _categories)
    subdistricts = dict(home.subdistricts.subdistricts())
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
        "hits": _shown(result.hits, year, categories, subdistricts),
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
        "register": RegisterSettings.in_force(),
    }  # fmt: skip
    return render(request, "place_names/index.html", context)


def _categories() -> dict[str, Category]:
    return {category.code: category for category in Category.objects.all()}


def _find(asked: listing.Asked, page: int) -> Result:
    """That page, or the last one where there are fewer."""

    def ask(number: int) -> Result:
        return place_search().search(
            asked.q, asked.filters, sort=asked.sort or "relevance", near=asked.point, page=number
        )

    result = ask(page)
    return ask(result.pages) if page > result.pages else result


def _shown(
    hits: list[Hit], year: int | None, categories: dict[str, Category], areas: dict[str, str]
) -> list[dict]:
    """Hits as the list shows them, in the order of the search, without what is gone since.

    Class and subdistricts stand in the hit, what is written of a name in its record.
    """
    found = PlaceName.objects.published().filter(pk__in=[hit.id for hit in hits])
    then = {}
    if year:
        then = {
            place.pk: history.former_names_in(place, year)
            for place in found.prefetch_related("variants")
        }
    records = {row.pk: row for row in found.values_list(*RECORD, named=True)}
    return [
        {
            "name": record.name,
            "address": reverse("place_names:place_name", args=[record.code]),
            "romanisation": record.romanisation,
            "status": "" if record.status == "standard" else listing.STATUSES[record.status],
            "category": categories[hit.place.categories[0]].name,
            "subdistricts": [areas[code] for code in hit.place.subdistricts if code in areas],
            "reason": hit.reason,
            "distance": hit.distance,
            "then": then.get(hit.id, []),
        }
        for hit in hits
        if (record := records.get(hit.id))
    ]


@public_page(this_minute=HITS_MAY_LAG)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(
        PlaceName.objects.published()
        .select_related("category")
        .annotate(sign_count=SIGN_COUNT)
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
    register = RegisterSettings.in_force()
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
