"""Keeps whole public pages for readers who are nobody in particular.

A view says that its answer is the same for everybody by `public_page`; Wagtail pages say it
in `BasePage.serve`. Kept is only what a reader without a session got with status 200 and
without a cookie, at an address without a query or with a page number alone. The key holds:

- the generation: a random word that changes whenever content changes, after the commit.
  It is read before the page is made, so a page made from old content is kept under the old
  word and never found again;
- the day, since figures and the state of policies turn at midnight;
- the chosen view (elderly, high contrast), which is part of the page.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string
from wagtail.models import Page, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from .display import views_shown

GENERATION = "page-cache-generation"
LONGEST_ADDRESS = 120
# Messages, sessions and previews are somebody's own.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
CONTENT_APPS = ("home", "guides", "place_names", "wagtailimages", "wagtaildocs")
KEPT_HEADERS = ("Content-Type", "Content-Language", "Content-Security-Policy", "X-Frame-Options")


@dataclass(frozen=True)
class KeptPage:
    content: bytes
    compressed: bytes
    headers: dict[str, str]

    def response(self, request: HttpRequest) -> HttpResponse:
        squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(
            self.compressed if squeeze else self.content, headers=dict(self.headers)
        )
        if squeeze:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose answer depends on the address and on public content alone."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        return mark(view(request, *args, **kwargs))

    return marked


def mark(response: HttpResponse) -> HttpResponse:
    response.is_public_page = True
    return response


def generation() -> str:
    """The word under which pages are kept now; a new one when the cache has lost it."""
    word = cache.get(GENERATION)
    if word is None:
        word = get_random_string(12)
        # add, not set: of two processes that find none, both go on with the first one's.
        word = word if cache.add(GENERATION, word, None) else cache.get(GENERATION, word)
    return word


def forget_all() -> None:
    """Forgets every kept page at once, after the running transaction has been committed."""
    if any(
        function is _new_generation
        for _, function, *_ in transaction.get_connection().run_on_commit
    ):
        return
    transaction.on_commit(_new_generation)


def _new_generation() -> None:
    cache.set(GENERATION, get_random_string(12), None)


def key_for(request: HttpRequest) -> str | None:
    """The key of the page this request asks for; None when it must not come from the cache."""
    if request.method != "GET" or any(name in request.COOKIES for name in PERSONAL_COOKIES):
        return None
    if set(request.GET) - {"page"} or len(request.get_full_path()) > LONGEST_ADDRESS:
        return None
    views = ".".join(name for name, on in views_shown(request).items() if on)
    address = request.build_absolute_uri().split("#")[0]
    return f"page:{generation()}:{timezone.localdate():%Y%m%d}:{views}:{address}"


class PageCacheMiddleware:
    """Stands before everything that works for the page; see the module for what is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.PAGE_CACHE_SECONDS
        key = key_for(request) if seconds else None
        if key is None:
            return self.get_response(request)
        kept = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if not may_be_kept(response):
                return response
            kept = KeptPage(
                response.content,
                gzip.compress(response.content, mtime=0),
                {name: response[name] for name in KEPT_HEADERS if name in response},
            )
            cache.set(key, kept, seconds)
        return kept.response(request)


def may_be_kept(response: HttpResponse) -> bool:
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
        and "Content-Encoding" not in response
    )


def is_content(model: type[Model]) -> bool:
    """Whether a change of this model may change a public page.

    Rather once too often: a model of these apps counts unless it says
    `changes_no_page = True`, as a log or a counter does.
    """
    if issubclass(model, Page | Site):
        return True
    return model._meta.app_label in CONTENT_APPS and not getattr(model, "changes_no_page", False)


def connect() -> None:
    """Listens for every change of content; called once from HomeConfig.ready.

    Signals do not see `QuerySet.update` and `bulk_create`: who uses these on content calls
    `forget_all` in the same transaction.
    """

    def changed(sender, **kwargs):
        if is_content(sender):
            forget_all()

    for signal in (post_save, post_delete):
        signal.connect(changed, weak=False, dispatch_uid=f"page_cache_{id(signal)}")
    m2m_changed.connect(
        lambda sender, instance, **kwargs: changed(type(instance)),
        weak=False,
        dispatch_uid="page_cache_m2m",
    )
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(
            lambda **kwargs: forget_all(), weak=False, dispatch_uid=f"page_cache_{id(signal)}"
        )
