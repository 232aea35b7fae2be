"""Names that were asked for, as lists show them: on the list page and beside the great map."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from place_names.kinds import icon_of
from place_names.models import Category, PlaceName
from place_names.names import history, listing
from search.places.engines import place_search
from search.places.results import Hit, Result

from .paging import WindowPage

RECORD = ("pk", "code", "name", "romanisation", "status")
# A search server takes changes a moment after the commit: what it found holds a minute only.
HITS_MAY_LAG = bool(settings.SEARCH_URL)


def listed(
    asked: listing.Asked, number: int, categories: dict[str, Category], areas: dict[str, str]
) -> dict:
    """A page of the names that were asked for, and what else can be chosen among them."""
    result = find(asked, number)
    counts = result.facets
    return {
        **hits_of(result, asked, categories, areas),
        "start_unknown": count_of_unknown_start(asked),
        "standard": counts["status"].get(PlaceName.Status.STANDARD, 0),
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


def categories() -> dict[str, Category]:
    return {category.code: category for category in Category.objects.all()}


def hits_of(
    result: Result, asked: listing.Asked, categories: dict[str, Category], areas: dict[str, str]
) -> dict:
    """What a template needs to list a page of names."""
    return {
        "hits": _shown(result.hits, asked.year_number, categories, areas),
        "total": result.total,
        "more": result.more,
        "page_obj": WindowPage(result.page, result.pages),
    }


def find(asked: listing.Asked, page: int, facets: bool = True) -> Result:
    """That page, or the last one where there are fewer."""

    def ask(number: int) -> Result:
        return place_search().search(
            asked.q,
            asked.filters,
            sort=asked.sort or "relevance",
            near=asked.point,
            page=number,
            facets=facets,
        )

    result = ask(page)
    return ask(result.pages) if page > result.pages else result


def count_of_unknown_start(asked: listing.Asked) -> int:
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
            "icon": icon_of(hit.place.categories[0]),
            "subdistricts": [areas[code] for code in hit.place.subdistricts if code in areas],
            "reason": hit.reason,
            "distance": hit.distance,
            "point": hit.place and hit.place.lon is not None and [hit.place.lon, hit.place.lat],
            "then": then.get(hit.id, []),
            "start_unknown": bool(year) and hit.place.since is None,
        }
        for hit in hits
        if (record := records.get(hit.id))
    ]
