"""Charts drawn on the server as SVG shapes: no script, no outside library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Figure, FigureValue

WIDTH, HEIGHT = 480, 260
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 36, 40
WIDEST_BAR = 88


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str
    year: str
    is_target: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> float:
        return round(self.y - 8, 1)


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    year_y: int = HEIGHT - 14

    @property
    def right(self) -> int:
        return self.width - RIGHT


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
    step = (WIDTH - LEFT - RIGHT) / len(numbers)
    width = min(WIDEST_BAR, step * 0.6)
    room = HEIGHT - TOP - BOTTOM
    bars = []
    for position, value in enumerate(numbers):
        height = max(2.0, room * max(float(value.amount), 0.0) / highest)
        bars.append(
            Bar(
                x=round(LEFT + step * position + (step - width) / 2, 1),
                y=round(HEIGHT - BOTTOM - height, 1),
                width=round(width, 1),
                height=round(height, 1),
                label=f"{value.prefix}{plain_number(value.amount, figure.decimals)}",
                year=value.period or time_of(value, numbers),
                is_target=value.is_target,
            )
        )
    return Chart(title=f"{figure.name}（{figure.unit}）" if figure.unit else figure.name, bars=bars)
