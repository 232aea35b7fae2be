"""Terms of documents and queries: pairs of characters, single characters, Latin words, sounds.

A sound is a pair of syllables without tone in which those are one that speakers of Cantonese
mix up (`search.analysis.sound_key`); it is marked by SOUND so that it is no other term.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from search.analysis import is_han, readings, sound_key

from .wording import runs

SOUND_MARK = "~"
MAX_SPELT = 80
MAX_OPTIONS = 2
"""Readings of one character that are indexed: the usual one and the next."""


@lru_cache(maxsize=4096)
def terms_of(text: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters and Latin words of a normalised text, in their order.

    >>> terms_of("结婚登记 app")
    ('结婚', '婚登', '登记', 'app')
    """
    return tuple(_terms(text))


def _terms(text: str) -> Iterator[str]:
    for run in runs(text):
        if not is_han(run[0]):
            yield run
        elif len(run) == 1:
            continue
        else:
            yield from map("".join, pairwise(run))


def singles_of(text: str) -> list[str]:
    """The Chinese characters of a text, one by one."""
    return [character for character in text if is_han(character)]


def sound(first: str, second: str) -> str:
    """The term of two syllables."""
    return SOUND_MARK + sound_key((first, second))


@lru_cache(maxsize=8192)
def sounds_of(text: str) -> frozenset[str]:
    """Sounds of each pair of neighbours of a normalised text, in all usual readings."""
    found: set[str] = set()
    for run in runs(text[:MAX_SPELT]):
        if is_han(run[0]):
            options = [each[:MAX_OPTIONS] for each in readings(run)]
            for before, after in pairwise(options):
                found.update(sound(*pair) for pair in product(before, after))
    return frozenset(found)


def initials_of(syllables: Sequence[str]) -> str:
    return "".join(syllable[0] for syllable in syllables)


@lru_cache(maxsize=8192)
def usual_syllables(text: str) -> tuple[str, ...]:
    """The usual reading of each character of a key."""
    return tuple(options[0] for options in readings(text[:MAX_SPELT]))


def counted(terms: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for term in terms:
        counts[term] = counts.get(term, 0) + 1
    return counts
