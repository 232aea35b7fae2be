"""One score for every document: all that is known of it adds to it, nothing shuts it out.

BM25F over pairs of characters (Robertson, Zaragoza, Taylor 2004: the frequencies of the fields
are weighted and summed before they are saturated), with what strict matching tells as additions.
The index holds some hundred documents in memory, so both engines for place names answer site
search in one and the same order.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import log

from search.analysis import is_han, name_key, sound_key

from . import weights
from .documents import Document
from .indexing import Entry, by_first_sounds, by_phrase, entry_of, postings_of
from .kinds import FIGURE
from .query import SiteQuery
from .spelling import pattern_of, spelt_at
from .terms import counted, singles_of, sound, terms_of, usual_syllables
from .wording import WEAK, FunctionWords, Synonyms, kinship_pairs, runs

FIRST = 100.0
"""More than any document scores in units of the ideal."""
MIN_SPELT = 3
"""Fewer letters begin too many words."""


@dataclass(frozen=True, slots=True)
class Scored:
    """`score` orders; `confidence` says how far the query is answered: 1 for a document that
    is just what was asked for, below `weights.NEAR` it is only near."""

    entry: Entry
    score: float
    confidence: float
    ideal: float
    """The score of a document that has enough of the query in its title."""


class Index:
    """All documents of site search; made once for each state of the content."""

    def __init__(
        self, documents: Sequence[Document], synonyms: Synonyms, function_words: FunctionWords
    ):
        self.synonyms = synonyms
        self.function_words = function_words
        self.entries = [entry_of(document, function_words) for document in documents]
        self._postings, self.strong = postings_of(documents)
        # Terms of titles, phrases and summaries: what is not among them may be misspelt.
        self._rarity = {
            term: log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for term, found in self._postings.items()
        }
        self._unknown = log(1 + (len(documents) + 0.5) / 0.5)
        self._phrases = by_phrase(self.entries)
        self._sorted_phrases = sorted(self._phrases)
        self._sayings = by_first_sounds(synonyms)

    def search(self, query: SiteQuery) -> list[Scored]:
        """Every document with anything of the query, the best first."""
        if query.is_blank:
            return []
        terms, ideal = self._terms(query)
        scores: dict[int, float] = defaultdict(float)
        singles = [term for term in terms if len(term) == 1 and is_han(term)]
        for term in sorted(terms.keys() - singles) or singles:
            self._add(term, terms[term], scores)
        # A character alone finds nothing beside pairs of them, but tells more of what they found.
        if len(singles) < len(terms):
            for term in singles:
                self._add(term, terms[term], scores, only_known=True)
        self._add_bonuses(query, scores, ideal)
        # Of a long story nobody has all: its ideal is that of a question of some rare words.
        enough = min(ideal, weights.LONG * self._unknown * weights.IDEAL)
        worth = weights.KINDS
        if query.asks_how_many:
            worth = worth | {FIGURE: weights.COUNTED_FIGURE}
        found = []
        for at, score in scores.items():
            entry = self.entries[at]
            weighted = score * worth[entry.document.kind]
            found.append(Scored(entry, weighted, min(1.0, score / enough), enough))
        found.sort(key=_order)
        return found

    def at(self, url: str) -> list[Scored]:
        """The document with this address, before all others."""
        return [Scored(e, FIRST, 1.0, 1.0) for e in self.entries if url and e.document.url == url]

    def with_phrase(self, start: str) -> set[int]:
        """Which entries have a phrase that begins so."""
        found: set[int] = set()
        for phrase in islice(self._sorted_phrases, bisect_left(self._sorted_phrases, start), None):
            if not phrase.startswith(start):
                break
            found.update(self._phrases[phrase])
        return found

    def _add(
        self, term: str, weight: float, scores: dict[int, float], only_known: bool = False
    ) -> None:
        found = self._postings.get(term)
        if found:
            factor = weight * self._rarity[term]
            for at, value in found:
                if not only_known or at in scores:
                    scores[at] += factor * value

    # Terms of the query.

    def _terms(self, query: SiteQuery) -> tuple[dict[str, float], float]:
        """Weights by term, and the score of a document that has all that was typed in its title."""
        terms: dict[str, float] = {}
        ideal = 0.0
        for term in counted(terms_of(query.plain)):
            weight = weights.KINSHIP if term in kinship_pairs() else weights.AS_TYPED
            _raise(terms, term, weight)
            if term in self._rarity or not WEAK.intersection(term):
                ideal += weight * self._rarity.get(term, self._unknown)
        for single in counted(singles_of(query.plain)):
            _raise(terms, single, weights.SINGLE)
            ideal += weights.SINGLE * self._rarity.get(single, self._unknown)
        self._add_sounds(query, terms)
        for said, official in self._officials(query):
            weight = weights.SYNONYM if said else weights.AS_TYPED
            for term in terms_of(official):
                _raise(terms, term, weight)
        return terms, max(ideal, 1.0) * weights.IDEAL

    def _officials(self, query: SiteQuery) -> list[tuple[str, str]]:
        found = list(query.officials)
        for run in runs(query.plain):
            if is_han(run[0]) and len(run) > 1:
                found += self._sayings_by_sound(run)
        return found

    def _sayings_by_sound(self, run: str) -> list[tuple[str, str]]:
        """Synonyms that sound like a part of the run which no document has as it is written."""
        syllables = [sound_key((s,)) for s in usual_syllables(run)]
        found = []
        for at in range(len(syllables) - 1):
            for said, key in self._sayings.get(f"{syllables[at]} {syllables[at + 1]}", ()):
                part = run[at : at + len(key)]
                if (
                    tuple(syllables[at : at + len(key)]) == key
                    and part != said
                    and any("".join(pair) not in self.strong for pair in pairwise(part))
                ):
                    found += [(part, meant) for meant in self.synonyms.meanings[said]]
        return found

    def _add_sounds(self, query: SiteQuery, terms: dict[str, float]) -> None:
        for run in runs(query.plain):
            if not is_han(run[0]):
                continue
            syllables = usual_syllables(run)
            for at, pair in enumerate(pairwise(run[: len(syllables)])):
                if "".join(pair) not in self.strong:
                    _raise(terms, sound(*syllables[at : at + 2]), weights.SOUND)
        for first, second in pairwise(query.units):
            if len(first) > 1 and len(second) > 1:
                _raise(terms, sound(first, second), weights.AS_TYPED)

    # Strict matches.

    def _add_bonuses(self, query: SiteQuery, scores: dict[int, float], ideal: float) -> None:
        keys = {query.key: 1.0, query.plain_key: 1.0}
        size = len(query.plain_key)
        for said, official in query.officials:
            share = min(1.0, len(said) / size) if said else 0.7
            keys.setdefault(name_key(official), weights.SYNONYM * share)
        for key in (query.key, query.plain_key):
            for at in self._phrases.get(key, ()):
                scores[at] += weights.ASKED_IS_IT * ideal
        for at in list(scores):
            scores[at] += ideal * _bonus(self.entries[at], keys, query.plain_key)
        pattern = pattern_of(query.text)
        if len(pattern) >= MIN_SPELT:
            for at, entry in enumerate(self.entries):
                found = spelt_at(pattern, entry.title_key, entry.syllables)
                if found:
                    bonus = weights.TITLE_SOUNDS + _part_of_title(*found, len(entry.syllables))
                    scores[at] += ideal * bonus


def _order(scored: Scored) -> tuple:
    document = scored.entry.document
    dated = document.dated.toordinal() if document.dated else 0
    return (-round(scored.score, 6), -dated, document.key)


def _raise(terms: dict[str, float], term: str, weight: float) -> None:
    if terms.get(term, 0) < weight:
        terms[term] = weight


def _part_of_title(start: int, end: int, length: int) -> float:
    """What it adds that this part of a title was typed."""
    share = (end - start) / length
    if share == 1:
        return weights.TITLE_IS_IT
    found = weights.TITLE_HAS_IT if start else weights.TITLE_BEGINS
    return found + weights.SHARE_OF_TITLE * share


def _bonus(entry: Entry, keys: dict[str, float], plain: str) -> float:
    """The best strict match of the title, and that of a phrase."""
    best = 0.0
    title = entry.title_key
    for key, weight in keys.items():
        if len(key) < 2 or key not in title:
            continue
        start = title.index(key)
        best = max(best, weight * _part_of_title(start, start + len(key), len(title)))
    asked = 0.0
    if len(plain) > 2:
        for phrase in entry.phrases:
            if len(phrase) > 2 and phrase in plain:
                asked = max(asked, weights.ASKED_HAS_IT * len(phrase) / len(plain))
            elif plain in phrase:
                asked = max(asked, weights.ASKED_HAS_IT * len(plain) / len(phrase))
    return best + asked
