"""How a name sounds: toneless Pinyin over all readings, and Jyutping."""

from functools import lru_cache
from itertools import islice, product

from place_names.names.romanisation import plain, syllables
from search.analysis.jyutping import cantonese_readings
from search.analysis.pinyin import character_readings, sound_key

MAX_SPELLINGS = 64
"""Of a name with many characters of several readings the first are compared."""


@lru_cache(maxsize=20_000)
def usual(text: str) -> tuple[str, ...]:
    """Syllables without tones as the gazetteer reads them, one a character."""
    return tuple(plain(syllable).lower() for syllable in syllables(text))


@lru_cache(maxsize=20_000)
def mandarin(text: str) -> tuple[str, ...]:
    """Every way to read the text, the usual one first."""
    first = usual(text)
    options = [character_readings(character) for character in text]
    if len(first) == len(options):
        options = [
            tuple(dict.fromkeys((head, *rest))) for head, rest in zip(first, options, strict=True)
        ]
    return _spellings(options)


@lru_cache(maxsize=20_000)
def cantonese(text: str) -> tuple[str, ...]:
    """The same in Jyutping."""
    return _spellings(cantonese_readings(text))


@lru_cache(maxsize=20_000)
def near(text: str) -> str:
    """Equal for texts that speakers of Cantonese mix up in Putonghua."""
    return sound_key(usual(text))


def _spellings(options) -> tuple[str, ...]:
    return tuple(" ".join(each) for each in islice(product(*options), MAX_SPELLINGS))
