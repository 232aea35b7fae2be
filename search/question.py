"""What a citizen asked, read in every way that may find it."""

from dataclasses import dataclass

from .analysis import is_han, name_key, normalise, segment, strip_tones
from .backends.text import terms
from .catalogue import Catalogue

MAX_LENGTH = 200

# How much a result counts that was found by reading the question in this way.
AS_ASKED, WITHOUT_FILLERS, BY_SYNONYM = 1.0, 0.98, 0.92


@dataclass(frozen=True)
class Reading:
    """Words that must all be there, and how much a page that has them counts."""

    words: tuple[str, ...]
    weight: float

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Question:
    text: str
    key: str
    readings: tuple[Reading, ...]
    units: tuple[str, ...]
    """For a question with Latin letters: characters, whole syllables or initials in turn."""

    @property
    def is_blank(self) -> bool:
        return not self.key

    @property
    def words(self) -> tuple[str, ...]:
        """Every word worth highlighting, the longest first."""
        every = {word for reading in self.readings for word in reading.words}
        return tuple(sorted(every, key=len, reverse=True))


def clean(query: str) -> str:
    """The query as it may be shown again and searched: one line, at most MAX_LENGTH."""
    printable = "".join(c if c.isprintable() else " " for c in query[: MAX_LENGTH * 5])
    return " ".join(printable.split())[:MAX_LENGTH]


def read(query: str, catalogue: Catalogue) -> Question:
    text = normalise(clean(query))
    words = _words(text)
    readings = [Reading(words, AS_ASKED)]
    rest, official = text, []
    for said, meant in catalogue.synonyms:
        if said not in rest:
            continue
        without = rest.replace(said, " ")
        if meant:
            official.append(meant)
        elif not _words(without):
            continue  # Nothing but fillers: then they are what was asked.
        rest = without
    if rest != text:
        plain = _without_fillers(text, catalogue)
        readings.append(Reading(plain, WITHOUT_FILLERS))
        readings += _official(official, _words(rest))
    unique = {reading.words: reading for reading in reversed(readings) if reading.words}
    ordered = sorted(unique.values(), key=lambda reading: -reading.weight)
    return Question(text, name_key(text), tuple(ordered), _units(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(term) for term in terms(text))


def _without_fillers(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    for said, meant in catalogue.synonyms:
        if not meant and _words(text.replace(said, " ")):
            text = text.replace(said, " ")
    return _words(text)


def _official(meanings: list[tuple[str, ...]], rest: tuple[str, ...]) -> list[Reading]:
    """The official words alone, and first, a little above, with the rest of the question."""
    if not meanings:
        return []
    first = tuple(meant[0] for meant in meanings)
    alone = [Reading((word,), BY_SYNONYM - 0.04) for meant in meanings for word in meant]
    whole = [Reading(first, BY_SYNONYM - 0.02)] if len(first) > 1 else []
    return [Reading((*first, *rest), BY_SYNONYM), *whole, *alone]


def _units(text: str) -> tuple[str, ...]:
    if not any(c.isascii() and c.isalpha() for c in text):
        return ()
    units: list[str] = []
    for term in terms(strip_tones(text)):
        for token in term:
            if is_han(token[0]) or not token.isascii():
                units.append(token)
            else:
                units += segment(token) or list(token)
    return tuple(units)
