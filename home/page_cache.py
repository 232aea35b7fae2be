"""Keeps whole public pages for readers who are nobody in particular.

A view says that its answer is the same for everybody by `public_page`; Wagtail pages say it
in `BasePage.serve`. Kept is only what a reader without a session got with status 200 and
without a cookie. The key holds:

- the generation: a random word that changes whenever content changes, after the commit.
  It is read before the page is made, so a page made from old content is kept under the old
  word and never found again;
- the release, since a new one may make the same content into another page;
- the day, since figures and the state of policies turn at midnight;
- the chosen view (elderly, high contrast), which is part of the page.

Pages that tell the hour (“open now”) are kept until the running minute ends. Addresses with a
query are not kept, except the first pages of a listing: nobody fills the cache with made-up
queries, and the number of entries has a limit of its own (`CACHES["pages"]`).
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial, wraps

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from .display import views_shown
from .release import running_release

GENERATION = "page-cache-generation"
LONGEST_ADDRESS = 120
# The second to the 50th page of a listing, written in one way only.
KEPT_QUERY = re.compile(r"page=([2-9]|[1-4][0-9]|50)")
# Messages, sessions and previews are somebody's own.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
CONTENT_APPS = ("home", "guides", "place_names", "wagtailimages", "wagtaildocs")
# What saving a draft writes into a published record: no reader sees any of it.
DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "_comments",
    "wagtail_admin_comments",
    "locked",
    "locked_at",
    "locked_by",
}
KEPT_HEADERS = (
    "Cache-Control",
    "Content-Type",
    "Content-Language",
    "Content-Security-Policy",
    "Last-Modified",
    "X-Frame-Options",
    "X-Robots-Tag",
)


@dataclass(frozen=True)
class Keeping:
    """How the answer of a view may be kept."""

    numbered: bool = False
    """It is a listing that reads `?page=`."""
    this_minute: bool = False
    """It tells the hour, so it holds until the running minute ends."""


@dataclass(frozen=True)
class KeptPage:
    content: bytes
    compressed: bytes
    headers: dict[str, str]

    def response(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("If-None-Match") == self.headers["ETag"]:
            response = HttpResponseNotModified(headers={"ETag": self.headers["ETag"]})
        else:
            squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
            content = self.compressed if squeeze else self.content
            response = HttpResponse(content, headers=self.headers)
            if squeeze:
                response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(content))
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response


def public_page(view: Callable[..., HttpResponse] | None = None, **keeping: bool):
    """Marks a view whose answer depends on the address and on public content alone.

    Plain, or with the fields of `Keeping`: `@public_page(numbered=True)`.
    """
    if view is None:
        return partial(public_page, **keeping)

    @wraps(view)
    def marked(request, *args, **kwargs):
        return mark(view(request, *args, **kwargs), **keeping)

    return marked


def mark(response: HttpResponse, **keeping: bool) -> HttpResponse:
    response.keeping = Keeping(**keeping)
    return response


@dataclass
class Reading:
    """A request that reads: it asks for the generation once, and may remember for itself."""

    word: str = ""
    values: dict = field(default_factory=dict)


reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def generation() -> str:
    """The word under which pages are kept now; a new one when the cache has lost it."""
    running = reading.get() or Reading()
    running.word = running.word or _generation()
    return running.word


def key_of_generation(key: str, prefix: str, version: int) -> str:
    """A key for a cache of one process whose entries end with the generation (KEY_FUNCTION)."""
    return f"{generation()}:{prefix}:{version}:{key}"


def _generation() -> str:
    word = cache.get(GENERATION)
    if word is None:
        word = get_random_string(12)
        # add, not set: of two processes that find none, both go on with the first one's.
        word = word if cache.add(GENERATION, word, None) else cache.get(GENERATION, word)
    return word


def is_changing() -> bool:
    """Whether the running transaction has changed content that nobody else sees yet."""
    return any(
        function is _new_generation
        for _, function, *_ in transaction.get_connection().run_on_commit
    )


def forget_all() -> None:
    """Forgets every kept page at once, after the running transaction has been committed."""
    _start_anew()
    if not is_changing():
        transaction.on_commit(_new_generation)


def _start_anew() -> None:
    if running := reading.get():
        running.word = ""
        running.values.clear()


def _new_generation() -> None:
    cache.set(GENERATION, get_random_string(12), None)
    _start_anew()


def key_for(request: HttpRequest) -> str | None:
    """The key of the page this request asks for; None when it must not come from the cache."""
    if request.method != "GET" or any(name in request.COOKIES for name in PERSONAL_COOKIES):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not KEPT_QUERY.fullmatch(query):
        return None
    address = request.build_absolute_uri()
    if len(address) > LONGEST_ADDRESS:
        return None
    views = ".".join(name for name, on in views_shown(request).items() if on)
    state = f"{running_release()}:{generation()}:{timezone.localdate():%Y%m%d}"
    return f"page:{state}:{views}:{address}"


class PageCacheMiddleware:
    """Stands before everything that works for the page; see the module for what is kept."""

    def __init__(self, get_response):
        self.get_response = get_response
        running_release()  # Read at the start: files may be replaced under a running process.

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = reading.set(Reading() if request.method in ("GET", "HEAD") else None)
        try:
            return self._answer(request)
        finally:
            reading.reset(token)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        longest = settings.PAGE_CACHE_SECONDS
        key = key_for(request) if longest else None
        if key is None:
            return self.get_response(request)
        kept = caches["pages"].get(key)
        if kept is None:
            asked_at = timezone.now()
            response = self.get_response(request)
            if not may_be_kept(response) or (request.GET and not response.keeping.numbered):
                return response
            kept = _packed(response)
            seconds = longest
            if response.keeping.this_minute:
                minute_ends = asked_at.replace(second=0, microsecond=0) + timedelta(minutes=1)
                seconds = min(longest, (minute_ends - timezone.now()).total_seconds())
            if seconds > 0:
                caches["pages"].set(key, kept, seconds)
        return kept.response(request)


def _packed(response: HttpResponse) -> KeptPage:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    # Browsers ask each time whether their copy is still right; it costs them no page.
    headers.setdefault("Cache-Control", "no-cache")
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    headers["ETag"] = f'W/"{digest}"'
    return KeptPage(response.content, gzip.compress(response.content, mtime=0), headers)


def may_be_kept(response: HttpResponse) -> bool:
    return (
        getattr(response, "keeping", None) is not None
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
    if issubclass(model, Page | PageViewRestriction | Site):
        return True
    return model._meta.app_label in CONTENT_APPS and not getattr(model, "changes_no_page", False)


def connect() -> None:
    """Listens for every change of content; called once from HomeConfig.ready.

    Signals do not see `QuerySet.update` and `bulk_create`: who uses these on content calls
    `forget_all` in the same transaction.
    """

    def changed(sender, update_fields=None, **kwargs):
        if update_fields and DRAFT_FIELDS.issuperset(update_fields):
            return
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
