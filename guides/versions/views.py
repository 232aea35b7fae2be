"""Public pages of what changed in a guide or a policy, and a feed of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.models import Page

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from home.languages.locales import CHINESE
from home.pages.visibility import require_reader
from home.views.feeds import SiteFeed

from ..pages.models import GuidePage
from ..policies.models import PolicyPage
from .difference import SectionChange, difference, summary_of
from .models import PublishedVersion

KINDS = {"guides": (GuidePage, "办事指南"), "policies": (PolicyPage, "政策文件")}


def live_page(kind: str, slug: str) -> Page:
    """The live guide or policy in Chinese with this slug, or 404. Who may read it is not asked here."""
    pages = KINDS[kind][0].objects.live().filter(locale__language_code=CHINESE)
    return get_object_or_404(pages.defer_streamfields(), slug=slug)


def versions_of(kind: str, slug: str) -> tuple[Page, list[PublishedVersion]]:
    """The page and what was published of it, the newest first; 404 where there is nothing."""
    page = live_page(kind, slug)
    versions = list(PublishedVersion.objects.filter(page_id=page.pk))
    if not versions:
        raise Http404
    return page, versions


def chosen(versions: list[PublishedVersion], text: str) -> PublishedVersion | None:
    """The version with the number that the reader gave, or None."""
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return None
    return next((version for version in versions if version.number == int(text)), None)


def between(old: PublishedVersion, new: PublishedVersion) -> list[SectionChange]:
    """The difference of two versions, worked out once: any two may be asked for, again and again."""
    return memoized(("difference", old.pk, new.pk), lambda: difference(old, new))


@public_page
def changes(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Versions of one page, and the difference of two: `?from=1&to=3`, else the last two.

    Those of an expired page lead to the page, which says that it has expired.
    """
    try:
        page, versions = memoized(("versions", kind, slug), lambda: versions_of(kind, slug))
    except Http404:
        expired = KINDS[kind][0].objects.not_live().filter(slug=slug, expired=True).first()
        if expired is None:
            raise
        return redirect(expired.url)
    require_reader(request, page)
    new = chosen(versions, request.GET.get("to", "")) or versions[0]
    old = chosen(versions, request.GET.get("from", ""))
    if old is None:
        older = [version for version in versions if version.number < new.number]
        old = older[0] if older else None
    if old and old.number > new.number:
        old, new = new, old
    context = {
        "subject": page,
        "versions": versions,
        "old": old,
        "new": new,
        "sections": between(old, new) if old else [],
        "feed": reverse("guides:changes_feed", kwargs={"kind": kind, "slug": slug}),
        "breadcrumbs": [
            (f"/{kind}/", KINDS[kind][1]),
            (page.url, page.title),
            (None, "更新记录"),
        ],
    }
    return render(request, "guides/versions/changes.html", context)


class ChangesFeed(SiteFeed):
    """Each publication of one page, newest first."""

    def get_object(self, request, kind: str, slug: str) -> Page:
        page = live_page(kind, slug)
        require_reader(request, page)
        return page

    def title(self, page: Page) -> str:
        return f"{page.title}的更新｜海珠区民政局"

    def link(self, page: Page) -> str:
        return page.url

    def items(self, page: Page) -> list[tuple[Page, PublishedVersion, str]]:
        versions = list(PublishedVersion.objects.filter(page_id=page.pk)[:20])
        older = [*versions[1:], None]
        return [
            (page, new, new.note + (summary_of(between(old, new)) if old else "首次发布。"))
            for new, old in zip(versions, older, strict=True)
        ]

    def item_title(self, item) -> str:
        page, version, _words = item
        return f"{page.title}（{version}）"

    def item_link(self, item) -> str:
        page, version, _words = item
        return f"{page.url}changes/?to={version.number}"

    def item_description(self, item) -> str:
        return item[2]

    def item_pubdate(self, item):
        return item[1].published_at

    def item_updateddate(self, item):
        return item[1].published_at
