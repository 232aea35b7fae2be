"""Which page shows which figure; recorded for live pages at each publication."""

from collections.abc import Iterator

from django.db.models import Q
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page

from home.cache.invalidation import invalidate

from .models import Figure, FigureUse
from .page_text import source_text
from .placeholders import PLACEHOLDER


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
    codes = {code for code, _day in PLACEHOLDER.findall(source_text(page))}
    keys = (
        set(Figure.objects.filter(slug__in=codes).values_list("pk", flat=True)) if codes else set()
    )
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if hasattr(field, "stream_block") else None
        if value is not None:
            keys |= {figure.pk for figure in figures_in(value)}
    return keys


def is_used(figure: Figure) -> bool:
    """Whether a page, live or draft, shows this figure."""
    written = Q(latest_revision__content__icontains=f"{{figure:{figure.slug}}}")
    fixed = Q(latest_revision__content__icontains=f"{{figure:{figure.slug}@")
    return (
        figure.uses.exists()
        or Page.objects.filter(written | fixed).exists()
        or any(figure.pk in used_by(draft) for draft in _drafts())
    )


def _drafts() -> Iterator[Page]:
    for page in Page.objects.filter(has_unpublished_changes=True).specific().iterator():
        yield page.get_latest_revision_as_object()


def record(page: Page) -> None:
    """Brings the uses of a page that has just been published up to date."""
    wanted = used_by(page)
    uses = FigureUse.objects.filter(page_id=page.pk)
    uses.exclude(figure__in=wanted).delete()
    known = set(uses.values_list("figure_id", flat=True))
    FigureUse.objects.bulk_create(
        FigureUse(figure_id=key, page_id=page.pk) for key in sorted(wanted - known)
    )
    invalidate()


def page_was_published(sender, instance, **kwargs) -> None:
    record(instance)


def page_was_unpublished(sender, instance, **kwargs) -> None:
    FigureUse.objects.filter(page_id=instance.pk).delete()
