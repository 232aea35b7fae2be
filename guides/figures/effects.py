"""Where readers see a figure, with what stands there now and after the draft is public."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, TextField
from wagtail.fields import StreamField
from wagtail.models import Page

from home.pages.plain_lines import lines_of
from home.pages.visibility import open_to_all

from .models import Figure
from .placeholders import PLACEHOLDER
from .rendering import DraftLookup, FigureLookup
from .uses import figures_in

OWN_WORDS = 60


@dataclass(frozen=True)
class Place:
    """One place on a public page. `after` is None where the draft changes nothing there."""

    page: Page
    field: str
    before: str
    after: str | None


def pages_showing(figure: Figure) -> list[Page]:
    """The public pages that show the figure; the page of the figure lists the same ones."""
    pages = Page.objects.filter(pk__in=figure.uses.values("page"), live=True)
    return list(pages.order_by("path").specific())


def places_of(figure: Figure) -> list[Place]:
    """All places, page by page. `figure` may be a draft with its values."""
    now, then = FigureLookup(), DraftLookup(figure)
    return [
        Place(page, field, before, after if after != before else None)
        for page in pages_showing(figure)
        for field, line in _lines(page, figure)
        for before, after in [(now.fill_in_plain(line), then.fill_in_plain(line))]
    ]


def hidden_from_the_public(pages: list[Page]) -> set[int]:
    """Pages with restricted access: they change too, but the public page names them not."""
    keys = [page.pk for page in pages]
    return set(keys) - set(
        open_to_all(Page.objects.filter(pk__in=keys), any_language=True).values_list(
            "pk", flat=True
        )
    )


def _lines(page: Page, figure: Figure) -> Iterator[tuple[str, str]]:
    """(name of the field, line of text) wherever the page shows the figure."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                name = f"{field.verbose_name}，{block.block.label}"
                if any(found.pk == figure.pk for found in figures_in(block.value)):
                    yield name, f"{figure.name}：{{figure:{figure.slug}}}"
                for line in _with_marks(lines_of(block.render()), figure):
                    yield name, line
        elif isinstance(field, CharField | TextField):
            text = getattr(page, field.attname)
            if isinstance(text, str) and field.name != "draft_title":
                for line in _with_marks(lines_of(text), figure):
                    yield str(field.verbose_name), line


def _with_marks(lines: list[str], figure: Figure) -> Iterator[str]:
    for line in lines:
        marks = [found for found in PLACEHOLDER.finditer(line) if found[1] == figure.slug]
        if marks:
            yield _around(line, marks[0].start(), marks[-1].end())


def _around(line: str, start: int, end: int) -> str:
    """The line, shortened to the words around its figures."""
    first, last = max(start - OWN_WORDS, 0), min(end + OWN_WORDS, len(line))
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"
