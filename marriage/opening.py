"""Whether a day is open to booking at all, and why not, whatever is left on it."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from .dates import day_in_words
from .day_states import Status
from .divorce_window import Window
from .models import (
    BookingRules,
    DayClosure,
    Office,
    PeakDay,
    PeakPlan,
    Service,
    Slot,
    WorkingDay,
)
from .place_hours import with_exceptions, within_place_hours, words_of_exception


def bookable_span(rules: BookingRules, now: datetime | None = None) -> tuple[date, date]:
    """Return the first and the last day that can be booked now.

    The places of the last day come free at the release hour; before it they are not yet out.
    """
    now = timezone.localtime(now)
    days_ahead = rules.max_days_ahead
    if now.time() < rules.release_time:
        days_ahead -= 1
    return (
        now.date() + timedelta(days=rules.min_days_ahead),
        now.date() + timedelta(days=days_ahead),
    )


def office_problem(office: Office, service: Service | None = None) -> str:
    """Return why nothing at all can be booked here, or ""; no query."""
    if office.mode == Office.Mode.LINK:
        return f"{office.name}由省统一预约平台放号，请到省平台预约。"
    if office.mode == Office.Mode.CLOSED:
        return office.closed_text or f"{office.name}暂停网上预约。"
    if service is not None and not service.is_offered:
        return f"“{service.title}”暂未开放网上预约。"
    return ""


def why_not(
    office: Office,
    service: Service,
    day: date,
    *,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> str:
    """Return why a day cannot be booked, whatever is left on it, or ""; one query.

    Asked again inside the transaction that takes a place, so that a day closed meanwhile
    stays closed.
    """
    rules = rules or BookingRules.load()
    row = calendar_rows(office, service, day, day).get(day)
    problem = day_problem(day, row, office, service, rules, timezone.localtime(now), window)
    return problem[1] if problem else ""


def slot_problem(
    slot: Slot,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> str:
    """Return why a slot cannot be chosen at all (being full is no such reason), or "".

    `slot` comes with its office and service; one query, one more on days on which the
    office's place has exceptional hours.
    """
    now = timezone.localtime(now)
    rules = rules or BookingRules.load()
    row = calendar_rows(slot.office, slot.service, slot.date, slot.date).get(slot.date)
    problem = day_problem(slot.date, row, slot.office, slot.service, rules, now, window)
    reason = problem[1] if problem else ""
    if not reason and row and row.exception is not None and not _is_within_hours(slot):
        reason = words_of_exception(row.exception, closed=False)
    if not reason and slot.date == now.date() and slot.start <= now.time():
        reason = "这个时间已经过去"
    if not reason:
        return ""
    return f"{day_in_words(slot.date)}{slot.hours}不能预约：{reason.rstrip('。')}。"


def _is_within_hours(slot: Slot) -> bool:
    return Slot.objects.filter(within_place_hours(), pk=slot.pk).exists()


def calendar_rows(office, service, first: date, last: date) -> dict[date, WorkingDay]:
    """{day: its row of the calendar with `closure`, `peak`, `is_planned`}; one query.

    And with the exceptional hours of its place, see `with_exceptions`.
    """
    closure = DayClosure.objects.filter(date=OuterRef("date"), office=office)
    peak = PeakDay.objects.filter(date=OuterRef("date"))
    rows = WorkingDay.objects.filter(date__range=(first, last)).annotate(
        closure=Subquery(closure.values("reason")[:1]),
        peak=Subquery(peak.values("title")[:1]),
        is_planned=Exists(
            PeakPlan.objects.filter(peak_day__date=OuterRef("date"), office=office, service=service)
        ),
    )
    return {row.date: row for row in with_exceptions(rows, office)}


def day_problem(
    day: date,
    row: WorkingDay | None,
    office: Office,
    service: Service,
    rules: BookingRules,
    now: datetime,
    window: Window | None,
) -> tuple[Status, str] | None:
    """Why nothing can be booked on a day whatever is left, or None; `row` from calendar_rows."""
    first, last = bookable_span(rules, now)
    if day < now.date():
        return Status.PAST, "这一天已经过去"
    if problem := office_problem(office, service):
        return Status.CLOSED, problem
    if window and day not in window:
        return Status.OUTSIDE, "不在可以办理的期限内"
    # A peak plan opens an office even on a day of rest: it was made on purpose.
    is_planned = bool(row and row.is_planned)
    if row and row.is_confirmed and not row.is_working and not is_planned:
        return Status.DAY_OFF, row.note or "休息日"
    if row and row.closure:
        return Status.CLOSED, row.closure
    if row and row.exception is not None and not row.has_hours:
        return Status.CLOSED, words_of_exception(row.exception, closed=True)
    if day < first:
        return Status.TOO_SOON, f"须提前{rules.min_days_ahead}天预约"
    if day > last:
        return Status.NOT_YET, _release_words(day, rules)
    if not is_planned and (row is None or not row.is_confirmed):
        return Status.UNCONFIRMED, "放假安排待核实，暂不放号"
    return None


def _release_words(day: date, rules: BookingRules) -> str:
    opens = day - timedelta(days=rules.max_days_ahead)
    return f"{opens.month}月{opens.day}日{rules.release_time:%H:%M}开始放号"
