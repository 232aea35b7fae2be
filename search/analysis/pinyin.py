"""Readings of names, and spellings that people type for them."""

from collections.abc import Sequence
from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from .characters import data_lines, is_han, strip_tones

Readings = tuple[tuple[str, ...], ...]
"""For each character of a name its possible syllables, the usual one first."""

_DIGITS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
_DIGIT_SYLLABLES = {str(digit): syllable for digit, syllable in enumerate(_DIGITS)}
MAX_SPELLINGS = 12
_MAX_SYLLABLE = 6


@cache
def syllables() -> frozenset[str]:
    """Every syllable of Putonghua without tone, ü written v."""
    return frozenset(data_lines("syllables.txt"))


@cache
def _overrides() -> dict[str, tuple[str, ...]]:
    pairs = (line.split("\t") for line in data_lines("readings.txt"))
    return {character: tuple(readings.split()) for character, readings in pairs}


@lru_cache(maxsize=20_000)
def character_readings(character: str) -> tuple[str, ...]:
    """All syllables of one character; a digit or letter reads as itself too."""
    if character in _DIGIT_SYLLABLES:
        return (_DIGIT_SYLLABLES[character], character)
    if not is_han(character):
        return (character,)
    if character in _overrides():
        return _overrides()[character]
    listed = PINYIN_DICT.get(ord(character), "")
    readings = dict.fromkeys(
        to_normal(reading, v_to_u=False) for reading in listed.split(",") if reading
    )
    return tuple(r for r in readings if r in syllables()) or (character,)


def number_spelling(digits: str) -> str:
    """How a number is spoken in a name: 2 → er, 12 → shier, 20 → ershi, 1978 by its digits."""
    if len(digits) == 2 and digits[0] != "0":
        tens = "" if digits[0] == "1" else _DIGIT_SYLLABLES[digits[0]]
        return f"{tens}shi{'' if digits[1] == '0' else _DIGIT_SYLLABLES[digits[1]]}"
    return "".join(_DIGIT_SYLLABLES.get(digit, digit) for digit in digits)


@lru_cache(maxsize=2000)
def readings(key: str, romanisation: str = "") -> Readings:
    """The readings of each character of `key` (see `name_key`).

    The romanisation of the record, where it fits the characters, gives the first reading;
    else the library guesses from the words, and the district's own readings win.
    """
    possible = [character_readings(c) for c in key]
    first = align(possible, romanisation) if romanisation else None
    if first is None:
        first = _guess(key, possible)
    return tuple(
        (syllable, *(s for s in options if s != syllable))
        for syllable, options in zip(first, possible, strict=True)
    )


def _guess(key: str, possible: list[tuple[str, ...]]) -> list[str]:
    if all(len(options) == 1 for options in possible):
        return [options[0] for options in possible]
    words = lazy_pinyin(key, v_to_u=False)
    if len(words) != len(key):  # Letters and digits come back in runs.
        words = [options[0] for options in possible]
    return [
        word if word in options and c not in _overrides() else options[0]
        for c, word, options in zip(key, words, possible, strict=True)
    ]


def align(possible: Sequence[tuple[str, ...]], romanisation: str) -> list[str] | None:
    """One syllable of the romanisation for each character, or None if it does not fit.

    Known readings are preferred; a reading that no list knows is taken from the record.
    """
    letters = "".join(c for c in strip_tones(romanisation) if c.isalnum())
    best: dict[int, tuple[int, list[str]]] = {0: (0, [])}
    for options in possible:
        following: dict[int, tuple[int, list[str]]] = {}
        for at, (unknown, taken) in best.items():
            for size in range(1, _MAX_SYLLABLE + 1):
                part = letters[at : at + size]
                if len(part) < size:
                    break
                known = part in options
                if not known and part not in syllables():
                    continue
                cost = unknown + (not known)
                if at + size not in following or cost < following[at + size][0]:
                    following[at + size] = (cost, [*taken, part])
        best = following
    found = best.get(len(letters))
    return found[1] if found else None


def spellings(name: Readings, limit: int = MAX_SPELLINGS) -> list[tuple[str, ...]]:
    """The usual reading of a name, then those with one character read otherwise."""
    main = tuple(options[0] for options in name)
    found = [main]
    for at, options in enumerate(name):
        for other in options[1:]:
            found.append((*main[:at], other, *main[at + 1 :]))
            if len(found) == limit:
                return found
    return found


def segment(letters: str) -> list[str] | None:
    """Pinyin without spaces cut into whole syllables, as few as possible; None if it is not.

    >>> segment("jiangnandadao")
    ['jiang', 'nan', 'da', 'dao']
    """
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _MAX_SYLLABLE), end):
            before = best[start]
            if before is None or letters[start:end] not in syllables():
                continue
            if best[end] is None or len(before) + 1 < len(best[end]):
                best[end] = [*before, letters[start:end]]
    return best[-1]


def sound_key(spelling: Sequence[str]) -> str:
    """One key for syllables that speakers of Cantonese mix up.

    zh/z, ch/c, sh/s, n/l, h/f before u, and -n/-ng at the end.
    """
    return " ".join(_sound(syllable) for syllable in spelling)


@lru_cache(maxsize=1000)
def _sound(syllable: str) -> str:
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    elif syllable[0] == "n" and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    elif syllable.startswith("hu") and len(syllable) > 2:
        syllable = "f" + syllable[2:]
    if syllable.endswith("ng") and not syllable.endswith("ong"):
        syllable = syllable[:-1]
    return syllable
