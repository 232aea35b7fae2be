"""The proposed names of `check_cases.csv` against the demonstration register.

`expected` holds the rules that must speak, and no other may. About a third of the names were
published as refused or renamed (the column `source`). The part `held` was set aside before the
rules were written: look at its figures, never at its rows, while a rule is changed.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from place_names.naming import lists
from place_names.naming.checking import check
from place_names.naming.findings import Proposal
from place_names.naming.index import IN_USE, Entry, NameIndex

FILE = Path(__file__).parents[1] / "check_cases.csv"
REGISTER = Path(__file__).parents[3] / "demonstration" / "place_names"


@dataclass(frozen=True)
class Case:
    proposal: Proposal
    expected: frozenset[str]
    source: str
    part: str


@cache
def cases() -> list[Case]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                Proposal(
                    row["name"],
                    row["kind"],
                    row["subdistrict"],
                    measures=_measures(row["measures"]),
                ),
                frozenset(filter(None, row["expected"].split(";"))),
                row["source"],
                row["part"],
            )
            for row in csv.DictReader(file)
        ]


def _measures(text: str) -> dict[str, float]:
    return {
        name: float(value) for name, value in (each.split("=") for each in text.split(";") if each)
    }


@cache
def subdistricts() -> dict[str, str]:
    with (REGISTER / "communities.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["subdistrict"] for row in csv.DictReader(file)}
    with (REGISTER / "place_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["category"] == "21500"]
    return {row["subdistricts"]: row["name"] for row in rows if row["subdistricts"] in codes}


@cache
def register() -> NameIndex:
    """The demonstration register without a database."""
    names = subdistricts()
    with (REGISTER / "place_names.csv").open(encoding="utf-8", newline="") as file:
        return NameIndex(
            Entry(
                row["code"],
                row["name"],
                row["specific"] or row["name"],
                row["generic"],
                row["category"],
                names.get(row["subdistricts"].split(";")[0], ""),
            )
            for row in csv.DictReader(file)
            if row["status"] in IN_USE
        )


def found(case: Case) -> frozenset[str]:
    result = check(case.proposal, register(), lists.from_files(), subdistricts().values())
    return frozenset(finding.rule for finding in result.findings)


@dataclass(frozen=True)
class Figures:
    """Of one rule: rightly found, wrongly found, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def figures(part: str) -> dict[str, Figures]:
    """Of each rule that is expected or found in the part."""
    right, wrong, missed = Counter(), Counter(), Counter()
    for case in cases():
        if case.part == part:
            told = found(case)
            right.update(told & case.expected)
            wrong.update(told - case.expected)
            missed.update(case.expected - told)
    rules = sorted({*right, *wrong, *missed})
    return {rule: Figures(right[rule], wrong[rule], missed[rule]) for rule in rules}
