"""Whether a spelling is Hanyu Pinyin of a text: a syllable for each character."""

import re
from collections.abc import Iterator
from functools import cache

from pypinyin.pinyin_dict import pinyin_dict

from place_names.tones import without_tones

HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_NUMERALS = "〇零一二三四五六七八九十百"
_PIECES = re.compile(f"[{_NUMERALS}]+|.", re.DOTALL)
_DIGITS = re.compile("[0-9]+")
_VOWEL = re.compile("[aeiouüê]")
_LONGEST = 6


@cache
def _known() -> frozenset[str]:
    """Every syllable that a character has, in lower case without tones."""
    written = (each for readings in pinyin_dict.values() for each in readings.split(","))
    return frozenset(plain for each in written if _VOWEL.search(plain := without_tones(each)))


def is_syllable(text: str) -> bool:
    return without_tones(text).casefold() in _known()


def reads(text: str, spelling: str) -> bool:
    """Whether the spelling has a syllable for each Chinese character of the text, and its letters
    and digits as they are. Numerals may be digits, as in names of lanes: 二巷, 2 Xiàng."""
    written = "".join(filter(str.isalnum, without_tones(spelling).casefold()))
    ends = {0}
    for piece in _PIECES.findall("".join(filter(str.isalnum, text.casefold()))):
        digits = {
            match.end()
            for end in ends
            if piece[0] in _NUMERALS and (match := _DIGITS.match(written, end))
        }
        for character in piece:
            ends = {after for end in ends for after in _after(character, written, end)}
        ends |= digits
    return len(written) in ends


def _after(character: str, written: str, start: int) -> Iterator[int]:
    """Where the spelling of a character may end that starts there."""
    if not HAN.match(character) and character not in _NUMERALS:
        if written.startswith(character, start):
            yield start + len(character)
        return
    for end in range(start + 1, min(start + _LONGEST, len(written)) + 1):
        if written[start:end] in _known():
            yield end
