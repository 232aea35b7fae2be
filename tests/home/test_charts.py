import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.charts import (
    HEIGHT,
    SHORTEST_BAR,
    TOP,
    WIDTH,
    horizontal_bars,
    stacked_columns,
    step_for,
)


@pytest.mark.parametrize(
    ("largest", "step"), [(1, 1), (4, 1), (5, 2), (9, 5), (20, 5), (21, 10), (500, 200)]
)
def test_steps_are_round_numbers(largest, step):
    assert step_for(largest) == step


def test_columns_stack_from_the_ground():
    chart = stacked_columns(["完成", "爽约"], [("9时", [3, 1]), ("10时", [0, 2])])
    first, second = chart.columns
    assert [part.value for part in first.parts] == [3, 1]
    assert first.parts[0].y + first.parts[0].height == pytest.approx(chart.ground, abs=0.2)
    assert first.parts[1].y + first.parts[1].height == pytest.approx(first.parts[0].y, abs=0.2)
    assert [part.series for part in second.parts] == [1]
    assert chart.marks[-1].value == 4


def test_nothing_to_show_is_still_a_chart():
    chart = stacked_columns(["预约"], [])
    assert chart.columns == ()
    assert [mark.value for mark in chart.marks] == [0, 1]


@given(
    st.lists(
        st.tuples(st.text(max_size=3), st.lists(st.integers(0, 9999), min_size=2, max_size=2)),
        max_size=60,
    )
)
def test_everything_stays_inside_the_frame(rows):
    chart = stacked_columns(["a", "b"], rows)
    for column in chart.columns:
        for part in column.parts:
            assert part.y >= TOP - 0.2
            assert part.y + part.height <= HEIGHT
            assert part.x >= 0
            assert part.x + part.width <= WIDTH + 0.2
    heights = [column.top for column in chart.columns]
    totals = [column.total for column in chart.columns]
    if totals and max(totals):
        assert heights.index(min(heights)) in [
            number for number, top in enumerate(heights) if top == min(heights)
        ]
        assert heights[totals.index(max(totals))] == min(heights)
    assert sum(column.show_label for column in chart.columns) <= 11


def test_bars_are_in_percent_of_the_longest():
    bars = horizontal_bars([200.0, 100.0, 0.1, -5.0])
    assert bars == [100.0, 50.0, SHORTEST_BAR, SHORTEST_BAR]
    assert horizontal_bars([0.0, 0.0]) == [SHORTEST_BAR, SHORTEST_BAR]
    assert horizontal_bars([]) == []
