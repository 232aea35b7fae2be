"""The tokens under which a name is found. Both engines store exactly these."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .characters import name_key
from .jyutping import cantonese_readings, loose_spelling
from .numerals import digit_form
from .pinyin import Readings, readings, sound_key, spellings

MAX_TOKEN = 60
"""Longer tokens are cut; the ranking compares whole names."""
MAX_NAME = 60

# Kinds of token. One letter each, because an index of a million names repeats them.
HAN = "h"  # the name from each of its characters on
DIGITS = "d"  # the same with numbers as digits, where that differs
PINYIN = "p"  # joined pinyin from each character on
INITIALS = "i"  # initials from each character on
WHOLE = "w"  # the whole name, and its digit form
WHOLE_PINYIN = "x"  # the whole name in pinyin
GAPS = "g"  # the whole name with one character left out
PINYIN_GAPS = "q"  # its pinyin with one syllable left out
SOUND = "s"  # syllables that are easily mixed up, made one
CANTONESE = "j"  # loose Cantonese spelling from each character on
KINDS = {
    HAN: "han",
    DIGITS: "digits",
    PINYIN: "pinyin",
    INITIALS: "initials",
    WHOLE: "whole",
    WHOLE_PINYIN: "whole_pinyin",
    GAPS: "gaps",
    PINYIN_GAPS: "pinyin_gaps",
    SOUND: "sound",
    CANTONESE: "cantonese",
}


@dataclass(frozen=True)
class Name:
    """One name of a place, ready to be compared.

    `kind` is "standard" or a kind of variant; `label` how that kind is called in results;
    `specific` the key of the specific part (专名), where known; `shown` the name as written.
    An index keeps the key, and the readings of each character as one string.
    """

    shown: str
    kind: str = "standard"
    label: str = ""
    specific: str = ""
    romanisation: str = field(default="", compare=False)
    stored_key: str = field(default="", compare=False)
    stored_readings: list[str] | None = field(default=None, compare=False)
    stored_cantonese: str = field(default="", compare=False)

    @cached_property
    def key(self) -> str:
        if self.stored_key:
            return self.stored_key
        key = name_key(self.shown)[:MAX_NAME]
        # A dialect reading is written in letters with tone numbers that nobody types.
        return "".join(c for c in key if not c.isdigit()) if self.kind == "dialect" else key

    @cached_property
    def digits(self) -> str:
        return digit_form(self.key)

    @cached_property
    def readings(self) -> Readings:
        if self.stored_readings is not None:
            return tuple(tuple(options.split(" ")) for options in self.stored_readings)
        return readings(self.key, self.romanisation)

    @cached_property
    def cantonese(self) -> Readings:
        """Jyutping of each character without tones, the usual reading first."""
        if self.stored_cantonese:
            return tuple(tuple(each.split("/")) for each in self.stored_cantonese.split(" "))
        return cantonese_readings(self.key)

    @cached_property
    def spelling(self) -> tuple[str, ...]:
        return tuple(options[0] for options in self.readings)

    @cached_property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.spelling)


def name_tokens(name: Name) -> set[tuple[str, str]]:
    """Pairs (kind, token)."""
    return {(kind, token[:MAX_TOKEN]) for kind, token in _tokens(name) if token}


def _tokens(name: Name) -> Iterator[tuple[str, str]]:
    key, digits = name.key, name.digits
    yield WHOLE, key
    if key.isascii():
        yield HAN, key
        yield CANTONESE, loose_spelling(key)
        return
    for suffix in _suffixes(key):
        yield HAN, suffix
    if digits != key:
        yield WHOLE, digits
        for suffix in _suffixes(digits):
            yield DIGITS, suffix
    for gap in gaps(digits):
        yield GAPS, gap
    usual_cantonese, *others_cantonese = spellings(name.cantonese)
    for at in range(len(usual_cantonese)):
        yield CANTONESE, loose_spelling("".join(usual_cantonese[at:]))
    for spelling in others_cantonese:
        for at in range(_first_difference(spelling, usual_cantonese) + 1):
            yield CANTONESE, loose_spelling("".join(spelling[at:]))
    usual, *others = spellings(name.readings)
    yield from _spelt(usual, len(usual))
    yield SOUND, sound_key(usual)
    for gap in syllable_gaps(usual):
        yield PINYIN_GAPS, gap
    for number, spelling in enumerate(others):
        # Behind the character that is read otherwise everything is as usual.
        yield from _spelt(spelling, _first_difference(spelling, usual) + 1)
        if number == 0:
            yield SOUND, sound_key(spelling)


def _first_difference(spelling: tuple[str, ...], usual: tuple[str, ...]) -> int:
    return next(at for at, syllable in enumerate(spelling) if syllable != usual[at])


def _spelt(spelling: tuple[str, ...], until: int) -> Iterator[tuple[str, str]]:
    """Pinyin and initials from each of the first characters on."""
    initials = "".join(syllable[0] for syllable in spelling)
    yield WHOLE_PINYIN, "".join(spelling)
    for at in range(until):
        joined = "".join(spelling[at:])
        yield PINYIN, joined
        if "v" in joined:
            yield PINYIN, joined.replace("v", "u")
        yield INITIALS, initials[at:]


def _suffixes(text: str) -> Iterator[str]:
    for at in range(len(text)):
        yield text[at:]


def gaps(text: str) -> list[str]:
    """The text with one character left out, for each of its characters; from three on.

    Two texts that differ by one wrong, missing, added or swapped character share one.
    """
    if not 3 <= len(text) <= MAX_TOKEN:
        return []
    return list(dict.fromkeys(text[:at] + text[at + 1 :] for at in range(len(text))))


def syllable_gaps(spelling: tuple[str, ...] | list[str]) -> list[str]:
    """The joined pinyin with one syllable left out, for names of three syllables and more."""
    if not 3 <= len(spelling) <= MAX_TOKEN // 2:
        return []
    return list(
        dict.fromkeys("".join((*spelling[:at], *spelling[at + 1 :])) for at in range(len(spelling)))
    )
