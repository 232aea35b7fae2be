"""The lists that the rules read, as plain values.

Officers edit them in the admin. A table without rows stands for its file in `place_names/data/`,
so that the rules work in a new installation and in tests without a database.
"""

import csv
import hashlib
import re
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path

from place_names.wording_patterns import refusal

DATA = Path(__file__).parents[1] / "data"
AFFIXES = ("新", "大", "小", "东", "西", "海珠", "广州")
AFFIX_BASIS = "广州市住宅区、楼宇命名、更名负面清单“重名、重音类”（2023年8月）"
UNFIT, REMARK = "unfit", "remark"


@dataclass(frozen=True)
class Kind:
    """A kind of name: the classes it is compared with, and who decides. See `NamingKind`."""

    slug: str
    label: str
    category: str
    compared: tuple[str, ...]
    basis: str
    specific_severity: str
    specific_basis: str
    authority: str
    authority_basis: str
    materials: tuple[str, ...]
    materials_basis: str


@dataclass(frozen=True)
class Generic:
    """A generic part with the kinds that may bear it and the size it asks for."""

    term: str
    kinds: tuple[str, ...]
    source: str = ""
    min_floors: int | None = None
    min_land: int | None = None
    max_land: int | None = None
    min_floor_area: int | None = None
    max_floor_area: int | None = None
    min_green: int | None = None
    min_open: int | None = None
    min_width: int | None = None
    min_length: int | None = None


@dataclass(frozen=True)
class Word:
    """A word, or a pattern, that names of some classes should not contain."""

    word: str
    pattern: re.Pattern | None
    kind: str
    reason: str
    source: str
    severity: str
    classes: tuple[str, ...] = ()

    def found_in(self, name: str) -> str:
        """The part of the name that it objects to, or ""."""
        if self.pattern is None:
            return self.word if self.word in name else ""
        match = self.pattern.search(name)
        return match[0] if match else ""

    def applies_to(self, category: str) -> bool:
        return not self.classes or any(
            category.startswith(code.rstrip("0")) for code in self.classes
        )


@dataclass(frozen=True)
class Lists:
    """All lists as they are at one moment."""

    kinds: dict[str, Kind]
    generics: dict[str, Generic]
    words: tuple[Word, ...]
    affixes: tuple[str, ...] = AFFIXES
    affix_basis: str = AFFIX_BASIS
    look_alikes: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Changes with any list: eight hexadecimal digits."""
        text = repr(
            (
                sorted(self.kinds.items()),
                sorted(self.generics.items()),
                self.words,
                self.affixes,
                sorted((key, sorted(value)) for key, value in self.look_alikes.items()),
            )
        )
        return hashlib.sha256(text.encode()).hexdigest()[:8]


def from_files() -> Lists:
    """The lists as they are delivered."""
    return _from_files()


@cache
def _from_files() -> Lists:
    return Lists(
        kinds={row["slug"]: kind_of(row) for row in rows("naming_kinds.csv")},
        generics={row["term"]: generic_of(row) for row in rows("generic_rules.csv")},
        words=tuple(word for row in _delivered_words() if (word := word_of(row))),
        look_alikes=alike(look_alike_text()),
    )


def stored() -> Lists:
    """The lists as officers keep them now; three queries, and one for the settings."""
    from place_names.models import GenericRule, NamingKind, NamingSettings, WordingRule

    delivered = from_files()
    settings = NamingSettings.load()
    kinds = {row["slug"]: kind_of(row) for row in NamingKind.objects.filter(active=True).values()}
    generics = {
        row["term"]: generic_of(row) for row in GenericRule.objects.filter(active=True).values()
    }
    table = list(WordingRule.objects.values())
    if not any(row["scope"] == WordingRule.Scope.PROPOSALS for row in table):
        # A register from before there were words for proposals.
        known = {row["word"] for row in table}
        table += [row for row in _delivered_words() if row["word"] not in known]
    words = tuple(word for row in table if row.get("active", True) and (word := word_of(row)))
    return Lists(
        kinds=kinds or delivered.kinds,
        generics=generics or delivered.generics,
        words=words,
        affixes=tuple(settings.affixes.split()),
        affix_basis=settings.affix_basis,
        look_alikes=alike(settings.look_alikes) or delivered.look_alikes,
    )


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _delivered_words() -> list[dict[str, str]]:
    return [*rows("wording_rules.csv"), *rows("naming_words.csv")]


def look_alike_text() -> str:
    lines = (DATA / "look_alikes.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def kind_of(row: dict) -> Kind:
    """From a row of the file or of the table."""
    taken = {each.name: row[each.name] for each in fields(Kind)}
    taken["compared"] = tuple(row["compared"].split())
    taken["materials"] = tuple(filter(None, map(str.strip, row["materials"].splitlines())))
    return Kind(**taken)


def generic_of(row: dict) -> Generic:
    taken = {each.name: row.get(each.name) for each in fields(Generic)}
    for name, value in taken.items():
        if name.startswith(("min_", "max_")):
            taken[name] = int(value) if value not in (None, "") else None
    taken["kinds"] = tuple(row["kinds"].split())
    return Generic(**taken)


def word_of(row: dict) -> Word | None:
    """None for an expression that the form refuses now."""
    if row["is_pattern"] and refusal(row["word"]):
        return None
    return Word(
        row["word"],
        re.compile(row["word"]) if row["is_pattern"] else None,
        row["kind"],
        row["reason"],
        row["source"],
        row.get("severity") or UNFIT,
        tuple(row["classes"].split()),
    )


def alike(text: str) -> dict[str, frozenset[str]]:
    """For each character those that are taken for it, from groups written together."""
    found: dict[str, set[str]] = {}
    for group in text.split():
        for character in group:
            found.setdefault(character, set()).update(set(group) - {character})
    return {character: frozenset(others) for character, others in found.items()}


@cache
def standard_level(character: str) -> int | None:
    """The level of a character in 《通用规范汉字表》, 1 to 3; None where it is not in the table."""
    return _levels().get(character)


@cache
def _levels() -> dict[str, int]:
    text = (DATA / "standard_characters.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {character: number for number, line in enumerate(lines, 1) for character in line}
