"""How a name sounds: toneless Pinyin over all readings, and Jyutping."""

from collections import Counter, defaultdict
from functools import cache, lru_cache, partial
from itertools import islice, product

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

from place_names.names.romanisation import plain, syllables
from search.analysis.jyutping import cantonese_readings
from search.analysis.pinyin import character_readings, sound_key

MAX_SPELLINGS = 64
"""Of a name with many characters of several readings the first are compared."""
IN_USE = 0.03
"""The share of a character's words in which a reading is heard: 景 is yǐng in 2 of 100, 番 pān in 4."""


@lru_cache(maxsize=20_000)
def usual(text: str) -> tuple[str, ...]:
    """Syllables without tones as the gazetteer reads them, one a character."""
    return tuple(plain(syllable).lower() for syllable in syllables(text))


@lru_cache(maxsize=20_000)
def mandarin(text: str) -> tuple[str, ...]:
    """Every way to read the text that is in use, the usual one first."""
    first = usual(text)
    options = [_in_use(character) for character in text]
    if len(first) == len(options):
        options = [
            tuple(dict.fromkeys((head, *rest))) for head, rest in zip(first, options, strict=True)
        ]
    return _spellings(options)


def _in_use(character: str) -> tuple[str, ...]:
    """The readings without those that only old texts have, as far as words tell."""
    found = character_readings(character)
    heard = _heard().get(character)
    if not heard:
        return found
    least = heard.total() * IN_USE
    return tuple(reading for reading in found if heard[reading] >= least) or found


@cache
def _heard() -> dict[str, Counter]:
    """How often each character is read so in the words of pypinyin's dictionary."""
    counted: dict[str, Counter] = defaultdict(Counter)
    plain_of = cache(partial(to_normal, v_to_u=False))  # 200,000 syllables, 1,500 different ones
    for word, readings in phrases_dict.items():
        if len(word) == len(readings):
            for character, (reading, *_) in zip(word, readings, strict=True):
                counted[character][plain_of(reading)] += 1
    return dict(counted)


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
