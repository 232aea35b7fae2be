"""Layout of charts, on the server: they need no script, and they print.

Stacked columns become plain SVG, horizontal bars HTML that scales with the text size. Beside each
chart a table or a label carries the same numbers for those who cannot see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
LEFT, TOP, BOTTOM = 44, 22, 34
STEPS = (1, 2, 5)
WIDEST_COLUMN = 56
SHORTEST_BAR = 1.0
"""In percent: nothing is drawn so short that it looks like a fault."""


@dataclass(frozen=True)
class Column:
    """One column in SVG units; `parts` are stacked from the ground up."""

    label: str
    total: int
    centre: float
    top: float
    show_label: bool
    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Part:
    series: int
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    value: int
    y: float


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    ground: float
    left: int
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    series: tuple[str, ...]


def step_for(largest: int, marks: int = 4) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50… with which `marks` steps reach `largest`."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * marks >= largest:
                return step * power
        power *= 10


def stacked_columns(
    series: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], labels: int = 10
) -> Chart:
    """Lay out one stacked column per row; a row is (label, one value per series).

    Of many rows only about `labels` get their label written. Values are whole, not negative.
    """
    largest = max((sum(values) for _, values in rows), default=0)
    step = step_for(max(largest, 1))
    ceiling = step * max(-(-largest // step), 1)
    ground = HEIGHT - BOTTOM
    scale = (ground - TOP) / ceiling
    pitch = (WIDTH - LEFT) / max(len(rows), 1)
    width = min(pitch * 0.7, WIDEST_COLUMN)
    every = max(-(-len(rows) // labels), 1)
    columns = []
    for number, (label, values) in enumerate(rows):
        centre = LEFT + pitch * (number + 0.5)
        parts, y = [], float(ground)
        for place, value in enumerate(values):
            height = value * scale
            y -= height
            if value:
                parts.append(Part(place, value, *_rounded(centre - width / 2, y, width, height)))
        columns.append(
            Column(
                label, sum(values), round(centre, 1), round(y, 1), number % every == 0, tuple(parts)
            )
        )
    marks = tuple(
        Mark(value, round(ground - value * scale, 1)) for value in range(0, ceiling + 1, step)
    )
    return Chart(WIDTH, HEIGHT, ground, LEFT, tuple(columns), marks, tuple(series))


def horizontal_bars(values: Sequence[float]) -> list[float]:
    """The length of a bar for each value, in percent of the longest, from a base of zero.

    A negative value gets the shortest bar.
    """
    highest = max(values, default=0.0) or 1.0
    return [round(max(SHORTEST_BAR, 100 * max(value, 0.0) / highest), 1) for value in values]


def _rounded(*numbers: float) -> tuple[float, ...]:
    return tuple(round(number, 1) for number in numbers)
