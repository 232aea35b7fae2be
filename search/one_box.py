"""The one box: pages and registered sources, grouped, in one order."""

import re
from dataclasses import dataclass

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator

from home.fillers import Filler
from home.remembered import remembered

from .catalogue import Catalogue, Promotion, catalogue
from .highlighting import highlight, pattern, snippet
from .kinds import LABELS
from .models import PageEntry
from .pages import PageHit, find
from .question import Question, read
from .sources import Found, source_of, sources
from .suggestions import spellings

GROUP_SIZES = {"guide": 5}
GROUP_SIZE = 3
PAGE_SIZE = 10
GOOD = 50
"""From this score on a result is what was asked for, below it is only near."""


@dataclass(frozen=True)
class Result:
    """One result as it is shown; `title` and `summary` are escaped and marked."""

    title: str
    url: str
    label: str = ""
    summary: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    dated: object = None


@dataclass(frozen=True)
class Group:
    kind: str
    label: str
    total: int
    results: list[Result]
    score: float = 0
    sample: str = ""

    @property
    def more(self) -> bool:
        return self.total > len(self.results)


@dataclass(frozen=True)
class Answer:
    """What the result page shows. Without a chosen kind `groups` has something of each;
    with one, `results` is a page of that kind."""

    question: Question
    kind: str
    tabs: list[tuple[str, str, int]]
    total: int
    groups: list[Group]
    sample: str
    results: ResultPage | None
    promotions: tuple[Promotion, ...]
    spellings: list[str]
    loose: bool


def answer(query: str, kind: str = "", page: str = "1") -> Answer:
    """Everything that is found for a query; any string is accepted for each argument."""
    known = catalogue()
    question = read(query, known)
    hits = find(question, known)
    by_kind = {k: [hit for hit in hits if hit.page.kind == k] for k in LABELS}
    starts = _starts(kind, page)
    # Beside a good page nobody wants names that only resemble what was typed.
    resembling = not any(hit.score >= GOOD and not hit.loose for hit in hits)
    found = {} if question.is_blank else _ask_sources(question, starts, resembling)
    counts = {k: found[k].total if k in found else len(by_kind[k]) for k in LABELS}
    total = sum(counts.values())
    asked_for = kind if counts.get(kind) else ""
    kinds = [k for k in LABELS if counts[k]]
    # Where there is one kind only, all of it is shown.
    kind = asked_for or (kinds[0] if len(kinds) == 1 else "")
    marks = pattern(question.words)
    # Told on the first page, where the best results are.
    loose = not starts.get(kind) and _all_loose(hits, found)
    shown = None
    groups: list[Group] = []
    if kind in found:
        shown = _page_of_source(kind, question, found[kind], page, marks, starts, resembling)
    elif kind:
        shown = Paginator(by_kind[kind], PAGE_SIZE).get_page(page)
        shown.object_list = _page_results(shown.object_list, marks, known.fill)
    else:
        groups = _groups(by_kind, found, counts, marks, known)
    return Answer(
        question=question,
        kind=kind,
        tabs=[(k, LABELS[k], counts[k]) for k in kinds],
        total=total,
        groups=groups,
        results=shown,
        promotions=() if asked_for else known.promotions.get(question.text, ()),
        sample=_sample(kind) if kind in found else "",
        spellings=spellings(question, known) if not total or loose else [],
        loose=loose,
    )


def _starts(kind: str, page: str) -> dict[str, int]:
    """Where the page that was asked for starts among the results of its kind."""
    number = int(page) if page.isdecimal() and len(page) <= 4 else 1
    return {kind: max(number - 1, 0) * PAGE_SIZE}


def _ask_sources(question: Question, starts: dict[str, int], resembling: bool) -> dict[str, Found]:
    """What the sources found."""
    found = {}
    for source in sources():
        start = starts.get(source.kind, 0)
        answered = source.search(question.text, start, start + PAGE_SIZE, resembling)
        if start and not answered.hits:  # Beyond the last page.
            answered = source.search(question.text, 0, PAGE_SIZE, resembling)
            start = 0
        if answered.hits and (start or resembling or answered.hits[0].score >= GOOD):
            found[source.kind] = answered
    return found


def _sample(kind: str) -> str:
    """The label of results of a source that are no real data."""
    return remembered(("sample", kind), source_of(kind).sample)


def _all_loose(hits: list[PageHit], found: dict) -> bool:
    near = [hit for source in found.values() for hit in source.hits if hit.score >= GOOD]
    return bool(hits) and not near and all(hit.loose for hit in hits)


def _groups(by_kind, found, counts, marks, known: Catalogue) -> list[Group]:
    first = {k: hits[: GROUP_SIZES.get(k, GROUP_SIZE)] for k, hits in by_kind.items()}
    every = [hit for hits in first.values() for hit in hits]
    shown = dict(
        zip([hit.page.pk for hit in every], _page_results(every, marks, known.fill), strict=True)
    )
    groups = []
    for kind, label in LABELS.items():
        if not counts[kind]:
            continue
        sample = ""
        if kind in found:
            sample = _sample(kind)
            hits = found[kind].hits[:GROUP_SIZE]
            results = [_source_result(hit, marks) for hit in hits]
            score = hits[0].score if hits else 0
        else:
            results = [shown[hit.page.pk] for hit in first[kind]]
            score = first[kind][0].score
        groups.append(Group(kind, label, counts[kind], results, score, sample))
    return sorted(groups, key=lambda group: -group.score)


def _page_results(hits: list[PageHit], marks, fill: Filler) -> list[Result]:
    """Results with the summary, or where neither it nor the title has what was found, the part
    of the text that has it; at most one query for all of them."""
    unread = [hit.page.pk for hit in hits if hit.text is None]
    texts = dict(PageEntry.objects.filter(pk__in=unread).values_list("pk", "text"))
    results = []
    for hit in hits:
        page = hit.page
        text = fill(texts.get(page.pk, "") if hit.text is None else hit.text)
        told = page.summary and (snippet(page.title, marks) or snippet(page.summary, marks))
        part = "" if told else snippet(text, marks)
        results.append(
            Result(
                title=highlight(page.title, marks),
                url=page.url,
                label="" if page.type_name == LABELS[page.kind] else page.type_name,
                summary=highlight(part or page.summary or text[:100], marks),
                dated=page.dated,
            )
        )
    return results


def _source_result(hit, marks) -> Result:
    return Result(
        title=highlight(hit.title, marks),
        url=hit.url,
        summary=highlight(hit.summary, marks),
        note=hit.note,
        tags=hit.tags,
    )


def _page_of_source(
    kind: str,
    question: Question,
    found: Found,
    page: str,
    marks: re.Pattern | None,
    starts: dict[str, int],
    resembling: bool,
) -> ResultPage:
    """The page that was asked for; its results are there already, but for a page too far."""
    shown = Paginator(range(found.total), PAGE_SIZE).get_page(page)
    start = shown.start_index() - 1
    if start != starts.get(kind, 0):
        found = source_of(kind).search(question.text, start, start + PAGE_SIZE, resembling)
    shown.object_list = [_source_result(hit, marks) for hit in found.hits]
    return shown
