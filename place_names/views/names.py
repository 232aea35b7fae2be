"""Search and browsing of place names."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import home.subdistricts
from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from place_names.models import Category, PlaceName, RegisterSettings
from place_names.names import addresses, history, listing
from search.places.engines import place_search
from search.places.results import Hit, Result

from .paging import WindowPage, page_number

ROOT = "地名"
RECORD = ("pk", "code", "name", "romanisation", "status")
# A search server takes changes a moment after the commit: what it found holds a minute only.
HITS_MAY_LAG = bool(settings.SEARCH_URL)


@public_page(paginated=True, until_next_minute=HITS_MAY_LAG)
def index(request: HttpRequest) -> HttpResponse:
    """Names by what was typed and chosen, with counts by facet. Odd input is explained."""
    categories = memoized("categories", _categories)
    subdistricts = dict(home.subdistricts.subdistricts())
    asked, ignored = listing.read(
        request.GET, {"category": categories, "subdistrict": subdistricts}
    )
    code = addresses.typed_code(asked.q)
    if code and (current := addresses.current_code(code)):
        return redirect("place_names:place_name", current)
    number = page_number(request.GET.get("page"))

    def make() -> dict:
        return _list(asked, number, categories, subdistricts)

    plain = asked == listing.Asked() and not HITS_MAY_LAG
    year, address = asked.year_number, asked.address()
    context = {
        "breadcrumbs": [(None, ROOT)],
        "asked": asked,
        "query": asked.q,
        "year": year,
        "wrong_year": bool(asked.year) and year is None,
        "ignored": ignored,
        "filtered": asked.is_filtered,
        "chosen_filters": listing.chosen_filters(asked, categories, subdistricts),
        "unknown_address": asked.address(start="unknown"),
        "query_prefix": address + "&" if address else "",
        "sorts": [
            (value, label, asked.address(sort=value))
            for value, label in listing.SORTS.items()
            if value != "distance" or asked.point
        ],
        "register": RegisterSettings.in_force(),
        **(memoized(("all names", number), make) if plain else make()),
    }
    return render(request, "place_names/index.html", context)


def _list(
    asked: listing.Asked, number: int, categories: dict[str, Category], areas: dict[str, str]
) -> dict:
    """A page of the names that were asked for, and what else can be chosen among them."""
    result = _find(asked, number)
    counts = result.facets
    return {
        "hits": _shown(result.hits, asked.year_number, categories, areas),
        "total": result.total,
        "more": result.more,
        "start_unknown": _count_of_unknown_start(asked),
        "standard": counts["status"].get(PlaceName.Status.STANDARD, 0),
        "page_obj": WindowPage(result.page, result.pages),
        "categories": listing.class_choices(categories, counts["category"], asked.category),
        "facets": [
            ("subdistrict", "街道", "全区", asked.subdistrict,
             listing.choices(areas, counts["subdistrict"], asked.subdistrict)),
            ("status", "状态", "全部", asked.status,
             listing.choices(listing.STATUSES, counts["status"], asked.status)),
            ("variant", "其他名称", "不限", asked.variant,
             listing.choices(listing.VARIANT, counts["has_variant"], asked.variant)),
        ],
    }  # fmt: skip


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


def _count_of_unknown_start(asked: listing.Asked) -> int:
    """Beside a list of a year: how many more there are of which nobody knows since when."""
    if asked.year_number is None or asked.start:
        return 0
    filters = replace(asked.filters, start_known=False)
    return place_search().search(asked.q, filters, page_size=1, facets=False).total


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
            "start_unknown": bool(year) and hit.place.since is None,
        }
        for hit in hits
        if (record := records.get(hit.id))
    ]
