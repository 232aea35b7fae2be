"""Which tokens to look up for a query, strict ones first.

Both engines translate the same tiers, so they find the same candidates.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search.analysis import (
    Query,
    gaps,
    is_generic,
    is_han,
    loose_spelling,
    sound_key,
    spellings,
    syllable_gaps,
)
from search.analysis.names import (
    CANTONESE,
    DIGITS,
    GAPS,
    HAN,
    INITIALS,
    MAX_TOKEN,
    PINYIN,
    PINYIN_GAPS,
    SOUND,
    WHOLE,
    WHOLE_PINYIN,
)

MAX_WORDS = 5
FEW_LETTERS = 2
MAX_PIECES = 16
MAX_CONTAINED = 12
"""Longest name that is looked for inside a longer text."""


@dataclass(frozen=True)
class Lookup:
    """Tokens of one kind: those that begin with the value, or those equal to one of them."""

    kind: str
    how: Literal["prefix", "equal"]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Tier:
    """A place is a candidate if it has a token of each group.

    With `verify`, the ranking decides whether a candidate is a hit at all. `when` says
    for which outcome of the tiers before it the tier is tried: few hits, few and
    no whole name among them, or nothing.
    """

    groups: tuple[tuple[Lookup, ...], ...]
    verify: bool = False
    when: Literal["always", "few", "no_whole", "nothing"] = "always"


def prefix(kind: str, value: str) -> Lookup:
    return Lookup(kind, "prefix", (value[:MAX_TOKEN],))


def equal(kind: str, values) -> Lookup:
    return Lookup(kind, "equal", tuple(dict.fromkeys(value[:MAX_TOKEN] for value in values)))


def tiers(query: Query, resembling: bool = True) -> list[Tier]:
    """What to look up, one tier after the other until enough is found; [] for no text.

    Without `resembling` only names that hold what was typed, as it was typed.
    """
    if query.script == "empty":
        return []
    if query.script == "latin":
        return [_latin(query), *((*_cantonese(query), *_latin_near(query)) if resembling else ())]
    if query.script == "mixed":
        return [_mixed(query)]
    found = [_han(query)]
    if len(query.words) > 1:
        found.append(_words(query))
    if not resembling:
        return found
    return [*found, _same_sound(query), *_near(query), *_contained(query), *_pieces(query)]


def _han(query: Query) -> Tier:
    lookups = []
    for form in query.forms:
        lookups.append(prefix(HAN, form.key))
        lookups.append(prefix(DIGITS, form.digits))
        if form.digits != form.key:
            lookups.append(prefix(HAN, form.digits))
    return Tier((tuple(lookups),))


def _words(query: Query) -> Tier:
    return Tier(tuple((prefix(HAN, word),) for word in query.words[:MAX_WORDS]), True, "no_whole")


def _same_sound(query: Query) -> Tier:
    return Tier(
        (tuple(prefix(PINYIN, "".join(s)) for s in spellings(query.readings, limit=6)),),
        verify=True,
        when="few",
    )


def _near(query: Query) -> list[Tier]:
    lookups = []
    for form in query.forms[:3]:
        left_out = gaps(form.digits)
        if len(form.digits) >= 2:
            lookups.append(equal(GAPS, [form.digits, *left_out]))
        if left_out:
            lookups.append(equal(WHOLE, left_out))
    spelt = spellings(query.readings, limit=4)
    if len(query.key) >= 2:
        lookups += _similar(spelt)
        lookups += _syllables_near(spelt[0])
    return [Tier((tuple(lookups),), True, "no_whole")] if lookups else []


def _similar(spelt) -> list[Lookup]:
    keys = [sound_key(spelling) for spelling in spelt]
    return [equal(SOUND, keys), *(prefix(SOUND, f"{key} ") for key in keys[:1])]


def _syllables_near(spelling) -> list[Lookup]:
    left_out = syllable_gaps(spelling)
    if not left_out:
        return []
    return [
        equal(PINYIN_GAPS, ["".join(spelling), *left_out]),
        equal(WHOLE_PINYIN, left_out),
    ]


def _contained(query: Query) -> list[Tier]:
    """Whole names inside an address or sentence, then names that begin alike."""
    texts = [form.key for form in query.forms[-2:]] + [form.digits for form in query.forms[-1:]]
    parts = [
        text[start:end]
        for text in texts
        for start in range(min(len(text), 40))
        for end in range(start + 2, min(len(text), start + MAX_CONTAINED) + 1)
        if end - start < len(text)
    ]
    found = [Tier(((equal(WHOLE, parts),),), True, "nothing")] if parts else []
    if len(query.forms[-1].key) >= 4:
        found.append(Tier(((prefix(HAN, query.forms[-1].key[:2]),),), True, "nothing"))
    return found


def _pieces(query: Query) -> list[Tier]:
    """Names that have a telling pair of characters of what was asked."""
    asked = query.forms[-1].digits[:MAX_PIECES]
    pieces = ["".join(pair) for pair in pairwise(asked)]
    lookups = [
        prefix(kind, piece)
        for piece in dict.fromkeys(pieces)
        if not is_generic(piece)
        for kind in (HAN, DIGITS)
    ]
    return [Tier((tuple(lookups),), True, "nothing")] if lookups else []


def _cantonese(query: Query) -> list[Tier]:
    typed = loose_spelling(query.key)
    return [Tier(((prefix(CANTONESE, typed),),), True, "few")] if len(typed) >= 4 else []


def _latin(query: Query) -> Tier:
    """One or two letters fit inside half of all names: for them only beginnings count."""
    inside = PINYIN if len(query.letters[0]) > FEW_LETTERS else WHOLE_PINYIN
    lookups = [prefix(inside, letters) for letters in query.letters]
    if len(query.letters[0]) > 1:
        lookups += [prefix(INITIALS, letters) for letters in query.letters]
    return Tier(((*lookups, prefix(HAN, query.key)),))


def _latin_near(query: Query) -> list[Tier]:
    syllables = query.syllables
    if not syllables or len(syllables) < 2:
        return []
    lookups = [*_similar([syllables]), *_syllables_near(syllables)]
    return [Tier((tuple(lookups),), True, "no_whole")]


def _mixed(query: Query) -> Tier:
    lookups = []
    for form in query.forms:
        sounds = [
            options[0] if is_han(c) else c
            for c, options in zip(query.key, query.readings, strict=True)
        ]
        if form.key != query.key:
            sounds = sounds[query.key.find(form.key) :][: len(form.key)]
        lookups += [
            prefix(HAN, form.key),
            prefix(PINYIN, "".join(sounds)),
            prefix(INITIALS, "".join(sound[0] for sound in sounds)),
        ]
        lookups += [prefix(HAN, run) for run in _han_runs(form.key) if len(run) >= 2]
    return Tier((tuple(dict.fromkeys(lookups)),), verify=True)


def _han_runs(key: str) -> list[str]:
    return "".join(c if is_han(c) else " " for c in key).split()
