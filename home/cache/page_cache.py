"""Full-page cache for anonymous visitors.

A view declares with `public_page` that its response depends on the URL and on public content
alone; Wagtail pages do so in `BasePage.serve`. Only a response with status 200 and without
cookies, to a GET or HEAD request without a session, is cached. The key holds:

- the content version (`home.cache.invalidation`);
- the release, since new code may render the same content differently;
- the day, since figures and the state of policies change at midnight;
- the display settings (large text, high contrast, 繁體), which are part of the page.

A page that puts first what serves the subdistrict that the visitor chose is cached as those see
it who chose none; for others it is rendered each time (`home.subdistrict_choice`).

A page that shows the time (“open now”) is cached until the minute ends. URLs with a query are
not cached, except the first pages of a listing, so that made-up queries cannot fill the cache;
`CACHES["pages"]` limits the number of entries.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from home import subdistrict_choice
from home.display_settings import views_shown

from .invalidation import RequestState, content_version, request_state
from .release import running_release

MAX_URL_LENGTH = 120
PAGE, BROWSERS = "text/html", "text/html,application/xhtml+xml"
# The second to the 50th page of a listing, in its only canonical spelling.
CACHED_QUERY = re.compile(r"page=([2-9]|[1-4][0-9]|50)")
# Sessions, messages and previews belong to one visitor.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
CACHED_HEADERS = (
    "Cache-Control",
    "Content-Type",
    "Content-Language",
    "Content-Security-Policy",
    "Last-Modified",
    "Vary",
    "X-Frame-Options",
    "X-Robots-Tag",
)


@dataclass(frozen=True)
class CachePolicy:
    """How the response of a view may be cached."""

    paginated: bool = False
    """A listing that reads `?page=`."""
    until_next_minute: bool = False
    """It shows the time, so it is right until the minute ends."""


@dataclass(frozen=True)
class CachedPage:
    content: bytes
    compressed: bytes
    headers: dict[str, str]
    by_subdistrict: bool = False
    """Those who chose a subdistrict see another page."""

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page, or 304 to whoever has it (RFC 9110 §13: any of several tags, `*`, or the
        time of the last change where no tag is sent)."""
        squeezed = accepts_gzip(request)
        content = self.compressed if squeezed else self.content
        response = HttpResponse(content, headers=self.headers)
        if squeezed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(content))
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        changed_at = response.get("Last-Modified")
        return get_conditional_response(
            request,
            etag=self.headers["ETag"],
            last_modified=parse_http_date_safe(changed_at) if changed_at else None,
            response=response,
        )


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether Accept-Encoding takes gzip: `gzip;q=0` refuses it, `*` takes what is not named
    (RFC 9110 §12.5.3)."""
    weights: dict[str, float] = {}
    for each in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, *parameters = (part.strip() for part in each.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weights[coding] = float(quality)
        except ValueError:
            weights[coding] = 0
    named = weights.get("gzip", weights.get("x-gzip"))
    return (weights.get("*", 0) if named is None else named) > 0


def public_page(view: Callable[..., HttpResponse] | None = None, **policy: bool):
    """Declares that the response of a view depends on the URL and on public content alone.

    Used plain or with the fields of `CachePolicy`: `@public_page(paginated=True)`.
    """
    if view is None:
        return partial(public_page, **policy)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return set_policy(view(request, *args, **kwargs), **policy)

    return wrapper


def set_policy(response: HttpResponse, **policy: bool) -> HttpResponse:
    response.cache_policy = CachePolicy(**policy)
    return response


def key_for(request: HttpRequest) -> str | None:
    """The cache key of the requested page; None when it must not come from the cache."""
    if request.method not in ("GET", "HEAD") or any(
        name in request.COOKIES for name in PERSONAL_COOKIES
    ):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not CACHED_QUERY.fullmatch(query):
        return None
    if not wants_page(request):
        return None
    url = request.build_absolute_uri()
    if len(url) > MAX_URL_LENGTH:
        return None
    views = ".".join(name for name, on in views_shown(request).items() if on)
    state = f"{running_release()}:{content_version()}:{timezone.localdate():%Y%m%d}"
    return f"page:{state}:{views}:{url}"


def wants_page(request: HttpRequest) -> bool:
    """Whether Accept prefers a page: at some addresses others get data instead.

    Browsers name pages first and most programs anything, which is told at a glance.
    """
    accept = request.headers.get("Accept", "")
    if accept in ("", "*/*") or accept.startswith(BROWSERS):
        return True
    named = [str(each) for each in request.accepted_types if "*" not in str(each)]
    data = [each.partition(";")[0] for each in named]
    return request.get_preferred_type([PAGE, *data]) == PAGE


class PageCacheMiddleware:
    """Comes before all middleware that works for a page; the module says what is cached."""

    def __init__(self, get_response):
        self.get_response = get_response
        running_release()  # Read at start: files may be replaced while the process runs.

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_state.set(RequestState() if request.method in ("GET", "HEAD") else None)
        try:
            return self._respond(request)
        finally:
            request_state.reset(token)

    def _respond(self, request: HttpRequest) -> HttpResponse:
        max_seconds = settings.PAGE_CACHE_SECONDS
        key = key_for(request) if max_seconds else None
        if key is None:
            return self.get_response(request)
        page = caches["pages"].get(key)
        has_chosen = subdistrict_choice.has_chosen(request)
        if page is None or (page.by_subdistrict and has_chosen):
            requested_at = timezone.now()
            response = self.get_response(request)
            if not is_cacheable(response) or (request.GET and not response.cache_policy.paginated):
                return response
            by_subdistrict = subdistrict_choice.was_read(request)
            if by_subdistrict and has_chosen:
                return _personal(response)
            page = _cached_page(response, by_subdistrict)
            seconds = max_seconds
            if response.cache_policy.until_next_minute:
                minute_ends = requested_at.replace(second=0, microsecond=0) + timedelta(minutes=1)
                seconds = min(max_seconds, (minute_ends - timezone.now()).total_seconds())
            if seconds > 0:
                caches["pages"].set(key, page, seconds)
        return page.response(request)


def _personal(response: HttpResponse) -> HttpResponse:
    """A page for this visitor alone; their browser asks again each time, as for cached pages."""
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response


def _cached_page(response: HttpResponse, by_subdistrict: bool) -> CachedPage:
    headers = {name: response[name] for name in CACHED_HEADERS if name in response}
    # Browsers ask each time whether their copy is current; the answer is mostly 304.
    headers.setdefault("Cache-Control", "no-cache")
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    headers["ETag"] = f'W/"{digest}"'
    return CachedPage(
        response.content, gzip.compress(response.content, mtime=0), headers, by_subdistrict
    )


def is_cacheable(response: HttpResponse) -> bool:
    return (
        getattr(response, "cache_policy", None) is not None
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
        and "Content-Encoding" not in response
    )
