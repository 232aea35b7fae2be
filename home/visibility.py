"""Who may see a page: what lists, feeds and single pages beside the tree go by.

A page is restricted in Wagtail by a login, a group or a password, for itself and for all
below it. Lists name only pages that are open to all; who may read a restricted page comes by
its address.
"""

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from .remembered import remembered

ANY_RESTRICTED = "any restricted page"


def any_restricted() -> bool:
    """Whether any page of the site is restricted at all: mostly none is."""
    return remembered(ANY_RESTRICTED, PageViewRestriction.objects.exists)


def _restricted_paths() -> list[str]:
    """Where in the tree the restricted pages and their aliases stand."""
    if not any_restricted():
        return []
    restricted = Q(view_restrictions__isnull=False) | Q(alias_of__view_restrictions__isnull=False)
    pages = Page.objects.filter(restricted).order_by().distinct()
    return remembered("restricted paths", lambda: list(pages.values_list("path", flat=True)))


def open_to_all(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that are live and that nobody needs a login or a password for."""
    restricted = Q(pk__in=[])
    for path in _restricted_paths():
        restricted |= Q(path__startswith=path)
    return pages.live().exclude(restricted)


def is_open_to_all(page: Page) -> bool:
    """The same for one page, without a query for it."""
    return page.live and not page.path.startswith(tuple(_restricted_paths()))


def require_reader(request: HttpRequest, page: Page) -> None:
    """Raises Http404 where the page asks for a login or password that was not given."""
    if not all(each.accept_request(request) for each in page.get_view_restrictions()):
        raise Http404


def page_for_reader(request: HttpRequest, pages: PageQuerySet, slug: str) -> Page:
    """The live one of `pages` with this slug, if it may be read; else Http404."""
    page = get_object_or_404(pages.live(), slug=slug)
    require_reader(request, page)
    return page
