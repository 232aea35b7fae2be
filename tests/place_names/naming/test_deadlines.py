"""Terms of an application. Days off by 国办发明电〔2025〕7号, the notice for 2026."""

from datetime import date

import pytest

from place_names.naming.deadlines import Terms, after_days, after_working_days, next_due


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


def test_a_term_is_kept_on_its_last_day():
    due = next_due("received", {"received": date(2026, 3, 2)}, Terms())
    assert not due.is_overdue(date(2026, 3, 9))
    assert due.is_overdue(date(2026, 3, 10))
