"""All public addresses for search engines: an index of parts, https://www.sitemaps.org.

Each app registers its parts at start; a part is cut into files of `SIZE` addresses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from home.cache.page_cache import public_page

SIZE = 2000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Entry:
    address: str
    title: str
    changed: datetime | date | None = None
    alternates: Iterable[tuple[str, str]] = ()
    """(language, address) of the page in each language that it has."""


@dataclass(frozen=True)
class Part:
    name: str
    count: Callable[[], int]
    entries: Callable[[int, int], Iterable[Entry]]
    """`entries(start, stop)`: those of the given places, always in the same order."""
    title: str = ""
    """The heading under which the map for people lists the part; empty: it does not."""


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Registers a part from an AppConfig.ready; the same name again replaces it."""
    _parts[part.name] = part


def listed() -> list[tuple[str, list[Entry]]]:
    """(heading, entries) of the parts that the map for people shows, without empty ones."""
    shown = ((part.title, list(part.entries(0, SIZE))) for part in _parts.values() if part.title)
    return [(title, entries) for title, entries in shown if entries]


def public_url(request: HttpRequest, address: str) -> str:
    """`address` with the host of the site: `BASE_URL` where it is set, else as it was asked."""
    base = settings.PUBLIC_BASE_URL
    return base.rstrip("/") + address if base else request.build_absolute_uri(address)


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The files of all parts."""
    files = [
        reverse("home:sitemap_part", args=[part.name, number])
        for part in _parts.values()
        for number in range(1, ceil(part.count() / SIZE) + 1)
    ]
    rows = (f"<sitemap><loc>{_location(request, file)}</loc></sitemap>" for file in files)
    return _answer("sitemapindex", rows)


@public_page
def part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One file of a part; 404 for a part or a number that is not there."""
    found = _parts.get(name)
    if found is None or not 1 <= number <= ceil(found.count() / SIZE):
        raise Http404
    entries = found.entries((number - 1) * SIZE, number * SIZE)
    rows = (
        f"<url><loc>{_location(request, entry.address)}</loc>{_changed(entry.changed)}"
        f"{_alternates(request, entry)}</url>"
        for entry in entries
    )
    return _answer("urlset", rows)


def _location(request: HttpRequest, address: str) -> str:
    return escape(public_url(request, address))


def _alternates(request: HttpRequest, entry: Entry) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{_location(request, address)}"/>'
        for language, address in entry.alternates
    )


def _changed(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).replace(microsecond=0)
    return f"<lastmod>{moment.isoformat()}</lastmod>"


def _answer(kind: str, rows: Iterable[str]) -> HttpResponse:
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{kind} xmlns="{NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
            *rows,
            f"</{kind}>",
            "",
        ]
    )
    answer = HttpResponse(text, content_type="application/xml; charset=utf-8")
    answer["X-Robots-Tag"] = "noindex"
    return answer
