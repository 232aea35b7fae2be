"""Whether a day is open to booking at all, and why not, whatever is left on it."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from ..calendar.closed_hours import not_closed
from ..calendar.dates import day_in_words
from ..calendar.divorce_window import Window
from ..calendar.place_hours import with_exceptions, within_place_hours, words_of_exception
from ..models import (
    BookingRules,
    DayClosure,
    Office,
    PeakDay,
    PeakPlan,
    Service,
    Slot,
    WorkingDay,
)
from ..models.peaks import usual_release
from .day_states import Status


def bookable_span(rules: BookingRules, now: datetime | None = None) -> tuple[date, date]:
    """Return the first and the last day that can be booked now.

    The capacity of the last day is released at `release_time`; before it the last day cannot
    be booked.
    """
    now = timezone.localtime(now)
    days_ahead = rules.max_days_ahead
    if now.time() < rules.release_time:
        days_ahead -= 1
    return (
        now.date() + timedelta(days=rules.min_days_ahead),
        now.date() + timedelta(days=days_ahead),
    )


def peaks_to_come(office: Office, service: Service, now: datetime | None = None) -> list[PeakDay]:
    """Return the peaks at which an office serves a service and whose own time of release is
    still to come; one query."""
    here = {"office": office, "service": service}
    planned = PeakPlan.objects.filter(peak_day=OuterRef("pk"), **here)
    slots = Slot.objects.filter(
        date__range=(OuterRef("date"), OuterRef("until")), capacity__gt=0, **here
    )
    to_come = PeakDay.objects.filter(release_at__gt=timezone.localtime(now))
    return list(to_come.filter(Exists(planned) | Exists(slots)))


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

    Asked again inside the transaction that claims capacity, so that a day closed meanwhile
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
    if not reason and row and row.exception is not None and not _meets(slot, within_place_hours()):
        reason = words_of_exception(row.exception, closed=False)
    if not reason and row and row.partial_closure and not _meets(slot, not_closed()):
        reason = row.partial_closure
    if not reason and slot.date == now.date() and slot.start <= now.time():
        reason = "这个时间已经过去"
    if not reason:
        return ""
    return f"{day_in_words(slot.date)}{slot.hours}不能预约：{reason.rstrip('。')}。"


def _meets(slot: Slot, condition: Q) -> bool:
    return Slot.objects.filter(condition, pk=slot.pk).exists()


def calendar_rows(office, service, first: date, last: date) -> dict[date, WorkingDay]:
    """{day: its row of the calendar with `closure`, `partial_closure`, `peak`,
    `peak_release`, `is_planned`}; one query.

    And with the exceptional hours of its place, see `with_exceptions`.
    """
    closure = DayClosure.objects.filter(date=OuterRef("date"), office=office)
    peak = PeakDay.objects.on(OuterRef("date"))
    rows = WorkingDay.objects.filter(date__range=(first, last)).annotate(
        closure=Subquery(closure.filter(start=None).values("reason")[:1]),
        partial_closure=Subquery(closure.exclude(start=None).values("reason")[:1]),
        peak=Subquery(peak.values("title")[:1]),
        peak_release=Subquery(peak.values("release_at")[:1]),
        is_planned=Exists(
            PeakPlan.objects.on(OuterRef("date")).filter(office=office, service=service)
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
    if row and (closed := _closed(row)):
        return closed
    if day < first:
        return Status.TOO_SOON, f"须提前{rules.min_days_ahead}天预约"
    release = row.peak_release if row else None
    if day > last or (release and now < release):
        return Status.NOT_YET, _release_words(day, rules, release)
    if not is_planned and (row is None or not row.is_confirmed):
        return Status.UNCONFIRMED, "放假安排待核实，暂不放号"
    return None


def _closed(row: WorkingDay) -> tuple[Status, str] | None:
    """Why nobody is served on the day of `row` (from calendar_rows), online or not, or None."""
    if row.is_confirmed and not row.is_working and not row.is_planned:
        return Status.DAY_OFF, row.note or "休息日"
    if row.closure:
        return Status.CLOSED, row.closure
    if row.exception is not None and not row.has_hours:
        return Status.CLOSED, words_of_exception(row.exception, closed=True)
    return None


def closed_today(office: Office, service: Service, now: datetime | None = None) -> str:
    """Return “今天休息” or “今天停办” with the reason, for the desk, or ""; one query."""
    today = timezone.localtime(now).date()
    row = calendar_rows(office, service, today, today).get(today)
    closed = _closed(row) if row else None
    if closed is None:
        return ""
    status, reason = closed
    if status == Status.DAY_OFF:
        return "今天休息" if reason == "休息日" else f"今天休息（{reason}）"
    return f"今天停办（{reason}）"


def _release_words(day: date, rules: BookingRules, release: datetime | None) -> str:
    """When the day can be booked: by the rules, or later where a peak has a time of its own."""
    usual = usual_release(day, rules)
    opens = timezone.localtime(max(usual, release) if release else usual)
    return f"{opens.month}月{opens.day}日{opens:%H:%M}开始放号"
