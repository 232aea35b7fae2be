"""A decision tree as plain data: questions with ways on, and outcomes."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Condition:
    """Holds when the question with this code was answered with these words."""

    question: str
    answer: str


def in_words(conditions: Iterable[Condition]) -> str:
    return "，且".join(f"{c.question}为“{c.answer}”" for c in conditions)


@dataclass(frozen=True)
class Branch:
    """A way that is taken instead of the usual one when all conditions hold."""

    conditions: tuple[Condition, ...]
    target: str


@dataclass(frozen=True)
class DateBranch:
    """A way that depends on the date given: before a day, from a day on, or how long ago.

    A time in days or in calendar months: the day of the event is not counted, and a period of
    months ends on the same day of the month, or on its last where there is none such (Civil
    Code, arts. 201 and 202).
    """

    BEFORE, FROM, OLDER, WITHIN = "before", "from", "older", "within"

    when: str
    target: str
    day: date | None = None
    days: int | None = None
    months: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the day is given, or else either days or months."""
        if self.when in (self.BEFORE, self.FROM):
            return self.day is not None
        return (self.days is None) != (self.months is None)

    def holds(self, given: date, today: date) -> bool:
        if not self.is_complete:
            return False
        if self.when == self.BEFORE:
            return given < self.day
        if self.when == self.FROM:
            return given >= self.day
        is_over = today > self._last_day(given)
        return is_over if self.when == self.OLDER else not is_over

    def _last_day(self, given: date) -> date:
        if self.months is None:
            return given + timedelta(days=self.days)
        years, month = divmod(given.month - 1 + self.months, 12)
        year, month = given.year + years, month + 1
        return date(year, month, min(given.day, monthrange(year, month)[1]))

    def words(self) -> str:
        if self.when in (self.BEFORE, self.FROM):
            return f"{self.day}{'以前' if self.when == self.BEFORE else '起'}"
        time = f"{self.days}天" if self.months is None else f"{self.months}个月"
        return f"距今{'超过' if self.when == self.OLDER else '不超过'}{time}"


@dataclass(frozen=True)
class Option:
    label: str
    target: str
    hint: str = ""
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Question:
    """Answered by one of the options, or by a date where `is_date`.

    `not_before`: the code of a date question whose answer this date must not precede.
    """

    code: str
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    is_date: bool = False
    target: str = ""
    date_branches: tuple[DateBranch, ...] = ()
    allows_future: bool = False
    not_before: str = ""

    def ways(self) -> Iterator[tuple[str, str]]:
        """(words of the answer, code it leads to) of every way on."""
        if self.is_date:
            for branch in self.date_branches:
                yield branch.words(), branch.target
            yield ("其他日期" if self.date_branches else "任何日期"), self.target
        for option in self.options:
            yield option.label, option.target
            for branch in option.branches:
                yield f"{option.label}（{in_words(branch.conditions)}）", branch.target

    def conditions(self) -> Iterator[Condition]:
        for option in self.options:
            for branch in option.branches:
                yield from branch.conditions


@dataclass(frozen=True)
class Material:
    name: str
    note: str = ""
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Amount:
    """`times` the figure with this slug; an empty slug: the figure was deleted.

    `is_apart`: paid beside the rest, and not part of the sum.
    """

    figure: str
    name: str = ""
    times: Decimal = Decimal(1)
    note: str = ""
    conditions: tuple[Condition, ...] = ()
    is_apart: bool = False


@dataclass(frozen=True)
class Fact:
    """What an answer tells a list that another app keeps, as `key=value`."""

    condition: Condition
    fact: str


@dataclass(frozen=True)
class Outcome:
    """`list_key`: the list of `home.material_lists` that is shown before `materials`, as far
    as the `facts` decide it."""

    code: str
    title: str
    text: Any = ""
    materials: tuple[Material, ...] = ()
    amounts: tuple[Amount, ...] = ()
    amounts_note: str = ""
    places: tuple[Any, ...] = ()
    local_kind: str = ""
    next_steps: tuple[Any, ...] = ()
    list_key: str = ""
    facts: tuple[Fact, ...] = ()

    def conditions(self) -> Iterator[Condition]:
        for item in (*self.materials, *self.amounts):
            yield from item.conditions
        for fact in self.facts:
            yield fact.condition


@dataclass(frozen=True)
class Tree:
    """Questions and outcomes in the editor's order; the first question is the start."""

    questions: tuple[Question, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    _by_code: dict[str, Question | Outcome] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self):
        for node in (*self.questions, *self.outcomes):
            self._by_code.setdefault(node.code, node)

    def node(self, code: str) -> Question | Outcome | None:
        return self._by_code.get(code)

    @property
    def start(self) -> Question | None:
        return self.questions[0] if self.questions else None
