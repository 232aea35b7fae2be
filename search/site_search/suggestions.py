"""What to offer while a citizen is still typing, and what else may have been meant."""

from dataclasses import dataclass
from itertools import pairwise

from search.analysis import name_key

from . import weights
from .catalogue import Catalogue
from .indexing import Entry
from .kinds import GUIDE, LABELS, PAGE
from .query import SiteQuery
from .scoring import Index
from .sources import sources
from .spelling import pattern_of, spelt_at
from .terms import usual_syllables

DOCUMENTS_SHOWN, NAMES_SHOWN, SPELLINGS_SHOWN = 5, 5, 3
PREFIX, INSIDE, ASKED, SYNONYM, SPELT_FROM_START, SPELT = 40, 32, 30, 28, 26, 20
ONE_OF_TWO = 0.5
MAX_SPELT = 8
"""In a longer query it is not plain which word is misspelt."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    items: tuple[Suggestion, ...]


def suggest(query: SiteQuery, known: Catalogue) -> list[Group]:
    """Groups of suggestions, documents first, empty groups left out.

    Names of places that only sound like what was typed are not offered beside a document.
    """
    if query.is_blank:
        return []
    documents = [
        Suggestion(entry.document.title, entry.document.url, entry.document.kind_label)
        for entry in _entries(query, known.index)[:DOCUMENTS_SHOWN]
    ]
    for promotion in reversed(_best_bets(query, known)):
        documents = [promotion, *(each for each in documents if each.url != promotion.url)]
    groups = [Group("办事和政策", tuple(documents[:DOCUMENTS_SHOWN]))]
    for source in sources():
        hits = source.suggest(query.text, NAMES_SHOWN, resembling=not documents)
        if documents:
            hits = [hit for hit in hits if hit.score >= weights.GOOD_HIT]
        items = tuple(Suggestion(hit.title, hit.url, hit.note) for hit in hits)
        groups.append(Group(LABELS[source.kind], items))
    return [group for group in groups if group.items]


def _best_bets(query: SiteQuery, known: Catalogue) -> list[Suggestion]:
    """What the editors recommend for a query that begins like this one."""
    if len(query.key) < 2:
        return []
    return [
        Suggestion(promotion.title, promotion.url, "推荐")
        for text, promotions in sorted(known.promotions.items())
        if text.startswith(query.text)
        for promotion in promotions
    ]


def _entries(query: SiteQuery, index: Index) -> list[Entry]:
    pattern = pattern_of(query.text)
    officials = tuple({name_key(official) for _, official in query.officials})
    asked = index.with_phrase(query.key)
    ranked = []
    for at, entry in enumerate(index.entries):
        close = _closeness(entry, query.key, at in asked, officials, pattern)
        if close:
            ranked.append((-close * weights.KINDS[entry.document.kind], entry))
    ranked.sort(key=lambda pair: (pair[0], len(pair[1].title_key), pair[1].document.key))
    return [entry for _, entry in ranked]


def _closeness(
    entry: Entry, key: str, is_asked: bool, officials: tuple[str, ...], pattern: str
) -> float:
    if entry.title_key.startswith(key) or entry.folded_title.startswith(key):
        return PREFIX
    if key in entry.title_key or key in entry.folded_title:
        return INSIDE
    if is_asked:
        return ASKED
    if any(official in entry.title_key for official in officials):
        return SYNONYM
    if pattern:
        found = spelt_at(pattern, entry.title_key, entry.syllables)
        if found:
            return SPELT if found[0] else SPELT_FROM_START
    return 0


def spellings(query: SiteQuery, known: Catalogue) -> list[str]:
    """What may have been meant: words of titles and phrases that sound alike or differ in a
    character, the nearest first, at most SPELLINGS_SHOWN. Nothing where all that was typed is
    known on this site."""
    asked = query.plain_key
    index = known.index
    if not 2 <= len(asked) <= MAX_SPELT or all(
        "".join(pair) in index.strong for pair in pairwise(asked)
    ):
        return []
    sounds = usual_syllables(asked)
    found: dict[str, float] = {}
    for word in index.synonyms.meanings:
        _note(found, _nearest(asked, sounds, word, usual_syllables(word)))
    for entry in index.entries:
        if entry.document.kind in (GUIDE, PAGE):
            _note(found, _nearest(asked, sounds, entry.title_key, entry.syllables))
    nearest = min(found.values(), default=0)
    best = [text for text, away in found.items() if away == nearest]
    return sorted(best, key=lambda text: (len(text), text))[:SPELLINGS_SHOWN]


def _note(found: dict[str, float], near: tuple[str, float] | None) -> None:
    if near and near[1] < found.get(near[0], 99):
        found[near[0]] = near[1]


def _nearest(asked: str, sounds, key: str, syllables) -> tuple[str, float] | None:
    """The part of `key` that is nearest to what was asked, and how far away it is: half for
    a character of the same sound, one for another character, missing or added."""
    size = len(asked)
    if size > 2 and len(set(sounds).intersection(syllables)) < size // 2:
        return None
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
