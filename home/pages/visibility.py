"""Who may read a page: the one rule for lists, feeds and views outside the tree.

Wagtail restricts a page and all below it by a login, a group or a password. Lists contain only
public pages; those who may read a restricted page use its URL.
"""

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from home.cache.memoize import memoized
from home.languages.locales import language_in_use

ANY_RESTRICTED = "any restricted page"


def any_restricted() -> bool:
    """Whether any page of the site is restricted, which is rare."""
    return memoized(ANY_RESTRICTED, PageViewRestriction.objects.exists)


def _restricted_paths() -> list[str]:
    """Tree paths of the restricted pages and their aliases."""
    if not any_restricted():
        return []
    restricted = Q(view_restrictions__isnull=False) | Q(alias_of__view_restrictions__isnull=False)
    pages = Page.objects.filter(restricted).order_by().distinct()
    return memoized("restricted paths", lambda: list(pages.values_list("path", flat=True)))


def open_to_all(pages: PageQuerySet, *, any_language: bool = False) -> PageQuerySet:
    """Those of `pages` that are live, not restricted, and in the language in use: a Chinese page
    lists no English ones. `any_language`: in both."""
    restricted = Q(pk__in=[])
    for path in _restricted_paths():
        restricted |= Q(path__startswith=path)
    if not any_language:
        pages = pages.filter(locale__language_code=language_in_use())
    return pages.live().exclude(restricted)


def is_open_to_all(page: Page) -> bool:
    """The same for one page, without a query for it."""
    return page.live and not page.path.startswith(tuple(_restricted_paths()))


def may_read(request: HttpRequest, page: Page) -> bool:
    """Whether what the page asks for, a login or password, was given."""
    return all(each.accept_request(request) for each in page.get_view_restrictions())


def require_reader(request: HttpRequest, page: Page) -> None:
    """Raises Http404 where the page asks for a login or password that was not given."""
    if not may_read(request, page):
        raise Http404


def page_for_reader(request: HttpRequest, pages: PageQuerySet, slug: str) -> Page:
    """The live one of `pages` in the language in use with this slug, if it may be read; else
    Http404."""
    page = get_object_or_404(
        pages.live().filter(locale__language_code=language_in_use()), slug=slug
    )
    require_reader(request, page)
    return page
