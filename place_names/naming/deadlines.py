"""Days by which a step of an application is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from home.service_places.hours import (
    DAYS_OFF_BY_DATE,
    SATURDAY,
    PublicDay,
    has_notice,
    public_day,
)


@dataclass(frozen=True)
class Terms:
    """Lengths of the terms; acceptance and decision in working days, the others in days.

    No law that was read sets how long an applicant may take to complete the papers.
    """

    accept_days: int = 5
    decision_days: int = 20
    filing_days: int = 15
    notice_days: int = 15
    supplement_days: int = 30


@dataclass(frozen=True)
class Due:
    """The next step, the last day for it, and the clause that sets it."""

    step: str
    last_day: date
    basis: str

    def is_overdue(self, today: date) -> bool:
        return today > self.last_day


def is_working_day(day: date) -> bool:
    """By the notice of the State Council as far as it is known, else by the weekday."""
    kind = public_day(day)
    if kind is PublicDay.ORDINARY:
        return day.weekday() < SATURDAY
    return kind is PublicDay.SWAPPED_WORKDAY


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; 0 where it is not later.

    Counted by weeks and the exceptions of each year, so that centuries cost no more than days.
    """
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    number = 5 * weeks + sum((start.weekday() + each) % 7 < SATURDAY for each in range(1, rest + 1))
    for year in range(start.year, end.year + 1):
        number += sum(change for day, change in _exceptions(year) if start < day <= end)
    return number


@cache
def _exceptions(year: int) -> tuple[tuple[date, int], ...]:
    """Days that are not what their weekday says: -1 for a weekday off, 1 for a weekend worked."""
    if has_notice(year):
        first = date(year, 1, 1)
        days = [first + timedelta(days=each) for each in range(366)]
        days = [day for day in days if day.year == year]
    else:
        days = [date(year, month, day) for month, day in sorted(DAYS_OFF_BY_DATE)]
    changes = ((day, is_working_day(day) - (day.weekday() < SATURDAY)) for day in days)
    return tuple((day, change) for day, change in changes if change)


def after_working_days(start: date, number: int) -> date:
    """The last of `number` working days after `start`, which does not count (《行政许可法》 art. 82)."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def after_days(start: date, number: int) -> date:
    """The last of `number` days after `start`; one that is no working day moves on (《民法典》 arts.
    201, 203)."""
    day = start + timedelta(days=number)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def first_days(steps: Iterable) -> dict[str, date]:
    """The day of each step; of one that was taken twice, the first."""
    found: dict[str, date] = {}
    for step in steps:
        found[step.state] = min(step.day, found.get(step.state, step.day))
    return found


def decision_counts_from(days: dict[str, date], terms: Terms) -> date:
    """The day after which the term of the decision runs: that of acceptance, or that of receipt
    where nothing was told in time, neither acceptance nor what is missing (《行政许可法》 art. 32)."""
    received, accepted = days["received"], days["accepted"]
    told = min(accepted, days.get("supplement", accepted))
    return accepted if told <= after_working_days(received, terms.accept_days) else received


def next_due(state: str, days: dict[str, date], terms: Terms) -> Due | None:
    """What is due after the state; `days` are the days of the steps so far, by state."""
    if state == "supplement":
        last = after_days(days["supplement"], terms.supplement_days)
        return Due("申请人补正材料", last, "本局定的期限")
    if state in ("received", "supplied"):
        # From the day on which all of the papers had come in.
        last = after_working_days(days[state], terms.accept_days)
        return Due("受理", last, "《行政许可法》第三十二条")
    if state in ("accepted", "visited", "reviewed", "consulted"):
        last = after_working_days(decision_counts_from(days, terms), terms.decision_days)
        return Due("作出决定", last, "《行政许可法》第四十二条")
    if state == "approved":
        last = after_days(days["approved"], terms.filing_days)
        return Due("报送备案", last, "《地名管理条例》第十三条")
    if state == "filed":
        # From the approval where civil affairs or the government approved: the earlier day is safe.
        last = after_days(days["approved"], terms.notice_days)
        return Due("向社会公告", last, "《地名管理条例》第十四条")
    return None
