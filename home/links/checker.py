"""Finds dead links on live pages.

Checked are links in rich text (to URLs, pages and documents), the URLs of cards, buttons and next
steps, and fields whose name ends with `_address` (full text of a policy, online business of a
guide). Internal links are requested from the site itself in this process each day; external ones
(`home.links.outside`) each week and on demand.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.db import transaction
from django.http.request import validate_host
from django.test import Client
from django.test.client import RedirectCycleError
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home.blocks.tasks import leads_to
from home.links.outside import answers_outside
from home.models import DeadLink
from home.models.site_settings import settings_of
from home.pages.translations import pages_of_site

HREF = re.compile(r'href=\\*"([^"\\]+)')
LINKED = re.compile(
    r'<a(?=[^>]*\blinktype=\\*"(page|document)\\*")(?=[^>]*\bid=\\*"(\d{1,18})\\*")'
)
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


def check(*, outside: bool = False, progress: Callable[[str], None] = print) -> int:
    """Checks all live pages; stores the dead links and removes those that were repaired.

    `outside`: asks other sites too. Without it, and where no other site can be reached, what an
    earlier check found of them stays, as long as the pages still link there. Returns how many
    dead links there are now.
    """
    site = Site.objects.get(is_default_site=True)
    links = _links_of_pages(site)
    progress(f"{len(links)} pages")
    answers = _answers_inside({link for some in links.values() for link in some}, site)
    # Two long links may be the same as far as they are kept.
    kept = {page: {link[:MAX_LENGTH]: link for link in some} for page, some in links.items()}
    asked = None
    if outside:
        asked = answers_outside(
            link for some in links.values() for link in some if link.startswith("http")
        )
        progress("no other site can be reached" if asked is None else f"{len(asked)} links outside")
    answers.update(asked or {})
    dead = {
        (page, address): DeadLink(page_id=page, address=address, answer=answers[link])
        for page, some in kept.items()
        for address, link in some.items()
        if answers.get(link)
    }
    with transaction.atomic():
        if asked is None:
            for row in DeadLink.objects.filter(address__startswith="http"):
                if row.address in kept.get(row.page_id, ()):
                    dead.setdefault((row.page_id, row.address), row)
        DeadLink.objects.exclude(pk__in=[row.pk for row in dead.values() if row.pk]).delete()
        DeadLink.objects.bulk_create(row for row in dead.values() if not row.pk)
    progress(f"{len(dead)} dead links")
    return len(dead)


def _links_of_pages(site: Site) -> dict[int, set[str]]:
    """{page: its links}; the platform of the site settings counts as a link of the home page."""
    pages = pages_of_site(site).live()
    links = {page.pk: links_in(page) for page in pages.specific().iterator()}
    platform = settings_of(site).online_platform_address
    if platform and site.root_page_id in links:
        links[site.root_page_id].add(platform)
    return links


def _answers_inside(links: set[str], site: Site) -> dict[str, str]:
    client, host = Client(raise_request_exception=False), asked_host(site)
    return {
        link: answer_inside(link, client, host)
        for link in sorted(links)
        if not link.startswith("http")
    }


def check_quietly() -> int:
    """The daily job: internal links only, without output."""
    return check(progress=lambda text: None)


def check_outside_quietly() -> int:
    """The weekly job: links to other sites too, unless the machine is not to ask any."""
    if not settings.CHECK_OUTSIDE_LINKS:
        return 0
    return check(outside=True, progress=lambda text: None)
