"""Whether a name answers a query in Latin letters: pinyin, initials, or nearly so."""

from search.analysis import Name, Query, loose_spelling, spellings

from .edits import one_edit, sounds_similar, syllables_alike
from .spelling import consumed, written
from .weights import (
    CANTONESE,
    CANTONESE_INSIDE,
    CANTONESE_PREFIX,
    CANTONESE_SPECIFIC,
    EDITS,
    INITIALS,
    INITIALS_INSIDE,
    INITIALS_PREFIX,
    OTHER_READING,
    OTHER_SYLLABLES,
    PINYIN,
    PINYIN_INSIDE,
    PINYIN_PREFIX,
    PINYIN_SPECIFIC,
    SIMILAR_SOUND,
    SOUND_EDIT,
    WEIGHTS,
    Found,
)

MIN_CANTONESE = 4
"""Fewer letters begin too many syllables."""


def judge_latin(query: Query, name: Name) -> Found:
    as_typed = written(query.key, query.key, name)
    best: Found = (as_typed, 0) if as_typed else None
    for letters in query.letters:
        for found in (_spelt(letters, name), _abbreviated(letters, name)):
            if found and (best is None or _points(found) > _points(best)):
                best = found
    if best:
        if len(query.spaced) > 1 and best[0] in (PINYIN, PINYIN_PREFIX, PINYIN_INSIDE):
            syllables = query.syllables
            if syllables and len(syllables) > len(name.readings):
                return best[0], best[1] + OTHER_SYLLABLES
        return best
    if cantonese := _cantonese(query, name):
        return cantonese
    syllables = query.syllables
    if not syllables or len(syllables) < 2:
        return None
    if sounds_similar(syllables, name):
        return SIMILAR_SOUND, 0
    if edit := one_edit(tuple(syllables), name.spelling, syllables_alike):
        return SOUND_EDIT, EDITS[edit]
    return None


def _cantonese(query: Query, name: Name) -> Found:
    """Jyutping, with tones or without, or an older way to romanise Cantonese."""
    typed = loose_spelling(query.key)
    if len(typed) < MIN_CANTONESE:
        return None
    if name.key.isascii():
        return (CANTONESE, 0) if loose_spelling(name.key) == typed else None
    for number, syllables in enumerate(spellings(name.cantonese)):
        deduction = OTHER_READING if number else 0
        for start in range(len(syllables)):
            rest = loose_spelling("".join(syllables[start:]))
            if not rest.startswith(typed):
                continue
            if start:
                return CANTONESE_INSIDE, deduction
            if rest == typed:
                return CANTONESE, deduction
            specific = loose_spelling("".join(syllables[: len(name.specific)]))
            kind = CANTONESE_SPECIFIC if specific == typed else CANTONESE_PREFIX
            return kind, deduction
    return None


def _points(found: tuple[str, int]) -> int:
    return WEIGHTS[found[0]][0] - found[1]


def _spelt(letters: str, name: Name) -> Found:
    readings = name.readings
    for start in range(len(readings)):
        if not any(option[0] == letters[0] for option in readings[start]):
            continue
        end = consumed(letters, name, start)
        if end is None:
            continue
        usual = "".join(name.spelling[start:]).startswith(letters)
        deduction = 0 if usual else OTHER_READING
        if start:
            return PINYIN_INSIDE, deduction
        if end == len(readings):
            return PINYIN, deduction
        return (PINYIN_SPECIFIC if end == len(name.specific) else PINYIN_PREFIX), deduction
    return None


def _abbreviated(letters: str, name: Name) -> Found:
    initials = name.initials
    if letters == initials:
        return INITIALS, 0
    if initials.startswith(letters):
        return INITIALS_PREFIX, 0
    if letters in initials:
        return INITIALS_INSIDE, 0
    for start in range(len(name.readings) - len(letters) + 1):
        if all(
            any(option[0] == letter for option in options)
            for letter, options in zip(letters, name.readings[start:], strict=False)
        ):
            if start:
                return INITIALS_INSIDE, OTHER_READING
            whole = len(letters) == len(name.readings)
            return (INITIALS if whole else INITIALS_PREFIX), OTHER_READING
    return None
