"""What many pages need and none of them changes, kept in the memory of each process.

It holds for one generation of the content and one day, so it is as right as a kept page
(see `home.page_cache`). A change that is not yet committed leaves its own connection with
what the running request has read. What is remembered is shared by all threads: read it, never change it.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site

from . import page_cache

MOST = 2000

T = TypeVar("T")
_memory: tuple[str, dict] = ("", {})
_MISSING = object()


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What `make()` gave since the content last changed; made anew where it is not known."""
    global _memory
    if page_cache.is_changing():
        running = page_cache.reading.get()
        values = running.values if running else {}
    else:
        word = f"{page_cache.generation()} {timezone.localdate()}"
        memory = _memory  # Read once: another thread may put a new one in its place.
        if memory[0] != word:
            memory = _memory = (word, {})
        values = memory[1]
    value = values.get(key, _MISSING)
    if value is _MISSING:
        value = make()
        if len(values) >= MOST:
            values.clear()
        values[key] = value
    return value


def site_of(request: HttpRequest) -> Site | None:
    """The site at the host of the request, as Wagtail finds it."""
    if not hasattr(request, "_wagtail_site"):
        key = ("site", request.get_host(), request.get_port())
        request._wagtail_site = remembered(key, lambda: Site.find_for_request(request))
    return request._wagtail_site


class SiteMiddleware:
    """Spares pages of the tree the search for their site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.resolver_match.url_name == "wagtail_serve":
            site_of(request)
