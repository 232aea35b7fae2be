"""Whether a household probably gets a benefit: rules as plain data, and their evaluation.

A benefit is got when all its requirements are met; a requirement is met when any of its tests
holds. A test may be undecided: the question was not answered, or the figure that it compares
with is due for review.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum


class Verdict(IntEnum):
    """In the order in which a requirement outweighs another: the smallest one decides."""

    NO = 0
    DEPENDS = 1
    YES = 2


@dataclass(frozen=True)
class Limit:
    """What a number is compared with. `is_due`: the figure is past its review date, so that the
    amount in force may be higher."""

    amount: Decimal
    words: str = ""
    is_due: bool = False


LimitOf = Callable[[str], Limit | None]


@dataclass(frozen=True)
class Household:
    """The answers: the chosen label of a question, or its numbers (one for each member where a
    list is asked for). A question without a usable answer is in neither."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ChoiceTest:
    """Holds when the answer is one of `answers`, or with `is_none_of`, when it is not."""

    question: str
    answers: tuple[str, ...]
    is_none_of: bool = False

    def holds(self, household: Household, limit_of: LimitOf) -> bool | None:
        given = household.chosen.get(self.question)
        return None if given is None else (given in self.answers) != self.is_none_of


@dataclass(frozen=True)
class NumberTest:
    """Holds when any of the numbers compares so with `number`, or with the figure.

    `leeway`: up to how many times a figure that is due for review the number leaves the answer open;
    standards are raised, hardly ever lowered.
    """

    question: str
    comparison: str
    number: Decimal | None = None
    figure: str = ""
    leeway: Decimal = Decimal(1)

    COMPARISONS = {
        "below": ("低于", lambda one, other: one < other),
        "at_most": ("不超过", lambda one, other: one <= other),
        "at_least": ("达到", lambda one, other: one >= other),
        "above": ("超过", lambda one, other: one > other),
    }

    def limit(self, limit_of: LimitOf) -> Limit | None:
        if self.figure:
            return limit_of(self.figure)
        return None if self.number is None else Limit(self.number)

    def holds(self, household: Household, limit_of: LimitOf) -> bool | None:
        given = household.numbers.get(self.question)
        limit = self.limit(limit_of)
        if given is None or limit is None:
            return None
        compare = self.COMPARISONS[self.comparison][1]
        holding = [number for number in given if compare(number, limit.amount)]
        if not limit.is_due:
            return bool(holding)
        highest = limit.amount * self.leeway
        if self.comparison in ("below", "at_most"):
            near = any(number <= highest for number in given)
            return True if holding else (None if near else False)
        if any(number > highest for number in holding):
            return True
        return None if holding else False


Test = ChoiceTest | NumberTest


@dataclass(frozen=True)
class Requirement:
    """One condition, with the law that sets it. `if_unmet` is NO, or DEPENDS where somebody has
    to look; `reason` says so in words."""

    words: str
    any_of: tuple[Test, ...]
    law: str
    reason: str = ""
    if_unmet: Verdict = Verdict.NO

    def verdict(self, household: Household, limit_of: LimitOf) -> "Finding":
        results = [test.holds(household, limit_of) for test in self.any_of]
        if any(results):
            return Finding(self, Verdict.YES)
        if None in results:
            return Finding(self, Verdict.DEPENDS, due=self._due(household, limit_of))
        return Finding(self, self.if_unmet, is_refused=True)

    def _due(self, household: Household, limit_of: LimitOf) -> Limit | None:
        """The figure for whose age the requirement is undecided."""
        for test in self.any_of:
            if isinstance(test, NumberTest) and household.numbers.get(test.question):
                limit = test.limit(limit_of)
                if limit and limit.is_due:
                    return limit
        return None


@dataclass(frozen=True)
class Finding:
    """What became of one requirement."""

    requirement: Requirement
    verdict: Verdict
    due: Limit | None = None
    is_refused: bool = False

    @property
    def words(self) -> str:
        """Why the answer is no, or what it depends on."""
        if self.due:
            return (
                f"{self.requirement.words}。登记的标准是{self.due.words}，已经过了复核日期，"
                "现在的可能更高，请街道按现行标准核算。"
            )
        if self.is_refused and self.requirement.reason:
            return self.requirement.reason
        return f"{'要符合' if self.is_refused else '取决于'}：{self.requirement.words}"


@dataclass(frozen=True)
class Amount:
    """A figure, so many times: once, for each member of an age, or as often as a question says.

    `gap`: the code of a question; paid is what its number per head lacks to the figure, for
    each member.
    """

    figure: str
    label: str = ""
    note: str = ""
    ages: str = ""
    age_from: int | None = None
    age_to: int | None = None
    times: str = ""
    gap: str = ""
    only_if: tuple[ChoiceTest, ...] = ()

    def count(self, household: Household) -> int:
        """How often it is paid; 0 where it is not."""
        if not all(test.holds(household, _no_limit) for test in self.only_if):
            return 0
        if self.times:
            return int(sum(household.numbers.get(self.times, ())))
        members = household.numbers.get(self.ages, ())
        if self.age_from is None and self.age_to is None:
            return len(members) if self.ages else 1
        low, high = self.age_from or 0, self.age_to if self.age_to is not None else 999
        return sum(low <= age <= high for age in members)


def _no_limit(_figure: str) -> None:
    return None


@dataclass(frozen=True)
class Benefit:
    """`is_urgent`: it does not wait, as after a death, and is done before the others.

    `is_service`: it pays nothing itself, as a service or a status. `after`: the name of the benefit
    that is asked for first where both may be got.
    """

    name: str
    requirements: tuple[Requirement, ...]
    amounts: tuple[Amount, ...] = ()
    note: str = ""
    is_urgent: bool = False
    is_service: bool = False
    after: str = ""

    def judge(self, household: Household, limit_of: LimitOf) -> "Judgement":
        findings = tuple(each.verdict(household, limit_of) for each in self.requirements)
        verdict = min((each.verdict for each in findings), default=Verdict.DEPENDS)
        return Judgement(self, verdict, findings)


@dataclass(frozen=True)
class Judgement:
    benefit: Benefit
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def deciding(self) -> list[Finding]:
        """The requirements that made the verdict: why not, or what it depends on."""
        if self.verdict == Verdict.YES:
            return []
        return [each for each in self.findings if each.verdict == self.verdict]

    @property
    def laws(self) -> list[str]:
        """Each law once; a requirement may name several, with ； between them."""
        named = (law for each in self.findings for law in each.requirement.law.split("；"))
        return list(dict.fromkeys(named))
