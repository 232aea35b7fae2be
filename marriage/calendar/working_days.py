"""Which days are worked: what is known, what is guessed, what somebody must confirm.

`chinese_calendar` carries the yearly notices of the State Council, with swapped working days
(调休), up to the last year it knows. For later years it knows nothing, so we propose the
weekday (a day of rest on holidays of a fixed date) and leave the day unconfirmed: such days
are closed to booking until somebody has looked at the notice and confirmed them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from home.service_places.hours import PublicDay, public_day

HOLIDAY_WORDS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


GUESS_NOTE = "放假安排尚未公布，按星期推测"


@dataclass(frozen=True)
class DayRow:
    """One line of the calendar as proposed; `note` says what is out of the ordinary."""

    day: date
    is_working: bool
    is_confirmed: bool
    note: str = ""


def known(day: date) -> DayRow | None:
    """Return what the official notices say of a day, or None for a year not yet known."""
    try:
        is_working = chinese_calendar.is_workday(day)
        _, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    word = HOLIDAY_WORDS.get(name or "", "")
    weekend = day.weekday() >= 5
    if is_working and weekend:
        return DayRow(day, True, True, f"{word}调休上班")
    if not is_working and word:
        return DayRow(day, False, True, f"{word}放假")
    return DayRow(day, is_working, True, "")


def proposed(day: date) -> DayRow:
    """Return the row for a day: as announced, or else by its weekday and unconfirmed."""
    works = day.weekday() < 5 and public_day(day) is not PublicDay.HOLIDAY
    return known(day) or DayRow(day, works, False, GUESS_NOTE)


def proposed_rows(first: date, last: date) -> Iterator[DayRow]:
    """Yield a row for each day from first to last, both included."""
    for number in range((last - first).days + 1):
        yield proposed(first + timedelta(days=number))
