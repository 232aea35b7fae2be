"""What the index of site search keeps of each document: its entry and its terms.

A term counts by the field it stands in and by the length of that field; BM25F sums what the
fields give before it saturates the sum (Robertson, Zaragoza, Taylor 2004).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import is_han, name_key, normalise, sound_key

from . import weights
from .documents import Document
from .terms import SOUND_MARK, counted, singles_of, sounds_of, terms_of, usual_syllables
from .wording import FunctionWords, Synonyms, clean_phrases

Postings = dict[str, list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document made ready to be compared. Keys are letters and characters alone."""

    document: Document
    title_key: str
    folded_title: str
    """The title key without what people leave out of names: 海幢街道 is 海幢街 to them."""
    phrases: tuple[str, ...]
    """Keys of how people ask for it, function words left out."""
    syllables: tuple[str, ...]
    """The usual reading of each character of the title."""


def entry_of(document: Document, function_words: FunctionWords) -> Entry:
    """The document with the keys by which a query is compared with it."""
    title = name_key(document.title)
    phrases = clean_phrases(document.asked)
    keys = [name_key(phrase) for phrase in phrases]
    keys += [name_key(function_words.strip(phrase)) for phrase in phrases]
    return Entry(
        document,
        title,
        title.replace("街道", "街"),
        tuple(dict.fromkeys(filter(None, keys))),
        usual_syllables(title),
    )


def postings_of(documents: Sequence[Document]) -> tuple[Postings, frozenset[str]]:
    """For each term the documents that have it with what it counts there; and the terms of
    titles, phrases and summaries."""
    fields = [_field_terms(document) for document in documents]
    average = {
        name: (sum(sum(terms[name].values()) for terms in fields) or 1) / max(1, len(documents))
        for name in weights.FIELDS
    }
    postings: Postings = defaultdict(list)
    strong: set[str] = set()
    for at, terms in enumerate(fields):
        weighted: dict[str, float] = defaultdict(float)
        for name, (weight, tempering) in weights.FIELDS.items():
            length = sum(terms[name].values())
            ratio = min(length / average[name], weights.MAX_LENGTH_RATIO)
            norm = weight / (1 - tempering + tempering * ratio)
            for term, count in terms[name].items():
                weighted[term] += norm * count
            if name != "text":
                strong.update(terms[name])
        for term, frequency in weighted.items():
            value = frequency * (1 + weights.SATURATION) / (frequency + weights.SATURATION)
            postings[term].append((at, value))
    return dict(postings), frozenset(term for term in strong if term[0] != SOUND_MARK)


def _field_terms(document: Document) -> dict[str, dict[str, int]]:
    title, summary = normalise(document.title), normalise(document.summary)
    asked = normalise(document.asked.replace("\n", " ; "))
    return {
        "title": counted((*terms_of(title), *singles_of(title), *sounds_of(title))),
        "asked": counted((*terms_of(asked), *_sounds_of_phrases(document.asked))),
        "summary": counted(terms_of(summary)),
        "text": counted(terms_of(normalise(document.text))),
    }


def _sounds_of_phrases(asked: str) -> set[str]:
    return set().union(*map(sounds_of, clean_phrases(asked)))


def by_phrase(entries: Iterable[Entry]) -> dict[str, list[int]]:
    """Positions of the entries that have a phrase, by the phrase."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        for phrase in entry.phrases:
            found[phrase].append(at)
    return dict(found)


def by_first_sounds(synonyms: Synonyms) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Sayings with their sounds, by the first two of these."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for said in synonyms.meanings:
        if len(said) > 1 and all(map(is_han, said)):
            key = tuple(sound_key((s,)) for s in usual_syllables(said))
            found[f"{key[0]} {key[1]}"].append((said, key))
    return dict(found)
