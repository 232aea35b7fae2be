"""What is not certain in the spelling of a name, and why.

A reading is certain where an entry of ``data/readings.csv`` marked ``high`` or an officer tells
it, or where its characters are read in one way only. How a name is divided is certain where the
rules of 1984 say so; where they leave it open, the rule is named.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.seg.mmseg import seg

from place_names.syllables import HAN
from place_names.tones import without_tones

from .romanisation import ROADS, file_rows, pieces, romanise, split_name, syllables

RULES = "《中国地名汉语拼音字母拼写规则（汉语地名部分）》"
READINGS = f"{RULES}第8条：多音字和方言字按普通话审音委员会审定的读音"
IN_USE = 0.1
"""The share of a character's words in which a reading is heard, for it to count as one."""
CERTAIN = "high"
MAX_CANDIDATES = 4

_ROAD_IN_SPECIFIC = re.compile(
    r"(?:[路街里坊巷约道]|大道|马路|大街)[东西南北中前后左右]?[一二三四五六七八九十]*[路街巷里坊]$"
)
_QUALIFIED = re.compile(r"[东西南北中首]约|新庄|旧庄")
_NUMERALS = "一二三四五六七八九十百"
_NUMBER_OR_NAME = re.compile(rf"^(?:第[{_NUMERALS}]|[{_NUMERALS}]+[路街巷里坊]$)|.第[{_NUMERALS}]")
_FOREIGN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True)
class Doubt:
    """``about`` is the text that an officer decides on, ``source`` what leaves it open."""

    about: str
    reason: str
    source: str
    candidates: tuple[str, ...] = ()
    proposed: str = ""
    """What the generator writes: syllables of the text, or the whole name."""

    def __str__(self):
        choices = f"可作{'、'.join(self.candidates)}。" if self.candidates else ""
        return f"“{self.about}”：{self.reason}。{choices}依据：{self.source}"


def doubts(name, romanisation, specific="", generic="", category="", decided=None):
    """The doubts about a name as it is registered; none where an officer has decided on it.

    ``decided`` are readings by text, syllables apart, and whole names as they are written.
    """
    decided = decided or {}
    if name in decided:
        written = decided[name]
        return [] if romanisation == written else [_differs(name, romanisation, written, True)]
    if not specific:
        specific, generic = split_name(name, category)
    words = {text: reading for text, reading in decided.items() if reading.islower()}
    whole = file_rows().get(name)
    found = []
    told_of = _told_in(name, words)
    written = romanise(name, specific, generic, category, own=told_of)
    if romanisation and romanisation != written:
        found.append(_differs(name, romanisation, written, bool(told_of)))
    if whole and whole["kind"] == "name":
        if whole["certainty"] != CERTAIN:
            found.append(Doubt(name, f"读音或分写只是推断：{whole['source']}", READINGS))
        return found
    told = tuple(sorted(told_of.items()))
    found += _reading_doubts(specific or name, told)
    found += _division_doubts(name, category)
    return found


def _told_in(name, words):
    """The decided readings that a name needs; most need none."""
    return {text: reading for text, reading in words.items() if text in name}


def _differs(name, romanisation, written, is_decided):
    by, source = ("已定的拼写", "拼写的决定") if is_decided else ("规则", RULES)
    reason = f"登记为“{romanisation}”，按{by}写作“{written}”"
    return Doubt(name, reason, source, (written,), written)


@lru_cache(maxsize=50_000)
def _reading_doubts(text, told):
    decided = {piece for piece, _ in told}
    found = []
    proposed = " ".join(syllables(text, told))
    for piece, read, known in pieces(text, told):
        if piece in decided:
            continue
        if known:
            row = file_rows()[piece]
            if row["certainty"] != CERTAIN:
                reason = f"“{piece}”读{row['reading']}只是推断（{row['source']}）"
                found.append(Doubt(text, reason, READINGS, (), proposed))
            continue
        for character, reading, readings in _open_readings(piece, read):
            reason = f"“{character}”有几种读音，这里按{reading}"
            found.append(Doubt(text, reason, READINGS, readings, proposed))
    return tuple(found[:MAX_CANDIDATES])


def _open_readings(piece, read):
    """(character, the reading chosen, all readings) of those that no word of a dictionary tells."""
    position = 0
    for word in seg.cut(piece):
        if len(word) == 1 and position < len(read) and HAN.match(word):
            readings = readings_in_use(word)
            if len(readings) > 1:
                yield word, read[position], readings
        position += len(word)


@cache
def readings_in_use(character):
    """The readings of a character, with tones, that are heard in a good part of its words."""
    found = [
        each for each in pinyin(character, style=Style.TONE, heteronym=True)[0] if _toned(each)
    ]
    heard = _heard().get(character)
    if not heard or not found:
        return tuple(found)
    least = heard.total() * IN_USE
    return tuple(each for each in found if heard[each] >= least) or tuple(found[:1])


def _toned(reading):
    """Neutral tones are those of words; a place name gives each syllable its own tone."""
    return without_tones(reading) != reading


@cache
def _heard():
    counted = defaultdict(Counter)
    for word, readings in phrases_dict.items():
        if len(word) == len(readings):
            for character, (reading, *_) in zip(word, readings, strict=True):
                counted[character][reading] += 1
    return dict(counted)


def _division_doubts(name, category):
    if _FOREIGN.search(name):
        yield Doubt(
            name,
            "含外文字母或者数字，规则没有规定怎样拼写",
            f"{RULES}没有涉及；《地名管理条例》第9条要求使用规范汉字",
        )
    if category == ROADS and not _QUALIFIED.search(name) and _ROAD_IN_SPECIFIC.search(name):
        yield Doubt(
            name,
            "专名里还有一个通名，连写还是分写不定",
            f"{RULES}第4条：“解放路/南小街”连写，“包头/胡同/东巷”分写",
        )
    if _NUMBER_OR_NAME.search(name):
        yield Doubt(
            name,
            "数词是序数（写阿拉伯数字）还是名称的一部分（写拼音）不定",
            f"{RULES}第6、7条：“三八路Sānbā Lù”，“二马路2 Mǎlù”",
        )
