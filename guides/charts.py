"""Charts drawn on the server: bars as SVG, words as text that grows with the reader's letters.

No script, no outside library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Figure, FigureValue

SHORTEST_BAR = 1.0
"""In percent: nothing is drawn so short that it looks like a fault."""


@dataclass(frozen=True)
class Bar:
    length: float
    """In percent of the longest bar."""
    label: str
    year: str
    is_target: bool


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]


def time_of(value: FigureValue, values: list[FigureValue]) -> str:
    """The year from which a value holds, with month and day where others begin in the same."""
    day = value.valid_from
    same_year = [other for other in values if other.valid_from.year == day.year]
    if len(same_year) == 1:
        return f"{day.year}年"
    same_month = [other for other in same_year if other.valid_from.month == day.month]
    return f"{day:%Y.%-m}" if len(same_month) == 1 else f"{day:%Y.%-m.%-d}"


def history_chart(figure: Figure, values: list[FigureValue]) -> Chart | None:
    """One bar for each value that is a number, oldest first, from a base of zero.

    None when fewer than two values are numbers: a single bar tells nothing.
    """
    from .models.figures import plain_number  # The models use these charts.

    numbers = [value for value in values if value.amount is not None]
    if len(numbers) < 2:
        return None
    highest = max(float(value.amount) for value in numbers) or 1.0
    bars = [
        Bar(
            length=round(max(SHORTEST_BAR, 100 * max(float(value.amount), 0.0) / highest), 1),
            label=f"{value.qualifier}{plain_number(value.amount, figure.decimals)}",
            year=value.period or time_of(value, numbers),
            is_target=value.is_target,
        )
        for value in numbers
    ]
    return Chart(title=f"{figure.name}（{figure.unit}）" if figure.unit else figure.name, bars=bars)
