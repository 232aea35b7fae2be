"""Terms of an application. Days off by 国办发明电〔2025〕7号, the notice for 2026."""

from datetime import date, timedelta

import pytest

from place_names.naming import deadlines
from place_names.naming.deadlines import (
    Terms,
    after_days,
    after_working_days,
    is_working_day,
    next_due,
    working_days,
)


@pytest.mark.parametrize(
    ("start", "number", "last"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),  # Monday to Monday: the first day does not count
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday, then Monday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # National Day, off from 1 to 7 October
        (date(2026, 10, 8), 2, date(2026, 10, 10)),  # Saturday 10 October is worked
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # Saturday 14 February is worked
    ],
)
def test_working_days(start, number, last):
    assert after_working_days(start, number) == last


@pytest.mark.parametrize(
    ("start", "number", "last"),
    [
        (date(2026, 3, 2), 15, date(2026, 3, 17)),
        (date(2026, 3, 6), 15, date(2026, 3, 23)),  # the 15th day is Saturday the 21st
        (date(2026, 9, 20), 15, date(2026, 10, 8)),  # 5 October is a holiday
    ],
)
def test_days_that_end_on_a_day_off_move_on(start, number, last):
    assert after_days(start, number) == last


def test_each_state_has_its_term():
    days = {state: date(2026, 3, 2) for state in ("received", "accepted", "approved")}
    terms = Terms()
    assert next_due("received", days, terms).last_day == date(2026, 3, 9)
    assert next_due("consulted", days, terms).step == "作出决定"
    assert next_due("accepted", days, terms).last_day == date(2026, 3, 30)
    assert next_due("approved", days, terms).last_day == date(2026, 3, 17)
    assert next_due("filed", days, terms).step == "向社会公告"
    assert next_due("announced", days, terms) is None


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (
            {"accepted": date(2026, 3, 9)},
            date(2026, 4, 7),
        ),  # In time, on the last day; 清明 is off.
        ({"accepted": date(2026, 3, 10)}, date(2026, 3, 30)),  # Too late: from receipt.
        # Told in time what is missing; accepted when it came.
        ({"supplement": date(2026, 3, 5), "accepted": date(2026, 3, 20)}, date(2026, 4, 20)),
        ({"supplement": date(2026, 3, 11), "accepted": date(2026, 3, 20)}, date(2026, 3, 30)),
    ],
)
def test_who_is_told_nothing_in_time_counts_as_accepted_on_receipt(days, last):
    """《行政许可法》 art. 32; the first was found by a stranger with an application of 19 November."""
    due = next_due("accepted", {"received": date(2026, 3, 2)} | days, Terms())
    assert due.last_day == last


def test_a_term_is_kept_on_its_last_day():
    due = next_due("received", {"received": date(2026, 3, 2)}, Terms())
    assert not due.is_overdue(date(2026, 3, 9))
    assert due.is_overdue(date(2026, 3, 10))


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 3), date(2026, 3, 2), 0),
        (date(2026, 3, 6), date(2026, 3, 9), 1),
        (date(2026, 2, 13), date(2026, 2, 24), 2),  # 14 and 24 February are worked
        (date(2026, 9, 30), date(2026, 10, 12), 4),  # off to 7 October, the 10th is worked
        (date(2029, 12, 31), date(2030, 1, 7), 4),  # no notice yet: 1 January alone is off
    ],
)
def test_working_days_between(start, end, number):
    assert working_days(start, end) == number


def test_working_days_agree_with_counting_each_day():
    start = date(2024, 12, 27)
    number = 0
    for ahead in range(1, 1200):
        number += is_working_day(day := start + timedelta(days=ahead))
        assert working_days(start, day) == number


def test_centuries_are_counted_without_going_through_the_days(monkeypatch):
    looked_at = []
    monkeypatch.setattr(
        deadlines, "is_working_day", lambda day: looked_at.append(day) or day.weekday() < 5
    )
    assert working_days(date(206, 11, 3), date(2003, 12, 31)) > 460_000
    assert len(looked_at) <= 6 * 1798
