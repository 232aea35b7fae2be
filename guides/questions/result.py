"""What an outcome means for the answers given: materials, amounts and their sum."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from home.material_lists import MaterialList, material_list

from .evaluation import Evaluation
from .tree import Amount, Material


def money(number: Decimal) -> str:
    """1680.00 as 1,680 and 352.50 as 352.5: thousands apart, no needless zeros."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Line:
    """One amount on the day. `sum` is None where no number is registered for that day.

    `shown`: the figure as it is registered, before it is multiplied. `is_due`: on the day it
    was past its review date without a newer value.
    """

    label: str
    shown: str
    sum: Decimal | None
    unit: str
    note: str
    source: str
    address: str
    is_sample: bool
    is_apart: bool
    times: Decimal
    is_due: bool = False

    @property
    def sum_shown(self) -> str:
        return "–" if self.sum is None else f"{money(self.sum)}{self.unit}"


@dataclass(frozen=True)
class Result:
    """`added`: the lines of the sum; `apart`: those that stand beside it; `booking`: (label,
    address) of where to book; `places`: those of the outcome that may serve whoever answered."""

    materials: tuple[Material, ...]
    added: tuple[Line, ...]
    apart: tuple[Line, ...]
    total: Decimal | None
    unit: str
    day: date
    booking: tuple[str, str] | None = None
    places: tuple[Any, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.added + self.apart

    @property
    def total_shown(self) -> str:
        """The sum of several lines, empty where there is none to give."""
        return "" if self.total is None else f"{money(self.total)}{self.unit}"

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(line.source for line in self.lines if line.source))

    @property
    def is_sample(self) -> bool:
        return any(line.is_sample for line in self.lines)

    @property
    def is_due(self) -> bool:
        return any(line.is_due for line in self.lines)


ValueOn = Callable[[str, date], object]
ListOf = Callable[[str, dict[str, list[str]]], MaterialList | None]


def facts_of(evaluation: Evaluation) -> dict[str, list[str]]:
    """What the answers tell the list of the outcome: {key: its values}."""
    facts: dict[str, list[str]] = {}
    for each in evaluation.outcome.facts:
        key, _, value = each.fact.partition("=")
        if evaluation.holds([each.condition]) and value not in facts.setdefault(key, []):
            facts[key].append(value)
    return {key: values for key, values in facts.items() if values}


def work_out(
    evaluation: Evaluation, value_on: ValueOn, today: date, list_of: ListOf = material_list
) -> Result:
    """The result of a walk that ended at an outcome.

    `value_on(slug, day)` returns the figure's value of that day (with `.amount`, `.figure`
    and `.shown()`) or None. The sum is that of the lines that are not apart, and given only
    when there are several, every one has a number and all have the same unit: half a sum
    would mislead.
    """
    outcome = evaluation.outcome
    day = evaluation.day or today
    lines = tuple(
        _line(amount, value_on(amount.figure, day), day)
        for amount in outcome.amounts
        if evaluation.holds(amount.conditions)
    )
    added = tuple(line for line in lines if not line.is_apart)
    units = {line.unit for line in added}
    complete = len(added) > 1 and len(units) == 1 and all(line.sum is not None for line in added)
    listed = list_of(outcome.list_key, facts_of(evaluation)) if outcome.list_key else None
    return Result(
        materials=(
            *((Material(each.name, each.note) for each in listed.materials) if listed else ()),
            *(item for item in outcome.materials if evaluation.holds(item.conditions)),
        ),
        booking=(listed.label, listed.address) if listed and listed.address else None,
        added=added,
        apart=tuple(line for line in lines if line.is_apart),
        total=sum((line.sum for line in added), Decimal(0)) if complete else None,
        unit=units.pop() if complete else "",
        day=day,
        places=tuple(
            place for place in outcome.places if listed is None or place.pk not in listed.not_at
        ),
    )


def _line(amount: Amount, value, day: date) -> Line:
    figure = getattr(value, "figure", None)
    number = value.amount if value is not None else None
    return Line(
        label=amount.name,
        shown=value.shown() if value is not None else "这一天没有登记数值，请致电询问",
        sum=None if number is None else (number * amount.times).quantize(Decimal("0.01")),
        unit=_total_unit(figure.unit if figure else "", amount.times),
        note=amount.note,
        source=figure.source if figure else "",
        address=figure.get_absolute_url() if figure else "",
        is_sample=bool(figure and figure.is_sample),
        is_apart=amount.is_apart,
        times=amount.times,
        is_due=bool(figure and figure.is_review_due(day)),
    )


def _total_unit(unit: str, times: Decimal) -> str:
    """元/年 taken five times is 元: the multiplier counts the years."""
    return unit.split("/")[0] if times != 1 else unit
