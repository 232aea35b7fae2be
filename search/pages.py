"""Pages of the site for a question, in one order for every engine."""

from collections.abc import Iterable
from dataclasses import dataclass

from modelsearch.query import Or
from wagtail.models import Page

from .backends.text import Pieces, Whole, pieces
from .catalogue import Catalogue, ListedPage
from .kinds import GUIDE, NOTICE, PAGE, POLICY
from .models import PageEntry
from .question import Question, Reading

MAX_CANDIDATES = 200
MAX_LOOSE = 40

# One table of weights. A page gets the best of the first five, then the additions.
WEIGHTS = {
    "title is it": 100,
    "title begins with it": 78,
    "title has it": 72,
    "title and summary have it": 50,
    "text has it": 25,
    "share of the title": 15,
    "sound of the title": 62,
    "order of the engine": 6,
}
KIND_WEIGHTS = {GUIDE: 8, POLICY: 2, NOTICE: 0, PAGE: 4}
LOOSE_FLOOR, LOOSE_FLOOR_OF_FEW, FEW = 0.3, 0.5, 3
"""A page must have this share of the pieces of a question that no page answers whole, more
of a question of few pieces."""


@dataclass(frozen=True, slots=True)
class PageHit:
    page: ListedPage
    score: float
    loose: bool = False
    text: str | None = None
    """What the page says, where it was read to find it."""


def find(question: Question, catalogue: Catalogue) -> list[PageHit]:
    """Hits, the best first, at most MAX_CANDIDATES. Asks the engine once or twice."""
    if question.is_blank:
        return []
    hits = {hit.page.pk: hit for hit in _by_sound(question, catalogue)}
    wanted = Or([Whole(reading.text) for reading in question.readings])
    for at, listed in enumerate(_ask(wanted, catalogue)):
        score = max(_score(listed, reading) for reading in question.readings)
        score += KIND_WEIGHTS[listed.kind] + WEIGHTS["order of the engine"] / (1 + at / 4)
        known = hits.get(listed.pk)
        hits[listed.pk] = PageHit(listed, max(score, known.score if known else 0))
    found = list(hits.values()) or _loosely(question, catalogue)
    return sorted(found, key=_order)


def _order(hit: PageHit) -> tuple:
    dated = hit.page.dated.toordinal() if hit.page.dated else 0
    return (-hit.score, -dated, hit.page.pk)


def _ask(wanted, catalogue: Catalogue) -> list[ListedPage]:
    found = Page.objects.live().only("pk").search(wanted)[:MAX_CANDIDATES]
    return [catalogue.pages[page.pk] for page in found if page.pk in catalogue.pages]


def _score(listed: ListedPage, reading: Reading) -> float:
    joined = "".join(reading.words)
    if listed.key == joined:
        found = WEIGHTS["title is it"]
    elif all(word in listed.key for word in reading.words):
        begins = listed.key.startswith(reading.words[0])
        found = WEIGHTS["title begins with it" if begins else "title has it"]
        found += WEIGHTS["share of the title"] * len(joined) / len(listed.key)
    elif all(word in listed.key or word in listed.summary_key for word in reading.words):
        found = WEIGHTS["title and summary have it"]
    else:
        found = WEIGHTS["text has it"]
    return reading.weight * found


def _by_sound(question: Question, catalogue: Catalogue) -> Iterable[PageHit]:
    """Pages whose title sounds like what was typed in Latin letters."""
    if len(question.units) < 2:
        return
    for listed in catalogue.pages.values():
        at = sounds_at(listed, question.units)
        if at is not None:
            share = len(question.units) / max(1, len(listed.syllables))
            score = WEIGHTS["sound of the title"] + WEIGHTS["share of the title"] * share
            yield PageHit(listed, score + KIND_WEIGHTS[listed.kind] - min(at, 5))


def sounds_at(listed: ListedPage, units: tuple[str, ...]) -> int | None:
    """Where in the title the units (characters, syllables, initials) follow one another."""
    size = len(units)
    for start in range(len(listed.syllables) - size + 1):
        if all(
            unit == listed.key[start + i]
            or unit == listed.syllables[start + i]
            or (len(unit) == 1 and unit.isascii() and listed.syllables[start + i][0] == unit)
            for i, unit in enumerate(units)
        ):
            return start
    return None


def _loosely(question: Question, catalogue: Catalogue) -> list[PageHit]:
    """Pages that have at least LOOSE_FLOOR of the pieces of the best reading."""
    asked = question.readings[-1] if len(question.readings) > 1 else question.readings[0]
    wanted = ["".join(piece) for piece in pieces(asked.text)]
    candidates = _ask(Pieces(asked.text), catalogue)[:MAX_LOOSE]
    texts = dict(
        PageEntry.objects.filter(pk__in=[listed.pk for listed in candidates]).values_list(
            "pk", "text"
        )
    )
    hits = []
    for listed in candidates:
        text = texts.get(listed.pk, "")
        share = sum(
            1.0 if piece in listed.key else 0.9 if piece in listed.summary_key else 0.6
            for piece in wanted
            if piece in listed.key or piece in listed.summary_key or piece in text
        ) / len(wanted)
        if share >= (LOOSE_FLOOR_OF_FEW if len(wanted) <= FEW else LOOSE_FLOOR):
            score = WEIGHTS["title and summary have it"] * share + KIND_WEIGHTS[listed.kind]
            hits.append(PageHit(listed, score, loose=True, text=text))
    return hits
