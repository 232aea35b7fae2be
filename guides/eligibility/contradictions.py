"""Answers that do not fit together: what is asked about before the result is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from .rules import Household, Limit, Test


def _no_figures(figure: str) -> Limit | None:
    return None


@dataclass(frozen=True)
class Contradiction:
    """`words` tell it when all tests of `given` hold and none of `unless` does. What was not
    answered contradicts nothing."""

    words: str
    given: tuple[Test, ...]
    unless: tuple[Test, ...] = ()

    def is_in(self, household: Household) -> bool:
        given = [test.holds(household, _no_figures) for test in self.given]
        unless = [test.holds(household, _no_figures) for test in self.unless]
        return all(given) and all(held is False for held in unless)


def contradictions_in(household: Household, all_of_them: Iterable[Contradiction]) -> list[str]:
    return list(dict.fromkeys(each.words for each in all_of_them if each.is_in(household)))
