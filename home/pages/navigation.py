"""The menu, read from the page tree in one query, whatever the types of the pages."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from home.cache.memoize import memoized, site_of
from home.languages.locales import ENGLISH

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
        root = site.root_page
        pages = (
            page
            for page in pages_of_frame()
            if page.show_in_menus and page.depth == root.depth + 1 and page.is_descendant_of(root)
        )
        return [NavigationItem(page.title, address_of(page, request)) for page in pages]

    return memoized(("menu", site.pk), read)


def pages_of_frame() -> list[Page]:
    """What the frame of every page leads to, in tree order, with one query: the pages of the menu,
    and those that are English or have an English translation."""

    def read() -> list[Page]:
        public = open_to_all(Page.objects, any_language=True).filter(depth__gt=1)
        english = public.filter(locale__language_code=ENGLISH).values("translation_key")
        shown = public.filter(Q(show_in_menus=True) | Q(translation_key__in=english))
        return list(with_addresses(shown).select_related("locale").order_by("path"))

    return memoized("pages of the frame", read)
