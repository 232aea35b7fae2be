from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.service_places.hours import HoursException, Span, Timetable

MORNING, AFTERNOON = Span(time(9), time(12)), Span(time(14), time(17, 30))
OFFICE = Timetable({day: [AFTERNOON, MORNING] for day in range(5)})


def test_week_in_few_lines():
    assert OFFICE.lines() == [
        ("周一至周五", "09:00–12:00、14:00–17:30"),
        ("周六、周日", "休息"),
    ]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2026, 11, 23, 9, 0), "开放中，12:00休息"),
        (datetime(2026, 11, 23, 8, 59), "休息中，今天09:00开放"),
        (datetime(2026, 11, 23, 12, 0), "休息中，今天14:00开放"),
        (datetime(2026, 11, 23, 17, 30), "休息中，明天09:00开放"),
        (datetime(2026, 11, 27, 18, 0), "休息中，11月30日（周一）09:00开放"),
        # National Day 2026 is a holiday from 1 to 7 October.
        (datetime(2026, 9, 30, 18, 0), "休息中，10月8日（周四）09:00开放"),
    ],
)
def test_state_says_when_it_changes(moment, state):
    assert OFFICE.state(moment) == state


def test_a_worked_saturday_opens_like_a_monday():
    assert OFFICE.spans_on(date(2026, 2, 14)) == [MORNING, AFTERNOON]
    assert Timetable(OFFICE.weekly, follows_holidays=False).spans_on(date(2026, 2, 14)) == []


def test_a_place_may_work_on_holidays():
    assert Timetable(OFFICE.weekly, follows_holidays=False).spans_on(date(2026, 10, 1))


def test_weekly_hours_hold_where_holidays_are_not_announced():
    unknown = Timetable(OFFICE.weekly, workday=lambda day: None)
    assert unknown.spans_on(date(2030, 1, 1)) == [MORNING, AFTERNOON]


def test_days_off_that_the_law_names_need_no_notice():
    """Whoever looks on the last evening of 2030 is not sent to a closed hall."""
    assert OFFICE.state(datetime(2030, 12, 31, 18)) == "休息中，1月2日（周四）09:00开放"
    assert Timetable(OFFICE.weekly, follows_holidays=False).spans_on(date(2031, 1, 1))


def test_exceptions_win_over_week_and_holiday():
    closed = HoursException(date(2026, 11, 23), date(2026, 11, 24), reason="搬迁")
    extra = HoursException(date(2026, 10, 1), date(2026, 10, 1), Span(time(10), time(11)))
    table = Timetable(OFFICE.weekly, [closed, extra])
    assert table.spans_on(date(2026, 11, 24)) == []
    assert table.spans_on(date(2026, 10, 1)) == [Span(time(10), time(11))]
    assert table.coming_exceptions(date(2026, 11, 1)) == [closed]
    assert table.state(datetime(2026, 11, 23, 10)) == "休息中，11月25日（周三）09:00开放"


def test_a_place_without_hours_says_so():
    assert Timetable({}).state(datetime(2026, 11, 23, 10)) == "开放时间未登记，请先致电"


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)))
def test_next_opening_is_the_start_of_an_open_stretch(moment):
    opening = OFFICE.next_opening(moment)
    assert opening > moment
    assert OFFICE.is_open(opening)


def test_the_whole_day_is_open_to_its_last_second():
    table = Timetable({day: [Span(time(0), time(23, 59))] for day in range(7)})
    assert table.is_open(datetime(2026, 11, 23, 23, 59, 59))
    assert table.state(datetime(2026, 11, 23, 3)) == "今天全天开放"
    assert table.lines() == [("周一至周日", "全天")]
