"""What to offer while a citizen is still typing, and what else may have been meant."""

from dataclasses import dataclass

from .analysis import readings
from .catalogue import Catalogue, ListedPage
from .kinds import GUIDE, LABELS, PAGE
from .pages import KIND_WEIGHTS, sounds_at
from .question import Question
from .sources import sources

PAGES_SHOWN, NAMES_SHOWN, SPELLINGS_SHOWN = 5, 5, 3
ONE_OF_TWO = 0.5
PREFIX, INSIDE, SYNONYM, SOUND = 40, 30, 25, 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    items: tuple[Suggestion, ...]


def suggest(question: Question, catalogue: Catalogue) -> list[Group]:
    """Groups of suggestions, guides and other pages first, empty groups left out."""
    if question.is_blank:
        return []
    pages = tuple(
        Suggestion(page.title, page.url, page.kind_label)
        for page in _pages(question, catalogue)[:PAGES_SHOWN]
    )
    groups = [Group("办事和政策", pages)]
    for source in sources():
        hits = source.suggest(question.text, NAMES_SHOWN)
        items = tuple(Suggestion(hit.title, hit.url, hit.note) for hit in hits)
        groups.append(Group(LABELS[source.kind], items))
    return [group for group in groups if group.items]


def _pages(question: Question, catalogue: Catalogue) -> list[ListedPage]:
    ranked = [
        (_closeness(page, question) + KIND_WEIGHTS[page.kind], page)
        for page in catalogue.pages.values()
        if _closeness(page, question)
    ]
    ranked.sort(key=lambda pair: (-pair[0], len(pair[1].key), pair[1].pk))
    return [page for _, page in ranked]


def _closeness(page: ListedPage, question: Question) -> int:
    if page.key.startswith(question.key):
        return PREFIX
    if question.key in page.key:
        return INSIDE
    if any(all(word in page.key for word in reading.words) for reading in question.readings):
        return SYNONYM
    if question.units and sounds_at(page, question.units) is not None:
        return SOUND
    return 0


def spellings(question: Question, catalogue: Catalogue) -> list[str]:
    """What may have been meant: parts of titles and sayings that sound alike or differ in a
    character. At most SPELLINGS_SHOWN, the nearest first. (Names that are near are results
    already: their engine looks for them itself.)"""
    asked = question.key[:20]
    if len(asked) < 2:
        return []
    sounds = [options[0] for options in readings(asked)]
    found: dict[str, float] = {}
    for said, official in catalogue.synonyms:
        for word in (said, *official) if official else ():
            _note(found, _nearest(asked, sounds, word, [o[0] for o in readings(word)]))
    for page in catalogue.pages.values():
        if page.kind in (GUIDE, PAGE):
            _note(found, _nearest(asked, sounds, page.key, page.syllables))
    return sorted(found, key=lambda text: (found[text], len(text)))[:SPELLINGS_SHOWN]


def _note(found: dict[str, float], near: tuple[str, float] | None) -> None:
    if near and near[1] < found.get(near[0], 99):
        found[near[0]] = near[1]


def _nearest(asked: str, sounds: list[str], key: str, syllables) -> tuple[str, float] | None:
    """The part of `key` that is nearest to what was asked, and how far away it is: half for
    a character of the same sound, one for another character, missing or added."""
    size = len(asked)
    # In two characters another one is another word, unless it sounds the same.
    allowed = ONE_OF_TWO if size == 2 else max(1, size // 4)
    best: tuple[str, float] | None = None
    for width in (size, size - 1, size + 1):
        for start in range(len(syllables) - width + 1 if width >= 2 else 0):
            part = key[start : start + width]
            if part == asked:
                return None
            away = _distance(asked, sounds, part, syllables[start : start + width])
            if away <= allowed and (best is None or away < best[1]):
                best = (part, away)
    return best


def _distance(asked: str, sounds, part: str, syllables) -> float:
    costs = list(range(len(part) + 1))
    for i, character in enumerate(asked):
        before, costs[0] = costs[0], i + 1
        for j, other in enumerate(part):
            same = 0.0 if character == other else 0.5 if sounds[i] == syllables[j] else 1.0
            before, costs[j + 1] = (
                costs[j + 1],
                min(before + same, costs[j] + 1, costs[j + 1] + 1),
            )
    return costs[-1]
