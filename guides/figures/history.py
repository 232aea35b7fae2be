"""The values of a figure over the years, as a bar chart."""

from dataclasses import dataclass

from home.charts import horizontal_bars

from .models import Figure, FigureValue, plain_number


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
    numbers = [value for value in values if value.amount is not None]
    if len(numbers) < 2:
        return None
    lengths = horizontal_bars([float(value.amount) for value in numbers])
    bars = [
        Bar(
            length=length,
            label=f"{value.qualifier}{plain_number(value.amount, figure.decimals)}",
            year=value.period or time_of(value, numbers),
            is_target=value.is_target,
        )
        for value, length in zip(numbers, lengths, strict=True)
    ]
    return Chart(title=f"{figure.name}（{figure.unit}）" if figure.unit else figure.name, bars=bars)
