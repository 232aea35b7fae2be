"""The page of statistics; each of them as a table and as a picture to take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from home.table_export import csv_response
from place_names.downloads import edition as editions
from place_names.open_data.http import open_data

from .counting import Statistic, statistics

ROW_HEIGHT, TOP = 28, 64


def _statistics() -> dict[str, Statistic]:
    return memoized("statistics of place names", statistics)


@public_page
def page(request: HttpRequest) -> HttpResponse:
    found = _statistics()
    context = {
        "breadcrumbs": [(reverse("place_names:index"), "地名"), (None, "地名统计")],
        "statistics": found.values(),
        "edition": editions.current(),
        "total": sum(group.number for group in found["class"].groups),
    }
    return render(request, "place_names/statistics.html", context)


@open_data
def table(request: HttpRequest, key: str) -> HttpResponse:
    """One statistic as CSV."""
    found = _found(key)
    rows = [(found.heading, "标准地名条数"), *((each.label, each.number) for each in found.groups)]
    return csv_response(rows, f"海珠区地名统计-{found.title}")


@public_page
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """One statistic as an SVG drawing that stands alone."""
    found = _found(key)
    rows = [(TOP + number * ROW_HEIGHT, group) for number, group in enumerate(found.groups)]
    context = {
        "statistic": found,
        "rows": rows,
        "height": TOP + len(rows) * ROW_HEIGHT + 40,
        "edition": editions.current(),
    }
    return render(request, "place_names/statistics.svg", context, content_type="image/svg+xml")


def _found(key: str) -> Statistic:
    found = _statistics().get(key)
    if found is None:
        raise Http404
    return found
