"""When the two visits of a divorce registration may take place.

Civil Code art. 1077: within thirty days from the day on which the office received the
application either party may withdraw it; within thirty days after that period has ended both
must come in person for the certificate, else the application counts as withdrawn.
Art. 201: the day of the start is not counted. Art. 203: when the last day is a holiday, the
day after the holiday is the last day.

Whether the first thirty days roll too is not settled by the text, so both readings are
computed and by default only the days valid under both are offered.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# True: working day, False: day off, None: nobody has confirmed that day yet.
WorkingDay = Callable[[date], bool | None]

# Longer than any run of days off; a table that is all days off is an error, not a wait.
MAX_HOLIDAY = 31


class Reading(StrEnum):
    """How art. 203 bears on the first period."""

    BOTH = "both"
    ROLLED = "rolled"
    NOT_ROLLED = "not_rolled"


@dataclass(frozen=True)
class Window:
    """The days, both included, in which the certificate can be applied for."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True)
class Plan:
    """All dates that follow from the day on which an application was accepted.

    `withdraw_until` is the last day for a withdrawal that is in time under every reading, and
    `withdraw_working_day` the last day until then on which the office works. `window` is the
    one to offer, within every reading that the registry lets stand; the counter refuses only
    outside all of them, which is outside `counter`. `provisional` means that a day nobody has
    confirmed yet played a part.
    """

    accepted: date
    withdraw_until: date
    withdraw_until_rolled: date
    withdraw_working_day: date
    not_rolled: Window
    rolled: Window
    window: Window
    counter: Window
    provisional: bool

    def readings_of(self, day: date) -> list[Reading]:
        """The readings under which a day is in time."""
        windows = ((Reading.NOT_ROLLED, self.not_rolled), (Reading.ROLLED, self.rolled))
        return [reading for reading, window in windows if day in window]


def plan(
    accepted: date,
    working: WorkingDay,
    reading: Reading = Reading.BOTH,
    cooling_off: int = 30,
    certificate: int = 30,
) -> Plan:
    """Return the dates for an application accepted on a day; the periods are in days.

    An unconfirmed day never lengthens the final period (coming too late costs the
    application), and counts by its weekday at the end of the first.
    """
    watch = _Watch(working)
    end = accepted + timedelta(days=cooling_off)
    end_rolled = _roll(end, watch.working_or_weekday)
    not_rolled = _window(end, certificate, watch)
    rolled = _window(end_rolled, certificate, watch)
    decided = {Reading.ROLLED: [rolled], Reading.NOT_ROLLED: [not_rolled]}
    windows = decided.get(Reading(reading), [not_rolled, rolled])
    firsts, lasts = zip(*((window.first, window.last) for window in windows), strict=True)
    return Plan(
        accepted=accepted,
        withdraw_until=end,
        withdraw_until_rolled=end_rolled,
        withdraw_working_day=_roll(end, watch.working_or_weekday, step=-1),
        not_rolled=not_rolled,
        rolled=rolled,
        window=Window(max(firsts), min(lasts)),
        counter=Window(min(firsts), max(lasts)),
        provisional=watch.met_unconfirmed,
    )


def _window(after: date, length: int, watch: "_Watch") -> Window:
    last = _roll(after + timedelta(days=length), watch.working_or_unknown)
    return Window(after + timedelta(days=1), last)


def _roll(day: date, is_working: Callable[[date], bool], step: int = 1) -> date:
    """The first working day from `day` on, or back from it with a `step` of -1."""
    for number in range(MAX_HOLIDAY + 1):
        if is_working(day + timedelta(days=number * step)):
            return day + timedelta(days=number * step)
    raise ValueError(f"no working day within {MAX_HOLIDAY} days of {day}")


class _Watch:
    """Asks for working days and remembers whether an answer was missing."""

    def __init__(self, working: WorkingDay):
        self.working = working
        self.met_unconfirmed = False

    def working_or_weekday(self, day: date) -> bool:
        return self._ask(day, unknown=day.weekday() < 5)

    def working_or_unknown(self, day: date) -> bool:
        return self._ask(day, unknown=True)

    def _ask(self, day: date, unknown: bool) -> bool:
        answer = self.working(day)
        if answer is None:
            self.met_unconfirmed = True
            return unknown
        return answer
