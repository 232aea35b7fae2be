"""Cantonese readings of names, and one loose spelling for the ways to romanise them."""

import re
from functools import cache, lru_cache

import ToJyutping

from .characters import data_lines, is_han


@cache
def _overrides() -> dict[str, str]:
    pairs = (line.split("\t") for line in data_lines("cantonese_readings.txt"))
    return dict(pairs)


@cache
def _others() -> dict[str, tuple[str, ...]]:
    pairs = (line.split("\t") for line in data_lines("cantonese_second_readings.txt"))
    return {character: tuple(said.split(" ")) for character, said in pairs}


@lru_cache(maxsize=2000)
def jyutping(key: str) -> tuple[str, ...]:
    """Syllables in Jyutping without tones, one for each character of a name key; what is no
    Chinese character stands for itself.

    >>> jyutping("沥滘村")
    ('lik', 'gaau', 'cyun')
    """
    words = dict.fromkeys(key)
    read = [syllable for _, syllable in ToJyutping.get_jyutping_list(key)]
    if len(read) != len(key):  # Letters and digits may come back in runs.
        read = [ToJyutping.get_jyutping_list(c)[0][1] for c in key]
    overrides = {c: _overrides()[c] for c in words if c in _overrides()}
    return tuple(
        overrides.get(c) or (syllable.split(" ")[0][:-1] if syllable and is_han(c) else c)
        for c, syllable in zip(key, read, strict=True)
    )


def cantonese_readings(key: str) -> tuple[tuple[str, ...], ...]:
    """For each character of a name key its syllables in Jyutping, the usual one first; those
    that `loose_spelling` does not tell apart only once.

    >>> cantonese_readings("马涌")
    (('maa',), ('cung', 'jung'))
    """
    found = []
    for character, usual in zip(key, jyutping(key), strict=True):
        options = {loose_spelling(usual): usual}
        for other in _others().get(character, ()):
            options.setdefault(loose_spelling(other), other)
        found.append(tuple(options.values()))
    return tuple(found)


# Jyutping, the spelling of the Hong Kong government, Wade's and the Post Office's write the same
# sounds in other letters. What they do not tell apart is made one, in this order.
_FOLDED = (
    (re.compile("[^a-z]"), ""),
    (re.compile("tz|ts|dz|ch|z"), "c"),
    (re.compile("sh"), "s"),
    (re.compile("wh"), "w"),
    (re.compile("jyu|yue|yu|ue"), "u"),
    (re.compile("j"), "y"),
    (re.compile("b"), "p"),
    (re.compile("d"), "t"),
    (re.compile("g"), "k"),
    (re.compile("nk"), "ng"),
    (re.compile("ow"), "au"),
    (re.compile("oe|eo|eu|oo"), "u"),
    (re.compile("ou|oa"), "o"),
    (re.compile("ee"), "i"),
    (re.compile("aa+"), "a"),
    (re.compile("ck|kk"), "k"),
)


@lru_cache(maxsize=20_000)
def loose_spelling(letters: str) -> str:
    """One spelling for letters that romanise Cantonese in any usual way.

    >>> loose_spelling("lik6 gaau3") == loose_spelling("Lik Kau")
    True
    """
    found = letters.lower()
    for pattern, folded in _FOLDED:
        found = pattern.sub(folded, found)
    return found
