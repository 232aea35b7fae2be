"""Results as they are shown, with what was found marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .documents import Document
from .highlighting import highlight, pattern, snippet
from .kinds import ICONS, LABELS, TO_DO
from .query import SiteQuery
from .scoring import Scored
from .sources import Hit

FIRST_WORDS = 100
"""So many characters of the text are shown of a page without a summary."""


@dataclass(frozen=True)
class Result:
    """One result as it is shown; `title` and `summary` are escaped and marked."""

    title: str
    url: str
    kind: str
    label: str = ""
    summary: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    dated: object = None
    icon: str = ""

    @property
    def is_to_do(self) -> bool:
        return self.kind in TO_DO


class Shown:
    """How results are shown for one query."""

    def __init__(self, query: SiteQuery):
        self.marks = pattern(query.words)
        self.looser = pattern(query.pieces)


def document_results(found: Sequence[Scored], shown: Shown) -> list[Result]:
    """Results with the summary, or where neither it nor the title has what was asked, the part
    of the text that has it."""
    results = []
    for each in found:
        document = each.entry.document
        marks, part = _told(document, shown)
        results.append(
            Result(
                title=highlight(document.title, marks),
                url=document.url,
                kind=document.kind,
                label=document.kind_label,
                summary=highlight(part or _summary(document), marks),
                tags=document.tags,
                dated=document.dated,
                icon=ICONS.get(document.kind, ""),
            )
        )
    return results


def _summary(document: Document) -> str:
    return document.summary or (document.text[:FIRST_WORDS] if document.is_prose else "")


def _told(document: Document, shown: Shown) -> tuple[re.Pattern | None, str]:
    """What to mark, and the part of the text to show in place of the summary, if any."""
    text = document.text if document.is_prose else ""
    for marks in (shown.marks, shown.looser):
        if snippet(document.title, marks) or snippet(document.summary, marks):
            return marks, "" if document.summary else snippet(text, marks)
        part = snippet(text, marks)
        if part:
            return marks, part
    return shown.looser, ""


def hit_results(hits: Iterable[Hit], kind: str, shown: Shown) -> list[Result]:
    return [
        Result(
            title=highlight(hit.title, shown.marks),
            url=hit.url,
            kind=kind,
            label=LABELS[kind],
            summary=highlight(hit.summary, shown.marks),
            note=hit.note,
            tags=hit.tags,
            icon=hit.icon or ICONS.get(kind, ""),
        )
        for hit in hits
    ]
