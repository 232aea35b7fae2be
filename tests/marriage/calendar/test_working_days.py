from datetime import date

from marriage.calendar.working_days import known, proposed, proposed_rows


def test_swapped_days_of_2026_are_known():
    assert known(date(2026, 2, 14)).is_working
    assert known(date(2026, 2, 14)).note == "春节调休上班"
    assert not known(date(2026, 10, 5)).is_working
    assert known(date(2026, 10, 5)).note == "国庆节放假"
    assert known(date(2026, 11, 23)).is_working
    assert not known(date(2026, 11, 22)).is_working
    assert known(date(2026, 11, 23)).note == ""


def test_a_year_without_notice_is_proposed_but_not_confirmed(monkeypatch):
    day = date(2099, 6, 3)
    assert known(day) is None
    assert proposed(day).is_working
    assert not proposed(day).is_confirmed
    assert proposed(day).note == "放假安排尚未公布，按星期推测"
    assert not proposed(date(2099, 6, 6)).is_working
    assert not proposed(date(2099, 1, 1)).is_working


def test_rows_cover_the_span_with_both_ends():
    rows = list(proposed_rows(date(2026, 12, 30), date(2027, 1, 2)))
    assert [row.day.day for row in rows] == [30, 31, 1, 2]
    assert [row.is_confirmed for row in rows][:2] == [True, True]
