"""Values that many pages need, memoized in each process until the content changes.

A second layer in front of the shared cache, because reading an entry from there costs more than
most of these values are worth (docs/performance.md has the figures). A value holds for one
content version, one day and one language. In a transaction that has changed content, values are memoized for
the running request alone. Values are shared by all threads: treat them as read-only.
"""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site

from home.languages.locales import ENGLISH, is_english, language_in_use

from . import invalidation

MAX_VALUES = 2000
# If the shared cache was unreachable when content changed, this process never learns of the
# new version; no value may then live longer than a cached page does.
MAX_SECONDS = 600

T = TypeVar("T")
_memory: tuple[tuple, dict] = ((), {})
_MISSING = object()


def memoized(key: Hashable, make: Callable[[], T]) -> T:
    """The value of `make()`, called again only after the content has changed."""
    global _memory
    key = (language_in_use(), key)
    if invalidation.is_pending():
        state = invalidation.request_state.get()
        values = state.values if state else {}
    else:
        stamp = (
            invalidation.content_version(),
            timezone.localdate(),
            time.monotonic() // MAX_SECONDS,
        )
        memory = _memory  # Read once: another thread may replace it.
        if memory[0] != stamp:
            memory = _memory = (stamp, {})
        values = memory[1]
    value = values.get(key, _MISSING)
    if value is _MISSING:
        value = make()
        if len(values) >= MAX_VALUES:
            values.clear()
        values[key] = value
    return value


def site_of(request: HttpRequest) -> Site | None:
    """The site at the host of the request, as `Site.find_for_request` finds it, with the home
    page of the language in use."""
    if not hasattr(request, "_wagtail_site"):
        key = ("site", request.get_host(), request.get_port())
        request._wagtail_site = memoized(key, lambda: _site(request))
    return request._wagtail_site


def _site(request: HttpRequest) -> Site | None:
    site = Site.find_for_request(request)
    if site and is_english():
        translated = site.root_page.get_translations().filter(
            live=True, locale__language_code=ENGLISH
        )
        site.root_page = translated.first() or site.root_page
    return site


class SiteMiddleware:
    """Sets the memoized site on requests for pages of the tree, so Wagtail does not query it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.resolver_match.url_name == "wagtail_serve":
            site = site_of(request)
            if site and not getattr(site.root_page, "is_localized", False):
                # In its own class; Wagtail would ask for its translation at each request.
                site.root_page = site.root_page.specific
                site.root_page.is_localized = True
