"""Searching and browsing the names, and the page of one name."""

from collections import Counter

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from place_names import history
from place_names.coordinates import published_point
from place_names.models import (
    Category,
    PlaceImage,
    PlaceName,
    PlaceSubdistrict,
    RegisterSettings,
    Subdistrict,
)
from search.engine import Filters
from search.engines import place_search
from search.question import clean

from .paging import WindowPage, page_number

ROOT = "地名"
NEARBY = 6


def index(request: HttpRequest) -> HttpResponse:
    """Names by what was typed, class, subdistrict, status and year. Odd input is explained."""
    asked = request.GET
    query = clean(asked.get("q", ""))
    categories = {category.code: category for category in Category.objects.all()}
    subdistricts = {each.code: each for each in Subdistrict.objects.only("code", "name")}
    year_text = clean(asked.get("year", ""))[:10]
    year = history.parse_year(year_text) if year_text else None
    chosen = {
        "category": asked.get("category", ""),
        "subdistrict": asked.get("subdistrict", ""),
        "status": asked.get("status", ""),
    }
    known = {
        "category": categories,
        "subdistrict": subdistricts,
        "status": [value for value in PlaceName.Status.values if value != "pending"],
    }
    ignored = [name for name, value in chosen.items() if value and value not in known[name]]
    for name in ignored:
        chosen[name] = ""
    filters = Filters(**{name: value or None for name, value in chosen.items()}, year=year)
    page = page_number(asked.get("page"))
    result = place_search().search(query, filters, page=page, facets=False)
    if page > result.pages:
        page = result.pages
        result = place_search().search(query, filters, page=page, facets=False)
    kept = {"q": query, **chosen, "year": year_text}
    context = {
        "breadcrumbs": [(None, ROOT)],
        "query": query,
        "chosen": chosen,
        "year": year,
        "year_text": year_text,
        "wrong_year": bool(year_text) and year is None,
        "ignored": ignored,
        "filtered": any(chosen.values()) or year is not None,
        "hits": _shown(result.hits, year),
        "total": result.total,
        "more": result.more,
        "page_obj": WindowPage(page, result.pages),
        "query_prefix": _prefix(kept),
        "categories": _choices(categories.values()),
        "subdistricts": subdistricts.values(),
        "statuses": [
            (value, label) for value, label in PlaceName.Status.choices if value != "pending"
        ],
        "register": RegisterSettings.load(request),
    }
    return render(request, "place_names/index.html", context)


def _prefix(kept: dict[str, str]) -> str:
    filled = QueryDict(mutable=True)
    filled.update({name: value for name, value in kept.items() if value})
    return filled.urlencode() + "&" if filled else ""


def _choices(categories) -> list[tuple[Category, int]]:
    """Classes that hold names, with how many: those of the classes below count in."""
    own = PlaceName.objects.published().order_by().values_list("category").annotate(Count("pk"))
    counts = dict(own)
    parents = {category.pk: category.parent_id for category in categories}
    totals: Counter[int] = Counter()
    for pk, count in counts.items():
        at, path = pk, set()
        while at is not None and at not in path:
            path.add(at)
            totals[at] += count
            at = parents.get(at)
    return [(each, totals[each.pk]) for each in categories if totals[each.pk]]


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
            "then": history.former_names_in(places[hit.id], year) if year else [],
        }
        for hit in hits
        if hit.id in places
    ]


def detail(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(
        PlaceName.objects.published()
        .select_related("category")
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
