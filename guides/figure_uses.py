"""Which live page shows which figure, kept at each publication; what a change of it entails."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page

from home.page_cache import forget_all
from search.page_entries import read_again

from . import versions
from .figures import FIGURE_MARK
from .models import Figure, FigureUse, FigureValue, GuidePage, PolicyPage
from .page_text import source_text


def figures_in(value) -> Iterator[Figure]:
    """The figures chosen in blocks, however deep they lie."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from figures_in(part)
    elif isinstance(value, StreamValue):
        for block in value:
            yield from figures_in(block.value)
    elif isinstance(value, ListValue):
        for part in value:
            yield from figures_in(part)


def used_by(page: Page) -> set[int]:
    """Keys of the figures that `page` shows, in its text or in its blocks."""
    codes = {code for code, _day in FIGURE_MARK.findall(source_text(page))}
    keys = (
        set(Figure.objects.filter(slug__in=codes).values_list("pk", flat=True)) if codes else set()
    )
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if hasattr(field, "stream_block") else None
        if value is not None:
            keys |= {figure.pk for figure in figures_in(value)}
    return keys


def record(page: Page) -> None:
    """Brings the uses of a page that has just been published up to date."""
    wanted = used_by(page)
    uses = FigureUse.objects.filter(page_id=page.pk)
    uses.exclude(figure__in=wanted).delete()
    known = set(uses.values_list("figure_id", flat=True))
    FigureUse.objects.bulk_create(
        FigureUse(figure_id=key, page_id=page.pk) for key in sorted(wanted - known)
    )
    forget_all()


def page_was_published(sender, instance, **kwargs) -> None:
    record(instance)


def page_was_unpublished(sender, instance, **kwargs) -> None:
    FigureUse.objects.filter(page_id=instance.pk).delete()


def value_changed(sender, instance, **kwargs) -> None:
    """What pages say by the new value is found and told, once the whole figure is saved."""
    key = instance.figure_id
    waiting = transaction.get_connection().run_on_commit
    if not any(getattr(function, "figure", None) == key for _ids, function, *_ in waiting):
        read_pages = partial(_pages_say_something_else, FigureUse.objects.filter(figure_id=key))
        read_pages.figure = key
        transaction.on_commit(read_pages, robust=True)


def read_pages_of_turning_figures(days: int = 7) -> None:
    """A value that begins or has ended changes pages without anybody's doing.

    Looks at the last days, so that a worker that stood still catches up.
    """
    today = timezone.localdate()
    begun = Q(valid_from__range=(today - timedelta(days=days), today))
    ended = Q(valid_to__range=(today - timedelta(days=days + 1), today - timedelta(days=1)))
    turning = FigureValue.objects.filter(begun | ended)
    _pages_say_something_else(FigureUse.objects.filter(figure__in=turning.values("figure")))


def _pages_say_something_else(uses: QuerySet[FigureUse]) -> None:
    """Searches find the pages by the new value, and their readers are told what changed."""
    # What is remembered of figures may be older than the commit that has just been made.
    forget_all()
    pages = Page.objects.live().filter(pk__in=uses.values("page"))
    read_again(pages)
    for page in pages.type(GuidePage, PolicyPage).specific():
        versions.record(page, at=timezone.now())
