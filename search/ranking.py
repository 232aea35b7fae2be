"""How well a name answers a query, and why: the same for every engine.

All weights stand in the tables below. Between two kinds of match the gap is wider than all
deductions together, unless the table says otherwise, so the order of the table holds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .analysis import Name, Query, is_han, sound_key
from .analysis.pinyin import character_readings
from .place import Place

# Kind of match: points, and the words that tell a reader why the place was found.
EXACT = "exact"
DIGITS_EQUAL = "digits_equal"
SPECIFIC = "specific"
PREFIX = "prefix"
INSIDE = "inside"
MIXED = "mixed"
MIXED_PREFIX = "mixed_prefix"
MIXED_INSIDE = "mixed_inside"
WORDS = "words"
SAME_SOUND = "same_sound"
SOUND_PREFIX = "sound_prefix"
SOUND_INSIDE = "sound_inside"
ONE_EDIT = "one_edit"
SIMILAR_SOUND = "similar_sound"
SOUND_EDIT = "sound_edit"
CONTAINED = "contained"
SCATTERED = "scattered"
PINYIN = "pinyin"
PINYIN_SPECIFIC = "pinyin_specific"
INITIALS = "initials"
PINYIN_PREFIX = "pinyin_prefix"
INITIALS_PREFIX = "initials_prefix"
PINYIN_INSIDE = "pinyin_inside"
INITIALS_INSIDE = "initials_inside"

WEIGHTS: dict[str, tuple[int, str]] = {
    EXACT: (3000, ""),
    DIGITS_EQUAL: (2880, "数字写法不同"),
    SPECIFIC: (2760, ""),
    PREFIX: (2640, ""),
    MIXED: (2600, "拼音"),
    INSIDE: (2520, ""),
    MIXED_PREFIX: (2480, "拼音"),
    MIXED_INSIDE: (2400, "拼音"),
    WORDS: (2280, ""),
    SAME_SOUND: (2160, "同音"),
    SOUND_PREFIX: (2040, "同音"),
    ONE_EDIT: (1920, "写法相近"),
    SOUND_INSIDE: (1800, "同音"),
    SIMILAR_SOUND: (1680, "读音相近"),
    SOUND_EDIT: (1560, "读音相近"),
    CONTAINED: (1440, "包含这个地名"),
    SCATTERED: (1320, "字词相近"),
    PINYIN: (3000, "拼音"),
    INITIALS: (2880, "拼音首字母"),
    PINYIN_SPECIFIC: (2760, "拼音"),
    PINYIN_PREFIX: (2640, "拼音"),
    INITIALS_PREFIX: (2520, "拼音首字母"),
    PINYIN_INSIDE: (2400, "拼音"),
    INITIALS_INSIDE: (2280, "拼音首字母"),
}
WHOLE = frozenset({EXACT, DIGITS_EQUAL, PINYIN, INITIALS, MIXED})
"""Matches of a whole name: who gets one needs no lenient search."""

DEDUCTIONS = {"standard": 0, "short": 10, "alias": 12, "former": 16, "dialect": 20}
"""Other names of a place come a little after standard names."""
SHORTENED = 30  # the query was shortened: area, number, question taken off
NOT_IN_FORCE = 8
EXTRA_CHARACTER = 1  # for each character of the name that was not asked for
MOST_EXTRA = 30
OTHER_SYLLABLES = 20  # xi an typed, xian found
OTHER_READING = 30  # found by a reading of a character that the record does not give
EDITS = {"swapped": 0, "missing": 5, "wrong": 10, "added": 15}
"""Who leaves something out is more usual than who adds something."""

EDIT_OF_LONG = 5
"""From this length on a name may differ by any one character. In a shorter one another
character is another name (江南路, 江南街), unless it sounds alike."""
SCATTERED_FROM = 4
SIMILAR_FROM = 3
"""Fewer characters or syllables than that fit too many names."""


@dataclass(frozen=True)
class Match:
    """The best match of one name."""

    points: int
    kind: str
    name: Name

    @property
    def reason(self) -> str:
        """Shown under the result: which other name was found, and how it was spelled."""
        words = WEIGHTS[self.kind][1]
        if self.name.kind == "standard":
            return words
        found = f"{self.name.label}：{self.name.shown}"
        return f"{found}（{words}）" if words else found


@dataclass(frozen=True)
class Ranked:
    place: Place
    match: Match


def rank(query: Query, places: Iterable[Place]) -> list[Ranked]:
    """The places that answer the query, best first; equal ones by length, pinyin, id."""
    judge = _JUDGES[query.script]
    ranked = []
    for place in places:
        match = best_match(query, place, judge)
        if match:
            ranked.append(Ranked(place, match))
    ranked.sort(key=lambda r: (-r.match.points, r.place.size, r.place.sort_key, r.place.id))
    return ranked


def best_match(query: Query, place: Place, judge: Callable | None = None) -> Match | None:
    judge = judge or _JUDGES[query.script]
    best: Match | None = None
    for name in place.names:
        found = judge(query, name)
        if not found:
            continue
        kind, deduction = found
        extra = max(0, len(name.key) - len(query.key)) if query.script == "han" else len(name.key)
        points = (
            WEIGHTS[kind][0]
            - deduction
            - DEDUCTIONS.get(name.kind, 12)
            - min(MOST_EXTRA, extra * EXTRA_CHARACTER)
            - (NOT_IN_FORCE if place.status != "standard" else 0)
        )
        if best is None or points > best.points:
            best = Match(points, kind, name)
    return best


Found = tuple[str, int] | None
"""Kind of match and deduction."""


def judge_han(query: Query, name: Name) -> Found:
    for form in query.forms:
        if found := _written(form.key, form.digits, name):
            return found, SHORTENED if form.shortened else 0
    if len(query.words) > 1 and all(word in name.key for word in query.words):
        return WORDS, 0
    return (
        _heard(query, name)
        or _misspelt(query, name)
        or _contained(query, name)
        or _scattered(query, name)
    )


def _written(key: str, digits: str, name: Name) -> str | None:
    if name.key == key:
        return EXACT
    if name.digits == digits:
        return DIGITS_EQUAL
    if key == name.specific:
        return SPECIFIC
    if name.key.startswith(key) or name.digits.startswith(digits):
        return PREFIX
    if key in name.key or digits in name.digits:
        return INSIDE
    return None


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
    if _sounds_similar(asked, name):
        return SIMILAR_SOUND, 0
    if edit := one_edit(asked, name.spelling, _syllables_alike):
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


def _sounds_similar(asked: Sequence[str], name: Name) -> bool:
    """The name, or the beginning of a longer one, as somebody with an accent says it."""
    key, spoken = sound_key(asked), sound_key(name.spelling)
    return key == spoken or (len(asked) >= SIMILAR_FROM and f"{spoken} ".startswith(f"{key} "))


def judge_latin(query: Query, name: Name) -> Found:
    written = _written(query.key, query.key, name)
    best: Found = (written, 0) if written else None
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
    syllables = query.syllables
    if not syllables or len(syllables) < 2:
        return None
    if _sounds_similar(syllables, name):
        return SIMILAR_SOUND, 0
    if edit := one_edit(tuple(syllables), name.spelling, _syllables_alike):
        return SOUND_EDIT, EDITS[edit]
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


def judge_mixed(query: Query, name: Name) -> Found:
    for form in query.forms:
        deduction = SHORTENED if form.shortened else 0
        if found := _written(form.key, form.digits, name):
            return found, deduction
        for start in range(len(name.key)):
            end = consumed(form.key, name, start, mixed=True)
            if end is None:
                continue
            if start:
                return MIXED_INSIDE, deduction
            return (MIXED if end == len(name.key) else MIXED_PREFIX), deduction
    return None


def consumed(pattern: str, name: Name, start: int, *, mixed: bool = False) -> int | None:
    """Index after the last character of the name that the pattern spells from `start` on.

    Letters spell a character by one of its syllables; the last may be unfinished, then
    its end lies one short of the name's (it is a prefix). A character stands for itself.
    With `mixed`, an initial spells a character too. None if the pattern does not fit.
    """
    reached = {0}
    size = len(pattern)
    for at in range(start, len(name.readings)):
        following = set()
        unfinished = False
        for position in reached:
            if is_han(pattern[position]):
                if at < len(name.key) and pattern[position] == name.key[at]:
                    following.add(position + 1)
                continue
            for option in name.readings[at]:
                for syllable in (option, option.replace("v", "u")) if "v" in option else (option,):
                    if pattern.startswith(syllable, position):
                        following.add(position + len(syllable))
                    elif syllable.startswith(pattern[position:]):
                        unfinished = True
                if mixed and pattern[position] == option[0]:
                    following.add(position + 1)
            if pattern[position] == name.key[at]:
                following.add(position + 1)
        if size in following:
            return at + 1
        if unfinished:
            # Never the whole name: something of the last syllable is missing.
            return at if at + 1 == len(name.readings) else at + 1
        if not following:
            return None
        reached = following
    return None


def one_edit(asked: Sequence, written: Sequence, alike: Callable) -> str | None:
    """What one thing is wrong: an item missing, added, swapped with its neighbour, or wrong.

    A wrong item counts if `alike(asked, written)`, or in sequences from EDIT_OF_LONG on.
    """
    shorter, longer = sorted((asked, written), key=len)
    if len(longer) - len(shorter) > 1 or len(shorter) < 2:
        return None
    at = 0
    while at < len(shorter) and shorter[at] == longer[at]:
        at += 1
    if len(longer) > len(shorter):
        if shorter[at:] != longer[at + 1 :]:
            return None
        return "missing" if shorter is asked else "added"
    if asked[at + 1 :] == written[at + 1 :]:
        close = at == len(asked) or len(written) >= EDIT_OF_LONG or alike(asked[at], written[at])
        return "wrong" if close else None
    swapped = (
        asked[at] == written[at + 1]
        and asked[at + 1] == written[at]
        and asked[at + 2 :] == written[at + 2 :]
    )
    return "swapped" if swapped else None


def _sound_alike(asked: str, written: str) -> bool:
    heard = {sound_key([r]) for r in character_readings(asked)}
    return any(sound_key([r]) in heard for r in character_readings(written))


def _syllables_alike(asked: str, written: str) -> bool:
    """One letter typed wrong or left out, or syllables that sound alike."""
    return sound_key([asked]) == sound_key([written]) or (
        abs(len(asked) - len(written)) == 1
        and any(
            longer[:at] + longer[at + 1 :] == shorter
            for shorter, longer in [sorted((asked, written), key=len)]
            for at in range(len(longer))
        )
    )


_JUDGES: dict[str, Callable[[Query, Name], Found]] = {
    "han": judge_han,
    "latin": judge_latin,
    "mixed": judge_mixed,
}
