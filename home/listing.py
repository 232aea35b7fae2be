"""Listings: the page that was asked for, whatever was typed, and the addresses of the others."""

from collections.abc import Callable, Hashable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from .remembered import remembered


def page_number(request: HttpRequest) -> str:
    """`?page=` cut to a size that Django's paginator can judge; it mends the rest."""
    return request.GET.get("page", "1")[:9]


def listing_page(
    request: HttpRequest,
    key: Hashable,
    rows: Callable[[], QuerySet],
    size: int,
    shown: Callable[[Any], Any] | None = None,
) -> Page:
    """The page of `rows()` that `?page=` asks for, remembered until the content changes.

    `key` names the rows: two listings that differ in a filter have different keys, and there
    are few of them. `shown` makes of each row what the template needs of it.
    """
    paginator = Paginator((), size)
    paginator.count = remembered((key, "count"), lambda: rows().count())
    page = paginator.get_page(page_number(request))
    start = (page.number - 1) * size

    def read() -> list:
        found = rows()[start : start + size]
        return [shown(row) for row in found] if shown else list(found)

    page.object_list = remembered((key, start), read)
    return page


def query_prefix(**values: str) -> str:
    """The query of a listing in front of `page=…`: the given values that are not empty."""
    query = urlencode({key: value for key, value in values.items() if value})
    return f"{query}&" if query else ""
