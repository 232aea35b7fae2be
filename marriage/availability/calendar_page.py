"""What is left, laid out for the pages: the calendar, the times of a day, the earliest.

While thousands look at the same office on the same morning, what they see is made once every
two seconds. It is advice: who gets a slot is decided when it is held.
"""

import datetime
import time
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse

from ..calendar.dates import WEEKDAYS, day_in_words, local_now
from ..models import BookingRules, Slot
from . import free_times, opening
from .day_states import DayState, Status, TimeState


@dataclass(frozen=True)
class Cell:
    """A day with where it leads; an empty address for a day that leads nowhere."""

    state: DayState
    address: str

    @property
    def weekday(self) -> str:
        return f"星期{WEEKDAYS[self.state.date.weekday()]}"

    @property
    def words(self) -> str:
        """For screen readers: everything that the eye sees."""
        text = day_in_words(self.state.date)
        return f"{text}，{self.state.words if self.state.is_bookable else self.state.reason}"


@dataclass(frozen=True)
class Month:
    title: str
    blanks: range
    cells: list[Cell]


def months(office, service, address_of, window=None, rules=None, now=None) -> list[Month]:
    """The bookable time of an office by months, weeks from Monday.

    `address_of(date)` gives the page of a day. Full days lead there too: it says what can be
    done. Four queries.
    """
    rules = rules or BookingRules.load()
    today = local_now(now).date()
    first, last = today, today + datetime.timedelta(days=rules.max_days_ahead)
    if window is not None and window.last < last:
        last = max(window.last, today)
    states = free_times.days(office, service, first, last, rules=rules, now=now, window=window)
    result: list[Month] = []
    for state in states:
        if not result or state.date.day == 1:
            blanks = range(state.date.weekday())
            result.append(Month(f"{state.date.year}年{state.date.month}月", blanks, []))
        leads = state.is_bookable or state.is_full
        result[-1].cells.append(Cell(state, address_of(state.date) if leads else ""))
    return result


@dataclass(frozen=True)
class Shown:
    """The calendar of an office as markup, and its earliest free time."""

    calendar: str
    earliest: tuple[datetime.date, str] | None


@dataclass(frozen=True)
class Times:
    """The slots of one day, why there are none, and where else something is free."""

    rows: list[TimeState]
    problem: str
    near: list[Slot]

    def without(self, slot_id: int) -> "Times":
        """The same for somebody who was just told that a slot is full."""
        rows = [
            replace(row, status=Status.FULL, left=0) if row.slot.pk == slot_id else row
            for row in self.rows
        ]
        return replace(self, rows=rows)

    @property
    def is_full(self) -> bool:
        return bool(self.rows) and not any(row.is_bookable for row in self.rows)


def _for_everybody(make, *about):
    """`make()`, made once every CALENDAR_SECONDS for all who ask with the same `about`.

    When it is due, one request makes it again; the others get the last one meanwhile.
    """
    seconds = settings.CALENDAR_SECONDS
    if not seconds:
        return make()
    key = f"marriage:{make.__name__}:{':'.join(str(one) for one in about)}"
    made_at, found = cache.get(key, (0, None))
    age = time.time() - made_at
    if age < seconds or (age < 3 * seconds and not cache.add(f"{key}:making", True, seconds)):
        return found
    found = make()
    cache.set(key, (time.time(), found), 3 * seconds)
    return found


def _ends(window) -> tuple:
    return (window.first, window.last) if window else ("", "")


def shown(office, service, window, rules: BookingRules) -> Shown:
    """What everybody sees who chooses a day at this office; seconds old at most."""

    def calendar() -> Shown:
        return _calendar(office, service, window, rules)

    return _for_everybody(calendar, service.pk, office.pk, *_ends(window))


def times(office, service, day, window, rules: BookingRules) -> Times:
    """What everybody sees who chooses a time on a day; seconds old at most."""

    def times_of_day() -> Times:
        rows = free_times.times(office, service, day, rules=rules, window=window)
        problem = "" if rows else opening.why_not(office, service, day, window=window)
        near = []
        if not any(row.is_bookable for row in rows):
            near = free_times.earliest_free(service, rules=rules, window=window, limit=4)
        return Times(rows, problem, near)

    return _for_everybody(times_of_day, service.pk, office.pk, day, *_ends(window))


def earliest(service) -> dict[int, Slot]:
    """{office: its earliest free slot}; seconds old at most."""

    def earliest_free() -> dict[int, Slot]:
        found = free_times.earliest_free(service, limit=1000)
        return {slot.office_id: slot for slot in found}

    return _for_everybody(earliest_free, service.pk)


def _calendar(office, service, window, rules) -> Shown:
    laid_out = months(
        office,
        service,
        lambda date: reverse("marriage:time", args=[date.isoformat()]),
        window=window,
        rules=rules,
    )
    markup = render_to_string(
        "marriage/calendar.html",
        {
            "months": laid_out,
            "reasons": reasons(laid_out),
            "peak_titles": peak_titles(laid_out),
            "peaks": opening.peaks_to_come(office, service),
        },
    )
    soonest = free_times.earliest_free(
        service, offices=[office], rules=rules, window=window, limit=1
    )
    return Shown(markup, (soonest[0].date, soonest[0].hours) if soonest else None)


def peak_titles(calendar: list[Month]) -> list[str]:
    """The names of the peak days in a calendar, each once: what the ♥ stands for."""
    return list(
        dict.fromkeys(c.state.peak for month in calendar for c in month.cells if c.state.peak)
    )


def reasons(calendar: list[Month]) -> list[tuple[str, str]]:
    """[(days in words, reason)]: neighbouring days with the same reason in one line."""
    rows: list[list] = []
    for month in calendar:
        for cell in month.cells:
            state = cell.state
            if state.is_bookable:
                continue
            if (
                rows
                and rows[-1][2] == state.reason
                and state.date - rows[-1][1] == datetime.timedelta(days=1)
            ):
                rows[-1][1] = state.date
            else:
                rows.append([state.date, state.date, state.reason])
    return [
        (_short(first) if first == last else f"{_short(first)}至{_short(last)}", reason)
        for first, last, reason in rows
    ]


def _short(date: datetime.date) -> str:
    return f"{date.month}月{date.day}日"
