"""Finds dead links on live pages.

Checked are links in rich text (to URLs, pages and documents) and the URLs of cards, buttons and
next steps. Internal links are requested from the site itself in this process; external links only
on demand, with one request each and a short timeout.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.http.request import validate_host
from django.test import Client
from django.test.client import RedirectCycleError
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home.blocks.tasks import leads_to
from home.models import DeadLink

HREF = re.compile(r'href=\\*"([^"\\]+)')
LINKED = re.compile(
    r'<a(?=[^>]*\blinktype=\\*"(page|document)\\*")(?=[^>]*\bid=\\*"(\d{1,18})\\*")'
)
SECONDS = 10
MAX_LENGTH = DeadLink._meta.get_field("address").max_length


STARTS = ("/", "http://", "https://", "page:", "document:", "name:")


def links_in(page: Page) -> set[str]:
    """What `page` links to: `/…` and `http…`, or `page:ID` and `document:ID` of the site, or
    `name:…` where an application is named that there is not."""
    data = page.serializable_data()
    text = json.dumps(data, ensure_ascii=False, default=str)
    found = {html.unescape(address) for address in HREF.findall(text)}
    found |= {leads_to(address) or f"name:{address}" for address in _addresses_in(data)}
    found |= {f"{kind}:{key}" for kind, key in LINKED.findall(text)}
    found = {f"https:{link}" if link.startswith("//") else link for link in found}
    return {link for link in found if link.startswith(STARTS)}


def _addresses_in(value, name: str = "") -> Iterator[str]:
    """The values called `address` or `…_address`, however deep they lie in blocks."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _addresses_in(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _addresses_in(part, name)
    elif isinstance(value, str) and value.startswith("[") and not name.endswith("address"):
        # A StreamField is stored as text.
        with suppress(ValueError):
            yield from _addresses_in(json.loads(value))
    elif isinstance(value, str) and value and (name == "address" or name.endswith("_address")):
        yield value


def answer_inside(link: str, client: Client, host: str) -> str:
    """The site's response to one of its own URLs: the problem in words, empty if there is none."""
    kind, _, key = link.partition(":")
    if kind == "page":
        alive = Page.objects.live().filter(pk=int(key)).exists()
        return "" if alive else "页面已删除或未发布"
    if kind == "document":
        there = get_document_model().objects.filter(pk=int(key)).exists()
        return "" if there else "文件已删除"
    if kind == "name":
        return "没有这个应用"
    try:
        # As a browser behind HTTPS: the site would send a plain request on to HTTPS itself.
        response = client.get(urldefrag(link).url, headers={"host": host}, secure=True, follow=True)
    except (ValueError, RedirectCycleError):
        return "地址写错了"
    hosts = {urlsplit(address).hostname for address, _status in response.redirect_chain}
    led_away = bool(hosts - {None, host})
    return "" if led_away or response.status_code < 400 else f"{response.status_code}"


def asked_host(site: Site) -> str:
    """A host that the site answers to: its own, unless ALLOWED_HOSTS leaves it out."""
    if validate_host(site.hostname, settings.ALLOWED_HOSTS):
        return site.hostname
    named = (host.removeprefix(".") for host in settings.ALLOWED_HOSTS if host != "*")
    return next(named, site.hostname)


def answer_outside(link: str) -> str:
    """The response of another site: the problem in words, empty if there is none."""
    try:
        # links_in lets only http pass.
        request = Request(link, method="HEAD", headers={"User-Agent": "link-check"})  # noqa: S310
        with urlopen(request, timeout=SECONDS):  # noqa: S310
            return ""
    except HTTPError as error:
        # Many sites refuse HEAD or programs altogether: that is no dead link.
        return f"{error.code}" if error.code in (404, 410) else ""
    except (URLError, OSError, ValueError):
        return "打不开"


def check(*, outside: bool = False, progress: Callable[[str], None] = print) -> int:
    """Checks all live pages; stores the dead links and removes those that were repaired.

    Returns how many dead links there are now.
    """
    site = Site.objects.get(is_default_site=True)
    host = asked_host(site)
    client = Client(raise_request_exception=False)
    answers: dict[str, str] = {}
    dead: dict[tuple[int, str], DeadLink] = {}
    pages = Page.objects.live().descendant_of(site.root_page, inclusive=True)
    total = pages.count()
    for number, page in enumerate(pages.specific().iterator(), start=1):
        for link in links_in(page):
            if link.startswith("http") and not outside:
                continue
            if link not in answers:
                external = link.startswith("http")
                answers[link] = (
                    answer_outside(link) if external else answer_inside(link, client, host)
                )
            if answers[link]:
                # Two long links may be the same as far as they are kept.
                address = link[:MAX_LENGTH]
                dead[page.pk, address] = DeadLink(
                    page_id=page.pk, address=address, answer=answers[link]
                )
        if number % 20 == 0 or number == total:
            progress(f"{number} of {total} pages, {len(dead)} dead links")
    with transaction.atomic():
        DeadLink.objects.all().delete()
        DeadLink.objects.bulk_create(dead.values())
    return len(dead)


def check_quietly() -> int:
    """The daily job: internal links only, without output."""
    return check(progress=lambda text: None)
