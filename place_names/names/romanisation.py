"""How a place name of this district is written in Latin letters.

《中国地名汉语拼音字母拼写规则（汉语地名部分）》 (1984): the specific and the generic part are
written apart, each with a capital; a one-syllable modifier joins the part it belongs to
(新港西路 → Xīngǎng Xīlù); the name of a person is one word (张之洞路 → Zhāngzhīdòng Lù);
names of villages and towns are one word (小洲村 → Xiǎozhōucūn);
a syllable that starts with a, o or e inside a word takes an apostrophe (仁安 → Rén'ān);
ordinals in names of streets and lanes are Arabic digits (北二巷 → Běi 2 Xiàng).

Readings come from ``data/readings.csv`` (涌 chōng, 滘 jiào, 海幢 Hǎizhuàng …) and, where that
says nothing, from pypinyin as a first guess that an officer confirms.
"""

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from place_names.tones import without_tones

DATA = Path(__file__).parents[1] / "data"
ROADS = "23510"
VILLAGE_CLASSES = {"21770", "22200", "21610"}

_MODIFIERS = "东西南北中前后左右上下内外新正直横小"
_NUMERALS = "一二三四五六七八九十百"
_ROAD_WITH_DIRECTION = re.compile(r"^(.{2,})(大道|大街|马路|路)([东西南北中])$")
_MODIFIERS_BEFORE = re.compile(
    rf"^(.{{2,}}?(?:门[内外])?)([{_MODIFIERS}]*(?:[{_NUMERALS}]+|首)?[{_MODIFIERS}]*)$"
)
_GENERIC_PIECES = re.compile(rf"^([{_MODIFIERS}]*)([{_NUMERALS}]+)(.*)$")
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_QUALIFIERS = re.compile(
    r"(.{2,}?)(东南约|西南约|东北约|西北约|东约|西约|南约|北约|中约|首约|东里|西里|南里|北里|新庄|旧庄|涌边|围边|桥头|"
    r"大道|花园|新村|雅苑|雅居|名居|帝景|名都|半岛|新城|御景)([东西南北中]?)$"
)


def split_name(name, category=""):
    """Split a name into its specific and generic part.

    ``category`` is the 5-digit class; it decides which generic parts can stand at the end.
    Modifiers and ordinals of a road belong to its generic part: 新港|西路, 北山|二巷,
    江南|大道中. Returns (specific, generic); generic is "" where none is recognised.
    """
    name = (name or "").strip()
    category = str(category or "")
    bracket = re.search(r"[（(].*[）)]$", name)
    tail = bracket.group() if bracket else ""
    core = name[: len(name) - len(tail)] if tail else name
    if category == ROADS and (match := _ROAD_WITH_DIRECTION.match(core)):
        return match[1], match[2] + match[3] + tail
    endings = [term for term in generic_terms(category) if core.endswith(term) and core != term]
    if not endings:
        return name, ""
    # The longest that leaves two characters: 金雅|苑, not 金|雅苑; else 马|涌. Roads: 大|马路.
    term = endings[0]
    if category != ROADS:
        term = next((each for each in endings if len(core) - len(each) > 1), term)
    specific, generic = core[: -len(term)], term
    if category == ROADS and len(specific) > 2:
        match = _MODIFIERS_BEFORE.match(specific)
        specific, generic = match[1], match[2] + generic
    return specific, generic + tail


def romanise(name, specific="", generic="", category="", own=None):
    """Write ``name`` in Pinyin with tone marks by the rules of 1984.

    ``specific`` and ``generic`` are split from the name where not given. ``own`` may bring
    further readings as {Han text: "syllables apart"}, which go before the file's. Characters
    without a reading (Latin letters, digits) stay as they are. An empty name gives "".
    """
    name = (name or "").strip()
    whole = _file_readings()[1].get(name)
    if whole and not own:
        return whole
    if not name:
        return ""
    if not specific or specific + (generic or "") != name:
        specific, generic = split_name(name, category)
    own = tuple(sorted(own.items())) if own else ()
    if generic == "村" and str(category) in VILLAGE_CLASSES:
        return _word(name, own)
    written = _specific(specific, own)
    if generic:
        written += " " + _generic(generic, str(category), own)
    return written


def plain(romanised):
    """The same letters without tone marks: Xīngǎng Xīlù → Xingang Xilu; ü is kept."""
    return without_tones(romanised or "")


def homophone_key(name, romanised="", category=""):
    """A key that is equal for names that sound alike, tones included.

    Spaces and capitals do not count, so the way a name is divided makes no difference.
    """
    written = romanised or romanise(name, category=category)
    return unicodedata.normalize("NFC", re.sub(r"[\s\-—]+", "", written).casefold())


def syllables(text, own=()):
    """The readings of ``text``, one a Han character, with tone marks.

    The longest entry of ``own``, then of the file, wins; pypinyin guesses the rest, seeing
    each unbroken stretch that is left as a whole.
    """
    return [syllable for _, found, _ in pieces(text, own) for syllable in found]


def pieces(text, own=()):
    """``text`` in pieces: (Han text, syllables, whether an entry told them and not a guess)."""
    words = {**_file_readings()[0], **dict(own)}
    longest = max(map(len, words), default=1)
    found, start, position = [], 0, 0
    while position < len(text):
        for length in range(min(longest, len(text) - position), 0, -1):
            piece = text[position : position + length]
            if reading := words.get(piece):
                if start < position:
                    found.append((text[start:position], _guess(text[start:position]), False))
                found.append((piece, reading.split(), True))
                position += length
                start = position
                break
        else:
            position += 1
    if start < len(text):
        found.append((text[start:], _guess(text[start:]), False))
    return found


@lru_cache(maxsize=50_000)
def _specific(text, own=()):
    """A specific part: one word, or more where a part of it is a name's generic word."""
    match = _QUALIFIERS.match(text)
    if not match:
        return _word(text, own)
    return " ".join(_word(part, own) for part in match.groups() if part)


@lru_cache(maxsize=5_000)
def _generic(text, category, own=()):
    bracket = re.search(r"[（(](.*)[）)]$", text)
    if bracket:
        inner = _word(bracket[1], own)
        before = text[: bracket.start()]
        return (_generic(before, category, own) + " " if before else "") + f"({inner})"
    if category == ROADS:
        if match := re.match(r"^(大道|大街|马路|路)([东西南北中])$", text):
            # As on the street signs: the direction behind the generic part is its own word.
            return f"{_word(match[1], own)} {_word(match[2], own)}"
        if match := _GENERIC_PIECES.match(text):
            words = [_word(match[1], own)] if match[1] else []
            return " ".join([*words, str(_number(match[2])), _word(match[3], own)])
    words = _file_words().get(text)
    return " ".join(_word(word, own) for word in (words or [text]))


def _word(text, own=()):
    """Join the syllables of ``text`` to one capitalised word."""
    written = ""
    for index, syllable in enumerate(syllables(text, own)):
        separate = index and plain(syllable)[:1].lower() in {"a", "o", "e"}
        written += ("'" if separate and written[-1:].isalpha() else "") + syllable
    return written[:1].upper() + written[1:]


def _number(numerals):
    """十二 → 12; names of lanes do not go beyond the hundreds."""
    total, current = 0, 0
    for character in numerals:
        if character == "百":
            total, current = total + (current or 1) * 100, 0
        elif character == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = _NUMERALS.index(character) + 1
    return total + current


def _guess(text):
    if not text:
        return []
    return _guess_cached(text).split("\0")


@lru_cache(maxsize=50_000)
def _guess_cached(text):
    found = []
    for part in re.findall(rf"{_HAN.pattern}|[^㐀-鿿豈-﫿\U00020000-\U0003ffff]+", text):
        found += lazy_pinyin(part, style=Style.TONE) if _HAN.fullmatch(part) else [part]
    return "\0".join(found)


@lru_cache(maxsize=1)
def _file_readings():
    """(readings of words by text, written forms of whole names by name) from the file."""
    words, names = {}, {}
    for row in file_rows().values():
        (names if row["kind"] == "name" else words)[row["text"]] = row["reading"]
    return words, names


@lru_cache(maxsize=1)
def file_rows():
    """The rows of the file by their text: reading, kind (word or name), certainty, source."""
    with (DATA / "readings.csv").open(encoding="utf-8", newline="") as file:
        return {row["text"]: row for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _file_terms():
    with (DATA / "generic_terms.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def _file_words():
    return {row["term"]: row["words"].split("·") for row in _file_terms()}


@lru_cache(maxsize=200)
def generic_terms(category):
    """Generic parts of a class, longest first; without a class, all of them."""
    terms = [
        row["term"] for row in _file_terms() if not category or category in row["classes"].split()
    ]
    return sorted(set(terms), key=len, reverse=True)
