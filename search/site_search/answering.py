"""Site search: documents and place names in one order, with what stands above them."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator

from home.cache.memoize import memoized

from . import weights
from .answers import AnswerCard, answer_card
from .catalogue import Catalogue, Promotion, catalogue
from .kinds import FIGURE, LABELS, PLACE, SERVICE_PLACE
from .query import SiteQuery
from .results import Result, Shown, document_results, hit_results
from .safety import Alarm, Card
from .scoring import Scored
from .sources import Found, source_of, sources
from .suggestions import spellings

PAGE_SIZE = 10
OF_A_KIND = {PLACE: 3, SERVICE_PLACE: 3, FIGURE: 3}
"""So many of a kind with many alike stand among all results; its tab has the others."""


@dataclass(frozen=True)
class Answer:
    """What the result page shows. With a chosen kind `results` is a page of that kind; without
    one, the best of all kinds, and `more` names the kinds of which more is found."""

    query: SiteQuery
    kind: str
    tabs: list[tuple[str, str, int]]
    total: int
    results: ResultPage
    more: list[tuple[str, str, int]]
    sample: str
    promotions: tuple[Promotion, ...]
    spellings: list[str]
    is_near: bool
    """Nothing was found that answers the query; the results are only near to it."""
    safety: Card | None
    card: AnswerCard | None


def answer(query: str, kind: str = "", page: str = "1") -> Answer:
    """Everything that is found for a query; any string is accepted for each argument."""
    known = catalogue()
    asked = known.read(query)
    scored = known.index.search(asked)
    documents, is_near = _answering(scored)
    alarm = known.safety.alarm_for(asked)
    if alarm:
        documents, is_near = _beside(alarm, known), False
    is_sure = bool(scored) and scored[0].confidence >= weights.SURE
    start = _start(page) if kind == PLACE else 0
    found = {} if asked.is_blank else _ask_sources(asked, kind, start, is_near)
    is_near = is_near and not any(_is_good(each) for each in found.values())
    counts = Counter(scored.entry.document.kind for scored in documents)
    counts.update({k: each.total for k, each in found.items()})
    kinds = [k for k in LABELS if counts[k]]
    # Where there is one kind only, all of it is shown.
    chosen = kind if counts.get(kind) else kinds[0] if len(kinds) == 1 else ""
    shown = Shown(asked)
    if chosen in found:
        results = _page_of_source(chosen, asked, found[chosen], page, start, is_near, shown)
    else:
        results = _page_of_all(documents, found, chosen, page, shown)
    first_page = not kind
    return Answer(
        query=asked,
        kind=chosen,
        tabs=[(k, LABELS[k], counts[k]) for k in kinds],
        total=sum(counts.values()),
        results=results,
        more=[] if chosen else _more(results, counts),
        sample=_sample(found, results),
        promotions=known.promotions.get(asked.text, ()) if first_page else (),
        spellings=[] if kind or is_sure or alarm else spellings(asked, known),
        is_near=is_near and bool(counts),
        safety=alarm.card if alarm and first_page else None,
        card=answer_card(asked) if first_page and not asked.is_blank else None,
    )


def _start(page: str) -> int:
    """Where the page that was asked for starts."""
    number = int(page) if page.isdecimal() and len(page) <= 4 else 1
    return max(number - 1, 0) * PAGE_SIZE


def _answering(scored: list[Scored]) -> tuple[list[Scored], bool]:
    """The documents to show, and whether even the best of them is only near."""
    if not scored:
        return [], True
    is_near = max(each.confidence for each in scored[:5]) < weights.NEAR
    if is_near:
        near = [each for each in scored if each.confidence >= weights.FLOOR]
        return near[: weights.MAX_NEAR], True
    # A page that is just what was typed scores far above what is enough; others still answer.
    least = min(scored[0].score, scored[0].ideal) * weights.LEAST_SHARE
    return [e for e in scored if e.score >= least or e.confidence >= weights.NEAR], False


def _beside(alarm: Alarm, known: Catalogue) -> list[Scored]:
    """Below a safety card: its page, and what answers the rest of the query beyond doubt."""
    page = known.index.at(alarm.card.page_url)
    rest = known.read(alarm.rest)
    if not rest.says_more_than_who:
        return page
    others = [
        each
        for each in known.index.search(rest)
        if each.confidence >= weights.SURE and each.entry.document.url != alarm.card.page_url
    ]
    return page + others


def _ask_sources(query: SiteQuery, kind: str, start: int, resembling: bool) -> dict[str, Found]:
    """What the sources found; names that only resemble what was typed where nothing else is."""
    found = {}
    for source in sources():
        begin = start if source.kind == kind else 0
        answered = source.search(query.text, begin, begin + PAGE_SIZE, resembling)
        if begin and not answered.hits:  # Beyond the last page.
            answered = source.search(query.text, 0, PAGE_SIZE, resembling)
            begin = 0
        if answered.hits and (begin or resembling or _is_good(answered)):
            found[source.kind] = answered
    return found


def _is_good(found: Found) -> bool:
    return bool(found.hits) and found.hits[0].score >= weights.GOOD_HIT


def _page_of_all(
    documents: list[Scored], found: dict[str, Found], kind: str, page: str, shown: Shown
) -> ResultPage:
    """Documents of the kind; for all kinds the best ten, with hits of the sources among them."""
    if kind:
        documents = [each for each in documents if each.entry.document.kind == kind]
        chosen = Paginator(documents, PAGE_SIZE).get_page(page)
        chosen.object_list = document_results(list(chosen.object_list), shown)
        return chosen
    ranked: list[tuple[float, str, Scored | Result]] = [
        (each.score / each.ideal, each.entry.document.kind, each) for each in documents
    ]
    for source_kind, answered in found.items():
        results = hit_results(answered.hits, source_kind, shown)
        scores = (hit.score * weights.HIT for hit in answered.hits)
        ranked += [(score, source_kind, each) for score, each in zip(scores, results, strict=True)]
    ranked.sort(key=lambda row: -row[0])
    taken: Counter[str] = Counter()
    best: list[Scored | Result] = []
    others: list[Scored | Result] = []
    for _, its_kind, each in ranked:
        taken[its_kind] += 1
        (best if taken[its_kind] <= OF_A_KIND.get(its_kind, PAGE_SIZE) else others).append(each)
    best = [*best, *others][:PAGE_SIZE]
    scored = [each for each in best if isinstance(each, Scored)]
    written = dict(zip(map(id, scored), document_results(scored, shown), strict=True))
    chosen = Paginator(best, PAGE_SIZE).get_page(1)
    chosen.object_list = [written.get(id(each), each) for each in best]
    return chosen


def _more(results: ResultPage, counts: Counter) -> list[tuple[str, str, int]]:
    """(kind, label, total) of the kinds of which not everything stands among all results."""
    shown = Counter(result.kind for result in results.object_list)
    return [
        (k, label, counts[k]) for k, label in LABELS.items() if shown[k] and counts[k] > shown[k]
    ]


def _sample(found: dict[str, Found], results: ResultPage) -> str:
    """How results of a source are labelled while they are no real data."""
    kinds = {result.kind for result in results.object_list} & set(found)
    return next((memoized(("sample", k), source_of(k).sample) for k in sorted(kinds)), "")


def _page_of_source(
    kind: str,
    query: SiteQuery,
    found: Found,
    page: str,
    start: int,
    resembling: bool,
    shown: Shown,
) -> ResultPage:
    """The page that was asked for; its results are there already, but for a page too far."""
    chosen = Paginator(range(found.total), PAGE_SIZE).get_page(page)
    begin = chosen.start_index() - 1
    if begin != start:
        found = source_of(kind).search(query.text, begin, begin + PAGE_SIZE, resembling)
    chosen.object_list = hit_results(found.hits, kind, shown)
    return chosen
