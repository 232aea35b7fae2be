"""The dates against tables made by hand.

2026 follows the notice of the State Council. That for 2027 was not out when this was
written; its days off are an assumption in the shape of such a notice.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marriage.calendar.divorce_window import Reading, plan

OFF = {
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
    2027: "0101-0103 0205-0212 0403-0405 0501-0505 0609-0609 0915-0915 1001-1007",
}
SWAPPED = {
    2026: "0104 0214 0228 0509 0920 1010",
    2027: "0131 0220 0425 0508 0926 1009",
}


def on(year, text):
    return date(year, int(text[:2]), int(text[2:]))


def working(day):
    if day.year not in OFF:
        return None
    if day in {on(day.year, text) for text in SWAPPED[day.year].split()}:
        return True
    for span in OFF[day.year].split():
        first, last = span.split("-")
        if on(day.year, first) <= day <= on(day.year, last):
            return False
    return day.weekday() < 5


# accepted | end of the first period, as counted and rolled | window without the roll | with it
# | the safe window
BY_HAND = """
2026-01-05 | 2026-02-04 2026-02-04 | 2026-02-05 2026-03-06 | 2026-02-05 2026-03-06 | 2026-02-05 2026-03-06
2026-01-15 | 2026-02-14 2026-02-14 | 2026-02-15 2026-03-16 | 2026-02-15 2026-03-16 | 2026-02-15 2026-03-16
2026-01-16 | 2026-02-15 2026-02-24 | 2026-02-16 2026-03-17 | 2026-02-25 2026-03-26 | 2026-02-25 2026-03-17
2026-01-23 | 2026-02-22 2026-02-24 | 2026-02-23 2026-03-24 | 2026-02-25 2026-03-26 | 2026-02-25 2026-03-24
2026-01-29 | 2026-02-28 2026-02-28 | 2026-03-01 2026-03-30 | 2026-03-01 2026-03-30 | 2026-03-01 2026-03-30
2026-03-05 | 2026-04-04 2026-04-07 | 2026-04-05 2026-05-06 | 2026-04-08 2026-05-07 | 2026-04-08 2026-05-06
2026-03-31 | 2026-04-30 2026-04-30 | 2026-05-01 2026-06-01 | 2026-05-01 2026-06-01 | 2026-05-01 2026-06-01
2026-04-09 | 2026-05-09 2026-05-09 | 2026-05-10 2026-06-08 | 2026-05-10 2026-06-08 | 2026-05-10 2026-06-08
2026-05-20 | 2026-06-19 2026-06-22 | 2026-06-20 2026-07-20 | 2026-06-23 2026-07-22 | 2026-06-23 2026-07-20
2026-08-21 | 2026-09-20 2026-09-20 | 2026-09-21 2026-10-20 | 2026-09-21 2026-10-20 | 2026-09-21 2026-10-20
2026-08-26 | 2026-09-25 2026-09-28 | 2026-09-26 2026-10-26 | 2026-09-29 2026-10-28 | 2026-09-29 2026-10-26
2026-09-01 | 2026-10-01 2026-10-08 | 2026-10-02 2026-11-02 | 2026-10-09 2026-11-09 | 2026-10-09 2026-11-02
2026-09-10 | 2026-10-10 2026-10-10 | 2026-10-11 2026-11-09 | 2026-10-11 2026-11-09 | 2026-10-11 2026-11-09
2026-12-01 | 2026-12-31 2026-12-31 | 2027-01-01 2027-01-31 | 2027-01-01 2027-01-31 | 2027-01-01 2027-01-31
2027-01-06 | 2027-02-05 2027-02-15 | 2027-02-06 2027-03-08 | 2027-02-16 2027-03-17 | 2027-02-16 2027-03-08
2027-01-21 | 2027-02-20 2027-02-20 | 2027-02-21 2027-03-22 | 2027-02-21 2027-03-22 | 2027-02-21 2027-03-22
2027-03-04 | 2027-04-03 2027-04-06 | 2027-04-04 2027-05-06 | 2027-04-07 2027-05-06 | 2027-04-07 2027-05-06
2027-05-10 | 2027-06-09 2027-06-10 | 2027-06-10 2027-07-09 | 2027-06-11 2027-07-12 | 2027-06-11 2027-07-09
2027-07-08 | 2027-08-07 2027-08-09 | 2027-08-08 2027-09-06 | 2027-08-10 2027-09-08 | 2027-08-10 2027-09-06
2027-08-27 | 2027-09-26 2027-09-26 | 2027-09-27 2027-10-26 | 2027-09-27 2027-10-26 | 2027-09-27 2027-10-26
2027-09-01 | 2027-10-01 2027-10-08 | 2027-10-02 2027-11-01 | 2027-10-09 2027-11-08 | 2027-10-09 2027-11-01
"""


@pytest.mark.parametrize("row", BY_HAND.strip().splitlines())
def test_by_hand(row):
    accepted, first, without, rolled, safe = (
        [date.fromisoformat(text) for text in part.split()] for part in row.split("|")
    )
    found = plan(accepted[0], working)
    assert [found.withdraw_until, found.withdraw_until_rolled] == first
    assert [found.not_rolled.first, found.not_rolled.last] == without
    assert [found.rolled.first, found.rolled.last] == rolled
    assert [found.window.first, found.window.last] == safe
    assert not found.provisional


def test_the_setting_chooses_the_window():
    day = date(2026, 9, 1)
    assert plan(day, working, Reading.ROLLED).window.last == date(2026, 11, 9)
    assert plan(day, working, Reading.NOT_ROLLED).window.first == date(2026, 10, 2)


def test_the_periods_are_data():
    found = plan(date(2026, 6, 1), working, cooling_off=10, certificate=5)
    assert found.withdraw_until == date(2026, 6, 11)
    assert (found.window.first, found.window.last) == (date(2026, 6, 12), date(2026, 6, 16))


def test_unconfirmed_days_never_lengthen_the_window():
    """Both ends fall in 2028, of which the table knows nothing; 2028-01-01 is a Saturday."""
    found = plan(date(2027, 12, 2), working)
    assert found.provisional
    assert found.withdraw_until == date(2028, 1, 1)
    assert found.withdraw_until_rolled == date(2028, 1, 3)
    assert found.not_rolled.last == date(2028, 1, 31)
    assert found.rolled.last == date(2028, 2, 2)


def test_a_table_of_nothing_but_days_off_is_an_error():
    with pytest.raises(ValueError, match="no working day"):
        plan(date(2026, 6, 1), lambda day: False)


@given(st.dates(date(2026, 1, 1), date(2027, 8, 31)))
def test_the_safe_window_is_good_under_both_readings(accepted):
    found = plan(accepted, working)
    days = list(found.window.days())
    assert days
    assert all(day in found.not_rolled and day in found.rolled for day in days)
    for window in (found.not_rolled, found.rolled):
        assert working(window.last)
        assert (window.last - window.first).days >= 29
    assert found.window.first > accepted + timedelta(days=30)
    assert found.window.last >= accepted + timedelta(days=60)
    assert found.counter.first == min(found.not_rolled.first, found.rolled.first)
    assert found.counter.last == max(found.not_rolled.last, found.rolled.last)
    assert working(found.withdraw_working_day)
    assert found.withdraw_working_day <= found.withdraw_until <= found.withdraw_until_rolled


def test_a_window_holds_days_only():
    window = plan(date(2026, 9, 1), working).window
    assert date(2026, 10, 9) in window
    assert date(2026, 10, 8) not in window
    assert date(2026, 11, 3) not in window
    assert "2026-10-09" not in window
