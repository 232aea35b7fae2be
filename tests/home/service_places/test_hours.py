from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.service_places.hours import HoursException, PublicDay, Span, Timetable, public_day

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


# The notices of the State Council for 2025 and 2026: days of a holiday, days worked instead.
HOLIDAYS_ON_WEEKENDS = [
    "2025-02-01",
    "2025-02-02",
    "2025-04-05",
    "2025-04-06",
    "2025-05-03",
    "2025-05-04",
    "2025-05-31",
    "2025-06-01",
    "2025-10-04",
    "2025-10-05",
    "2026-01-03",
    "2026-02-15",
    "2026-02-21",
    "2026-02-22",
    "2026-04-04",
    "2026-04-05",
    "2026-05-02",
    "2026-05-03",
    "2026-06-20",
    "2026-06-21",
    "2026-09-26",
    "2026-09-27",
    "2026-10-03",
    "2026-10-04",
]
WORKED_WEEKENDS = [
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in HOLIDAYS_ON_WEEKENDS])
def test_a_holiday_that_falls_on_a_weekend_closes_who_opens_on_weekends(day):
    every_day = Timetable({weekday: [MORNING] for weekday in range(7)})
    assert public_day(day) is PublicDay.HOLIDAY
    assert every_day.spans_on(day) == []
    assert Timetable(every_day.weekly, follows_holidays=False).spans_on(day) == [MORNING]


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in WORKED_WEEKENDS])
def test_a_worked_weekend_day_opens_like_a_monday(day):
    weekly = {**OFFICE.weekly, 0: [MORNING], 4: [AFTERNOON]}
    assert public_day(day) is PublicDay.SWAPPED_WORKDAY
    assert Timetable(weekly).spans_on(day) == [MORNING]


def test_an_ordinary_weekend_keeps_its_weekly_hours():
    every_day = Timetable({weekday: [MORNING] for weekday in range(7)})
    for day in (date(2026, 11, 28), date(2026, 11, 29), date(2026, 6, 27)):
        assert public_day(day) is PublicDay.ORDINARY
        assert every_day.spans_on(day) == [MORNING]


def test_a_place_may_work_on_holidays():
    assert Timetable(OFFICE.weekly, follows_holidays=False).spans_on(date(2026, 10, 1))


def test_weekly_hours_hold_where_holidays_are_not_announced():
    unknown = Timetable(OFFICE.weekly, public_day=lambda day: PublicDay.ORDINARY)
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
