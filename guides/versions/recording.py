"""Records a version whenever what readers see of a guide or policy changes."""

import datetime
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.cache.invalidation import invalidate
from home.subscriptions.announcing import announce, withdraw
from search.site_search.page_entries import read_again

from ..figures.models import FigureUse, FigureValue
from ..pages.models import GuidePage, TopicPage
from ..policies.models import PolicyPage
from ..questions.models import QuestionTreePage
from .models import PublishedVersion
from .text import words_of


def record(
    page: Page, at: datetime.datetime | None = None, note: str = ""
) -> PublishedVersion | None:
    """Keeps the words of a page that has just been published, or whose figures have changed
    `at` a time; None when they are the same."""
    content = [[name, lines] for name, lines in words_of(page)]
    last = PublishedVersion.objects.filter(page_id=page.pk).first()
    if last and last.content == content:
        return None
    return PublishedVersion.objects.create(
        page_id=page.pk,
        number=last.number + 1 if last else 1,
        published_at=at or page.last_published_at or timezone.now(),
        content=content,
        note=note,
    )


def page_was_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, GuidePage | PolicyPage):
        version = record(instance, note=instance.change_note)
        if version is not None and version.note:
            path = f"{instance.get_url_parts()[-1]}changes/?to={version.number}"
            announce(instance, announcement_key(version), version.note, path, version.published_at)


def announcement_key(version: PublishedVersion) -> str:
    return f"guides.version:{version.pk}"


def version_was_withdrawn(sender, instance, **kwargs) -> None:
    """What was withdrawn is not mailed either."""
    withdraw(announcement_key(instance))


def value_changed(sender, instance, **kwargs) -> None:
    """Updates search entries and versions of the pages once the whole figure is saved."""
    key = instance.figure_id
    waiting = transaction.get_connection().run_on_commit
    if not any(getattr(function, "figure", None) == key for _ids, function, *_ in waiting):
        read_pages = partial(_update_pages, FigureUse.objects.filter(figure_id=key))
        read_pages.figure = key
        transaction.on_commit(read_pages, robust=True)


def list_was_changed(sender, key: str, **kwargs) -> None:
    """Receiver of `list_changed`: the pages that show a list of materials say something else."""
    transaction.on_commit(partial(_update_pages_with_list, key), robust=True)


def _update_pages_with_list(key: str) -> None:
    pages = Page.objects.live().type(GuidePage, PolicyPage, TopicPage, QuestionTreePage)
    showing = [page.pk for page in pages.specific() if f'"list_key": "{key}"' in _stored(page)]
    _update(Page.objects.filter(pk__in=showing))


def _stored(page: Page) -> str:
    return "".join(str(value) for value in page.serializable_data().values())


def update_pages_of_turning_figures(days: int = 7) -> None:
    """Updates pages whose figure has a value that began or ended in the last `days` days.

    More than one day, so that a worker catches up after an outage.
    """
    today = timezone.localdate()
    begun = Q(valid_from__range=(today - timedelta(days=days), today))
    ended = Q(valid_to__range=(today - timedelta(days=days + 1), today - timedelta(days=1)))
    turning = FigureValue.objects.filter(begun | ended)
    _update_pages(FigureUse.objects.filter(figure__in=turning.values("figure")))


def _update_pages(uses: QuerySet[FigureUse]) -> None:
    _update(Page.objects.live().filter(pk__in=uses.values("page")))


def _update(pages: PageQuerySet) -> None:
    """Brings search entries and versions of pages up to date that show something from elsewhere."""
    # What is memoized may predate the commit.
    invalidate()
    read_again(pages)
    for page in pages.type(GuidePage, PolicyPage).specific():
        record(page, at=timezone.now())
