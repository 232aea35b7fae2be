"""The menu, read from the page tree in one query, whatever the types of the pages."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from home.cache.memoize import memoized, site_of

from .visibility import open_to_all


@dataclass(frozen=True)
class NavigationItem:
    title: str
    url: str


def with_addresses(pages: QuerySet) -> QuerySet:
    """Annotates `view_name`: the application that the page stands for, or None."""
    return pages.annotate(view_name=F("applicationpage__view_name"))


def address_of(page: Page, request: HttpRequest | None = None) -> str:
    """The URL of a page read by `with_addresses`, without reading the specific page."""
    if page.view_name:
        try:
            return reverse(page.view_name)
        except NoReverseMatch:
            pass
    return page.get_url(request) or "/"


def sections_in_menu(request: HttpRequest) -> list[NavigationItem]:
    """The public pages below the home page that are shown in menus, in tree order."""
    site = site_of(request)
    if site is None:
        return []

    def read() -> list[NavigationItem]:
        pages = with_addresses(open_to_all(site.root_page.get_children()).in_menu())
        return [NavigationItem(page.title, address_of(page, request)) for page in pages]

    return memoized(("menu", site.pk), read)
