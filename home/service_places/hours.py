"""Opening hours of a service place: weekly hours, exceptions and public holidays.

Pure functions without a database. Public holidays and swapped working days (调休) follow the
yearly notice of the State Council as `chinese_calendar` carries it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

import chinese_calendar
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext

from home.languages.locales import is_english

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
MONDAY, SATURDAY = 0, 5
# A weekend day that is worked follows this weekday, in opening hours and in booking alike: the
# notices swap days without saying which weekday they stand in for.
SWAPPED_WORKDAY_WEEKDAY = MONDAY
LAST_MINUTE = time(23, 59)
LOOK_AHEAD_DAYS = 21  # Longer than the longest public holiday.
# (month, day) off in every year by 《全国年节及纪念日放假办法》 (2025); the others are lunar dates.
DAYS_OFF_BY_DATE = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@dataclass(frozen=True, order=True)
class Span:
    """A period of one day in which the place is open; 00:00 to 23:59 is the whole day."""

    opens: time
    closes: time

    def __contains__(self, moment: time) -> bool:
        return self.opens <= moment and (moment < self.closes or self.closes == LAST_MINUTE)

    @property
    def is_whole_day(self) -> bool:
        return self.opens == time.min and self.closes == LAST_MINUTE

    def __str__(self) -> str:
        if self.is_whole_day:
            return gettext("全天")
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


@dataclass(frozen=True)
class HoursException:
    """Days on which the weekly hours do not hold; without `span` the place is closed."""

    first: date
    last: date
    span: Span | None = None
    reason: str = ""

    @property
    def days(self) -> str:
        """2026年12月1日, 2026年12月30日至2027年1月2日."""
        first, last = self.first, self.last
        if is_english():
            text = date_format(first, "j F Y")
            return text if last == first else f"{text} to {date_format(last, 'j F Y')}"
        text = f"{first.year}年{first.month}月{first.day}日"
        if last == first:
            return text
        year = f"{last.year}年" if last.year != first.year else ""
        return f"{text}至{year}{last.month}月{last.day}日"

    @property
    def words(self) -> str:
        """休息（系统升级）, 10:00–12:00（搬迁）."""
        text = str(self.span) if self.span else gettext("休息")
        if is_english():
            return f"{text} ({gettext(self.reason)})" if self.reason else text
        return f"{text}（{self.reason}）" if self.reason else text


class PublicDay(Enum):
    """What the State Council's notice makes of a day."""

    HOLIDAY = "holiday"
    SWAPPED_WORKDAY = "swapped workday"  # A Saturday or Sunday that is worked.
    ORDINARY = "ordinary"  # The notice leaves the day as it is, weekend or not.


def has_notice(year: int) -> bool:
    """Whether the notice of the State Council for that year is known."""
    try:
        chinese_calendar.get_holiday_detail(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=1000)
def public_day(day: date) -> PublicDay:
    """The kind of `day`; a holiday may fall on a weekend.

    For years without a notice yet only the days that the law names by date are holidays.
    """
    try:
        is_off, holiday = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        is_holiday = (day.month, day.day) in DAYS_OFF_BY_DATE
        return PublicDay.HOLIDAY if is_holiday else PublicDay.ORDINARY
    if is_off and holiday:
        return PublicDay.HOLIDAY
    if not is_off and day.weekday() >= SATURDAY:
        return PublicDay.SWAPPED_WORKDAY
    return PublicDay.ORDINARY


@dataclass(frozen=True)
class Timetable:
    """The hours of one place.

    `weekly` maps a weekday (0 is Monday) to its spans. With `follows_holidays` the place is
    closed on public holidays, and a swapped workday follows SWAPPED_WORKDAY_WEEKDAY.
    """

    weekly: dict[int, Sequence[Span]]
    exceptions: Sequence[HoursException] = ()
    follows_holidays: bool = True
    public_day: Callable[[date], PublicDay] = public_day

    def exception_on(self, day: date) -> HoursException | None:
        return next((e for e in self.exceptions if e.first <= day <= e.last), None)

    def spans_on(self, day: date) -> list[Span]:
        """The periods of `day` in which the place is open, in order."""
        matching = [e for e in self.exceptions if e.first <= day <= e.last]
        if matching:
            return sorted(e.span for e in matching if e.span)
        weekday = day.weekday()
        if self.follows_holidays:
            kind = self.public_day(day)
            if kind is PublicDay.HOLIDAY:
                return []
            if kind is PublicDay.SWAPPED_WORKDAY:
                weekday = SWAPPED_WORKDAY_WEEKDAY
        return sorted(self.weekly.get(weekday, ()))

    def is_open(self, moment: datetime) -> bool:
        return any(moment.time() in span for span in self.spans_on(moment.date()))

    def closing_time(self, moment: datetime) -> time | None:
        """When the open period that contains `moment` ends, which may be noon; None when the
        place is closed. The end of the day is the last of `spans_on`."""
        for span in self.spans_on(moment.date()):
            if moment.time() in span:
                return span.closes
        return None

    def next_opening(self, moment: datetime) -> datetime | None:
        """The next time the place opens after `moment`, within three weeks."""
        for ahead in range(LOOK_AHEAD_DAYS):
            day = moment.date() + timedelta(days=ahead)
            for span in self.spans_on(day):
                opening = datetime.combine(day, span.opens, moment.tzinfo)
                if opening > moment:
                    return opening
        return None

    def state(self, moment: datetime) -> str:
        """One line for the public: 开放中，12:00休息 / 休息中，明天09:00开放."""
        if not any(self.weekly.values()) and not self.exceptions:
            return "开放时间未登记，请先致电"
        if any(span.is_whole_day for span in self.spans_on(moment.date())):
            return "今天全天开放"
        if closes := self.closing_time(moment):
            return f"开放中，{closes:%H:%M}休息"
        opening = self.next_opening(moment)
        if opening is None:
            return "休息中，开放时间请致电询问"
        days = (opening.date() - moment.date()).days
        if days < 2:
            day = ("今天", "明天")[days]
        else:
            day = f"{opening.month}月{opening.day}日（{WEEKDAYS[opening.weekday()]}）"
        return f"休息中，{day}{opening:%H:%M}开放"

    def lines(self) -> list[tuple[str, str]]:
        """The week in few lines: [("周一至周五", "09:00–12:00、14:00–17:30"), …].

        Empty where no hours are known.
        """
        if not any(self.weekly.values()):
            return []
        rows: list[tuple[list[int], str]] = []
        for weekday in range(7):
            text = join_spans(self.weekly.get(weekday, ()))
            if rows and rows[-1][1] == text:
                rows[-1][0].append(weekday)
            else:
                rows.append(([weekday], text))
        return [(_weekday_range(days), text or gettext("休息")) for days, text in rows]

    def coming_exceptions(self, day: date) -> list[HoursException]:
        """The exceptions that are not over on `day`, the nearest first."""
        return sorted((e for e in self.exceptions if e.last >= day), key=lambda e: e.first)


def join_spans(spans: Iterable[Span]) -> str:
    return gettext("、").join(str(span) for span in sorted(spans))


def _weekday_range(days: list[int]) -> str:
    first, last = gettext(WEEKDAYS[days[0]]), gettext(WEEKDAYS[days[-1]])
    if len(days) == 1:
        return first
    if is_english():
        return f"{first} {'and' if len(days) == 2 else 'to'} {last}"
    return f"{first}、{last}" if len(days) == 2 else f"{first}至{last}"
