"""Finds links on live pages that lead nowhere.

Links inside the site are asked of the site itself, in this process; links to other sites
only when told to, one request each, with a short limit.
"""

import html
import json
import re
from collections.abc import Callable
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag
from urllib.request import Request, urlopen

from django.db import transaction
from django.test import Client
from wagtail.models import Page, Site

from .models import DeadLink

HREF = re.compile(r'href=\\*"([^"\\]+)')
PAGE_LINK = re.compile(
    r'<a[^>]*linktype=\\*"page\\*"[^>]*\bid=\\*"(\d+)'
    r'|<a[^>]*\bid=\\*"(\d+)\\*"[^>]*linktype=\\*"page'
)
SECONDS = 10


def links_in(page: Page) -> set[str]:
    """Addresses that `page` links to: `/…` and `http…`, or `page:ID` for pages of the tree."""
    text = json.dumps(page.serializable_data(), ensure_ascii=False, default=str)
    found = {html.unescape(address) for address in HREF.findall(text)}
    data = page.serializable_data()
    found |= {
        value
        for key, value in data.items()
        if key.endswith("_address") and isinstance(value, str) and value
    }
    found |= {f"page:{first or second}" for first, second in PAGE_LINK.findall(text)}
    return {link for link in found if link.startswith(("/", "http://", "https://", "page:"))}


def answer_inside(link: str, client: Client, host: str) -> str:
    """What the site answers to one of its own addresses; an empty text when all is well."""
    if link.startswith("page:"):
        alive = Page.objects.live().filter(pk=int(link[5:])).exists()
        return "" if alive else "页面已删除或未发布"
    response = client.get(urldefrag(link).url, HTTP_HOST=host)
    return "" if response.status_code < 400 else f"{response.status_code}"


def answer_outside(link: str) -> str:
    """What another site answers; an empty text when all is well."""
    request = Request(link, method="HEAD", headers={"User-Agent": "link-check"})  # noqa: S310
    try:
        with urlopen(request, timeout=SECONDS):  # noqa: S310 (links_in lets only http pass)
            return ""
    except HTTPError as error:
        # Many sites refuse HEAD or programs altogether: that is no dead link.
        return f"{error.code}" if error.code in (404, 410) else ""
    except (URLError, OSError, ValueError):
        return "打不开"


def check(*, outside: bool = False, progress: Callable[[str], None] = print) -> int:
    """Checks all live pages, keeps the dead links found and drops those mended.

    Returns how many dead links there are now.
    """
    site = Site.objects.get(is_default_site=True)
    client = Client(raise_request_exception=False)
    answers: dict[str, str] = {}
    dead = []
    pages = Page.objects.live().descendant_of(site.root_page, inclusive=True)
    total = pages.count()
    for number, page in enumerate(pages.specific().iterator(), start=1):
        for link in links_in(page):
            if link.startswith("http") and not outside:
                continue
            if link not in answers:
                external = link.startswith("http")
                answers[link] = (
                    answer_outside(link) if external else answer_inside(link, client, site.hostname)
                )
            if answers[link]:
                dead.append(DeadLink(page_id=page.pk, address=link[:500], answer=answers[link]))
        if number % 20 == 0 or number == total:
            progress(f"{number} of {total} pages, {len(dead)} dead links")
    with transaction.atomic():
        DeadLink.objects.all().delete()
        DeadLink.objects.bulk_create(dead)
    return len(dead)


def check_quietly() -> int:
    """The daily check: links inside the site only, without a word."""
    return check(progress=lambda text: None)
