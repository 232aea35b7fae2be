"""Pagination of listings that tolerates any `?page=`, with memoized rows."""

from collections.abc import Callable, Hashable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from home.cache.memoize import memoized


def page_number(request: HttpRequest) -> str:
    """`?page=`, truncated; Django's paginator corrects the rest."""
    return request.GET.get("page", "1")[:9]


def listing_page(
    request: HttpRequest,
    key: Hashable,
    rows: Callable[[], QuerySet],
    size: int,
    shown: Callable[[Any], Any] | None = None,
    count: int | None = None,
) -> Page:
    """The page of `rows()` that `?page=` selects, memoized until the content changes.

    `key` identifies the rows: listings with different filters have different keys, and there are
    few of them. `shown` converts each row to what the template needs. `count`: how many rows
    there are, where the caller knows.
    """
    paginator = Paginator((), size)
    if count is None:
        count = memoized((key, "count"), lambda: rows().count())
    paginator.count = count
    page = paginator.get_page(page_number(request))
    start = (page.number - 1) * size

    def read() -> list:
        found = rows()[start : start + size]
        return [shown(row) for row in found] if shown else list(found)

    page.object_list = memoized((key, start), read)
    return page


def query_prefix(**values: str) -> str:
    """The query string that precedes `page=…`: those of the values that are not empty."""
    query = urlencode({key: value for key, value in values.items() if value})
    return f"{query}&" if query else ""
