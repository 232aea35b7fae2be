"""Queries with the answers that are expected, made from the gazetteer by rules.

A case accepts every place that answers it as well as the one it was made from: places of
the same name, for a part all that have the part, for initials all that share them.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.analysis import digit_form, name_key, sound_key
from search.analysis.characters import data_lines
from search.analysis.pinyin import character_readings
from search.places.place import Place

PER_KIND = 32


@dataclass(frozen=True)
class Case:
    kind: str
    typed: str
    expected: frozenset[int]
    of: str  # the name it was made from


class Gazetteer:
    """The indexed places with what the rules need to know about them."""

    def __init__(self, places: list[Place]):
        self.places = places
        self.standard = [p for p in places if p.status == "standard"]
        self.by_key: dict[str, set[int]] = defaultdict(set)
        self.by_spelling: dict[str, set[int]] = defaultdict(set)
        self.by_initials: dict[str, set[int]] = defaultdict(set)
        self.by_specific: dict[str, set[int]] = defaultdict(set)
        self.by_digits: dict[str, set[int]] = defaultdict(set)
        self.by_sound: dict[str, set[int]] = defaultdict(set)
        self.by_gap: dict[str, set[int]] = defaultdict(set)
        self.homophones: dict[str, list[str]] = defaultdict(list)
        for place in places:
            for name in place.names:
                if name.kind == "dialect":
                    continue
                self.by_key[name.key].add(place.id)
                self.by_digits[name.digits].add(place.id)
                for at in range(len(name.key)):
                    self.by_gap[name.key[:at] + name.key[at + 1 :]].add(place.id)
                self.by_spelling["".join(name.spelling)].add(place.id)
                self.by_sound[sound_key(name.spelling)].add(place.id)
                self.by_initials[name.initials].add(place.id)
                if name.specific:
                    self.by_specific[name.specific].add(place.id)
        for character in sorted({c for key in self.by_key for c in key}):
            for syllable in character_readings(character)[:1]:
                self.homophones[syllable].append(character)
        self.texts = "\n".join(self.by_key)

    def having(self, part: str) -> frozenset[int]:
        return frozenset(
            place.id for place in self.places if any(part in name.key for name in place.names)
        )

    def is_new(self, typed: str) -> bool:
        """Whether the text is no name and no part of one: then only the intended is right."""
        return typed not in self.texts and digit_form(typed) not in self.by_digits


Rule = Callable[[Gazetteer, Place, random.Random], tuple[str, frozenset[int] | set[int]] | None]


def exact(g, place, rng):
    return place.title, g.by_key[place.names[0].key]


def middle(g, place, rng):
    key = place.names[0].key
    if len(key) < 5:
        return None
    part = key[1:-1]
    return part, g.having(part)


def without_generic(g, place, rng):
    specific = place.names[0].specific
    if len(specific) < 2 or specific == place.names[0].key or specific in g.by_key:
        return None
    return specific, g.by_specific[specific]


def pinyin_joined(g, place, rng):
    joined = "".join(place.names[0].spelling)
    return joined, g.by_spelling[joined]


def pinyin_spaced(g, place, rng):
    return " ".join(place.names[0].spelling).title(), g.by_spelling[
        "".join(place.names[0].spelling)
    ]


def tone_marks(g, place, rng):
    marked = place.sort_key.split("  ")[-1].rsplit(" ", 1)[0]
    if not marked.strip() or marked.isascii():
        return None
    return marked, g.by_spelling["".join(place.names[0].spelling)]


def tone_numbers(g, place, rng):
    numbered = "".join(f"{s}{rng.randint(1, 4)}" for s in place.names[0].spelling)
    return numbered, g.by_spelling["".join(place.names[0].spelling)]


def initials(g, place, rng):
    letters = place.names[0].initials
    if len(letters) < 4:
        return None
    return letters, g.by_initials[letters]


def mixed(g, place, rng):
    name = place.names[0]
    at = rng.randint(1, len(name.key) - 1)
    typed = name.key[:at] + "".join(name.spelling[at:])
    return typed, {i for i in g.by_spelling["".join(name.spelling)] if i in g.having(name.key[:at])}


def homophone(g, place, rng):
    name = place.names[0]
    at = rng.randrange(len(name.key))
    same = [c for c in g.homophones[name.spelling[at]] if c != name.key[at]]
    if not same:
        return None
    typed = name.key[:at] + rng.choice(same) + name.key[at + 1 :]
    return (typed, g.by_spelling["".join(name.spelling)]) if g.is_new(typed) else None


def _changed(g, place, typed):
    return (typed, g.by_key[place.names[0].key]) if g.is_new(typed) else None


def missing(g, place, rng):
    key = place.names[0].key
    if len(key) < 4:
        return None
    at = rng.randrange(1, len(key) - 1)
    typed = key[:at] + key[at + 1 :]
    if not g.is_new(typed):
        return None
    # Who leaves out the number of a lane means any of them.
    return typed, g.by_gap[typed]


def added(g, place, rng):
    key = place.names[0].key
    at = rng.randrange(1, len(key))
    return _changed(g, place, key[:at] + rng.choice("的小大新上") + key[at:])


def swapped(g, place, rng):
    key = place.names[0].key
    at = rng.randrange(len(key) - 1)
    if key[at] == key[at + 1] or len(key) < 3:
        return None
    return _changed(g, place, key[:at] + key[at + 1] + key[at] + key[at + 2 :])


def _traditional() -> dict[str, str]:
    pairs = (line.split("\t") for line in data_lines("simplified.txt"))
    return {simplified: traditional for traditional, simplified in pairs}


TRADITIONAL = _traditional()


def traditional(g, place, rng):
    typed = "".join(TRADITIONAL.get(c, c) for c in place.names[0].key)
    return (typed, g.by_key[place.names[0].key]) if typed != place.names[0].key else None


def full_width(g, place, rng):
    letters = "".join(place.names[0].spelling)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in letters)
    return wide, g.by_spelling[letters]


def digits(g, place, rng):
    name = place.names[0]
    if name.digits == name.key:
        return None
    typed = name.digits if rng.random() < 0.5 else _with_di(name.key, name.digits)
    return typed, g.by_digits[name.digits]


def _with_di(key: str, written: str) -> str:
    start = next(at for at, (a, b) in enumerate(zip(key, written, strict=False)) if a != b)
    return written[:start] + "第" + written[start:]


def other_reading(g, place, rng):
    name = place.names[0]
    places = [at for at, options in enumerate(name.readings) if len(options) > 1]
    if not places or any(c.isdigit() for c in name.key):
        return None
    at = rng.choice(places)
    spelling = (*name.spelling[:at], name.readings[at][1], *name.spelling[at + 1 :])
    return "".join(spelling), g.by_key[name.key]


def mixed_up_sound(g, place, rng):
    """Syllables as speakers of Cantonese type them: zhong as zong, jiang as jian."""
    spelling = place.names[0].spelling
    swapped_sounds = [s.replace("zh", "z").replace("sh", "s").replace("ch", "c") for s in spelling]
    if swapped_sounds == list(spelling):
        return None
    return " ".join(swapped_sounds), g.by_sound[sound_key(spelling)]


def _variant(place, kind):
    return next((name for name in place.names[1:] if name.kind == kind), None)


def former(g, place, rng):
    name = _variant(place, "former")
    return (name.shown, g.by_key[name.key]) if name else None


def alias(g, place, rng):
    name = _variant(place, "alias") or _variant(place, "short")
    return (name.shown, g.by_key[name.key]) if name else None


def in_the_district(g, place, rng):
    front = rng.choice(["广州市海珠区", "海珠区", "广东省广州市海珠区", "广州海珠区"])
    return front + place.title, g.by_key[place.names[0].key]


def house_number(g, place, rng):
    if not place.title.endswith(("路", "街", "巷", "大道", "里")):
        return None
    return f"{place.title}{rng.randint(1, 300)}号{rng.choice(['', '之一', '大院', '201房'])}", (
        g.by_key[place.names[0].key]
    )


def question(g, place, rng):
    behind = rng.choice(["怎么走", "在哪里？", "在哪个街道", "的来历", "什么意思", "怎么去呢"])
    return place.title + behind, g.by_key[place.names[0].key]


RULES: dict[str, Rule] = {
    "exact": exact,
    "part in the middle": middle,
    "without generic part": without_generic,
    "pinyin joined": pinyin_joined,
    "pinyin spaced": pinyin_spaced,
    "tone marks": tone_marks,
    "tone numbers": tone_numbers,
    "initials": initials,
    "mixed": mixed,
    "wrong homophone": homophone,
    "one missing": missing,
    "one added": added,
    "two swapped": swapped,
    "traditional": traditional,
    "full width": full_width,
    "numerals": digits,
    "other reading": other_reading,
    "mixed up sounds": mixed_up_sound,
    "former name": former,
    "alias": alias,
    "with district": in_the_district,
    "with house number": house_number,
    "as a question": question,
}


def cases(places: list[Place]) -> Iterator[Case]:
    """PER_KIND cases of each kind, the same at every run."""
    gazetteer = Gazetteer(places)
    for kind, rule in RULES.items():
        rng = random.Random(f"quality {kind}")
        pool = list(places if kind in ("former name", "alias") else gazetteer.standard)
        rng.shuffle(pool)
        made = 0
        seen: set[str] = set()
        for place in pool:
            case = rule(gazetteer, place, rng)
            if case is None or not case[1] or case[0] in seen:
                continue
            seen.add(case[0])
            yield Case(kind, case[0], frozenset(case[1]), place.title)
            made += 1
            if made == PER_KIND:
                break


def handwritten(rows: list[dict[str, str]], places: list[Place]) -> Iterator[Case]:
    """Rows `kind,typed,expected`: expected names, joined by `|`."""
    by_name: dict[str, set[int]] = defaultdict(set)
    for place in places:
        by_name[place.names[0].key].add(place.id)
    for row in rows:
        ids: set[int] = set()
        for name in row["expected"].split("|"):
            found = by_name.get(name_key(name))
            if not found:
                raise LookupError(f"{name} is not in the gazetteer")
            ids |= found
        yield Case(f"by hand: {row['kind']}", row["typed"], frozenset(ids), row["expected"])
