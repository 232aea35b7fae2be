"""Whether a name answers a query in Chinese characters: as written, as heard (homophones),
misspelt, or contained."""

from search.analysis import Name, Query, is_generic, sound_key
from search.analysis.pinyin import character_readings

from .edits import one_edit, sounds_similar, syllables_alike
from .spelling import written
from .weights import (
    CONTAINED,
    EDITS,
    ONE_EDIT,
    PIECES,
    SAME_SOUND,
    SAME_SPECIFIC,
    SCATTERED,
    SHORTENED,
    SIMILAR_SOUND,
    SOUND_EDIT,
    SOUND_INSIDE,
    SOUND_PREFIX,
    WORDS,
    Found,
)

SCATTERED_FROM = 4
"""Fewer characters than that fit too many names."""


def judge_han(query: Query, name: Name) -> Found:
    for form in query.forms:
        if found := written(form.key, form.digits, name):
            return found, SHORTENED if form.shortened else 0
    if len(query.words) > 1 and all(word in name.key for word in query.words):
        return WORDS, 0
    return (
        _heard(query, name)
        or _misspelt(query, name)
        or _contained(query, name)
        or _scattered(query, name)
        or _same_specific(query, name)
        or _pieces(query, name)
    )


def _heard(query: Query, name: Name) -> Found:
    asked, spoken = query.readings, name.readings
    for start in range(len(spoken) - len(asked) + 1):
        if all(not set(a).isdisjoint(s) for a, s in zip(asked, spoken[start:], strict=False)):
            if start:
                return SOUND_INSIDE, 0
            return (SAME_SOUND if len(asked) == len(spoken) else SOUND_PREFIX), 0
    return None


def _misspelt(query: Query, name: Name) -> Found:
    for form in query.forms:
        if edit := one_edit(form.digits, name.digits, _sound_alike):
            return ONE_EDIT, EDITS[edit] + (SHORTENED if form.shortened else 0)
    asked = tuple(options[0] for options in query.readings)
    if len(asked) < 2:
        return None
    if sounds_similar(asked, name):
        return SIMILAR_SOUND, 0
    if edit := one_edit(asked, name.spelling, syllables_alike):
        return SOUND_EDIT, EDITS[edit]
    return None


def _contained(query: Query, name: Name) -> Found:
    """A whole name inside what was asked, if it is a good part of it."""
    size = len(name.key)
    for form in query.forms:
        inside = name.key in form.key or name.digits in form.digits
        if inside and size >= 2 and (size >= 3 or size * 5 >= len(form.key) * 3):
            return CONTAINED, max(0, 30 - 3 * size)
    return None


def _scattered(query: Query, name: Name) -> Found:
    """All characters in their order: 广州六中 for 广州市第六中学."""
    asked, written = query.forms[-1].digits, name.digits
    if not SCATTERED_FROM <= len(asked) < len(written) or asked[0] != written[0]:
        return None
    rest = iter(written)
    return (SCATTERED, 0) if all(c in rest for c in asked) else None


def _same_specific(query: Query, name: Name) -> Found:
    """Its specific part begins what was asked, which ends like it: 南田路 for 南田二马路."""
    asked, specific = query.forms[-1].key, name.specific
    alike = len(specific) >= 2 and asked.startswith(specific) and asked[-1] == name.key[-1]
    return (SAME_SPECIFIC, 0) if alike else None


def _pieces(query: Query, name: Name) -> Found:
    """Half of what was asked, in pairs of characters, one of which tells places apart."""
    asked = query.forms[-1].digits
    held = name.digits
    covered: set[int] = set()
    tells = False
    for at in range(len(asked) - 1):
        piece = asked[at : at + 2]
        if piece in held:
            covered |= {at, at + 1}
            tells = tells or not is_generic(piece)
    if not tells or len(covered) * 2 < len(asked):
        return None
    return PIECES, round(100 * (1 - len(covered) / len(asked)))


def _sound_alike(asked: str, written: str) -> bool:
    heard = {sound_key([r]) for r in character_readings(asked)}
    return any(sound_key([r]) in heard for r in character_readings(written))
