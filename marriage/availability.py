"""What is left, day by day and time by time, and why a day cannot be booked.

Reads only: at most three queries each, whatever the number of days. Who gets a place is
decided by the conditional update in `marriage.booking`, never here. Holds that have run out
are counted as free, because the next person who asks for the place gets it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from .day_states import DayState, Status, TimeState, fullness
from .divorce_window import Window
from .models import (
    Booking,
    BookingRules,
    DayClosure,
    Office,
    PeakDay,
    PeakPlan,
    Service,
    Slot,
    WorkingDay,
)

WORKED = {"is_working": True, "is_confirmed": True}


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


def days(
    office: Office,
    service: Service,
    first: date,
    last: date,
    *,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> list[DayState]:
    """Return the state of each day from first to last, both included.

    `window` narrows the days to the dates of a second visit. Three queries, one more when
    the rules are not given.
    """
    rules = rules or BookingRules.load()
    now = timezone.localtime(now)
    calendar = _calendar(office, service, first, last)
    sums = {
        row["date"]: row
        for row in _slots_ahead(office, service, first, last, now)
        .values("date")
        .annotate(capacity=Sum("capacity"), taken=Sum("taken"))
        .order_by()
    }
    lapsed = _lapsed(office, service, first, last, now, "slot__date")
    states = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        row = calendar.get(day)
        problem = _day_problem(day, row, office, service, rules, now, window)
        total = sums.get(day, {"capacity": 0, "taken": 0})
        left = total["capacity"] - total["taken"] + lapsed.get(day, 0)
        peak = (row.peak or "") if row else ""
        if problem:
            status, reason = problem
            states.append(DayState(day, status, 0, total["capacity"], reason, peak))
        else:
            status, reason = fullness(left, total["capacity"])
            states.append(DayState(day, status, max(left, 0), total["capacity"], reason, peak))
    return states


def times(
    office: Office,
    service: Service,
    day: date,
    *,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> list[TimeState]:
    """Return the slots of a day in order; none when the day cannot be booked at all."""
    rules = rules or BookingRules.load()
    now = timezone.localtime(now)
    if why_not(office, service, day, rules=rules, now=now, window=window):
        return []
    lapsed = _lapsed(office, service, day, day, now, "slot_id")
    states = []
    for slot in _slots_ahead(office, service, day, day, now).order_by("start"):
        left = max(slot.left + lapsed.get(slot.pk, 0), 0)
        states.append(TimeState(slot, fullness(left, slot.capacity)[0], left))
    return states


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
    row = _calendar(office, service, day, day).get(day)
    problem = _day_problem(day, row, office, service, rules, timezone.localtime(now), window)
    return problem[1] if problem else ""


def slot_problem(
    slot: Slot,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> str:
    """Return why a slot cannot be chosen at all (being full is no such reason), or "".

    `slot` comes with its office and service; one query.
    """
    now = timezone.localtime(now)
    reason = why_not(slot.office, slot.service, slot.date, rules=rules, now=now, window=window)
    if not reason and slot.date == now.date() and slot.start <= now.time():
        reason = "这个时间已经过去"
    if not reason:
        return ""
    return f"{slot.date.month}月{slot.date.day}日{slot.hours}不能预约：{reason.rstrip('。')}。"


def free_slots(
    service: Service,
    *,
    offices: Iterable[Office] | None = None,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> QuerySet[Slot]:
    """Return all slots with a place that can be booked now, soonest first.

    `offices` default to all that book here and offer the service. Holds that have run out
    count as free.
    """
    rules = rules or BookingRules.load()
    now = timezone.localtime(now)
    first, last = bookable_span(rules, now)
    if window:
        first, last = max(first, window.first), min(last, window.last)
    slots = Slot.objects.filter(
        service=service,
        service__is_offered=True,
        office__mode=Office.Mode.BOOK,
        date__range=(first, last),
    )
    if offices is not None:
        slots = slots.filter(office__in=list(offices))
    lapsed = (
        Booking.objects.expired_holds(now)
        .filter(slot=OuterRef("pk"))
        .order_by()
        .values("slot")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        _not_begun(slots, now)
        .filter(
            Exists(WorkingDay.objects.filter(date=OuterRef("date"), **WORKED))
            | Exists(
                PeakPlan.objects.filter(
                    peak_day__date=OuterRef("date"),
                    office=OuterRef("office"),
                    service=OuterRef("service"),
                )
            ),
            ~Exists(DayClosure.objects.filter(date=OuterRef("date"), office=OuterRef("office"))),
        )
        .annotate(lapsed=Subquery(lapsed))
        .filter(Q(taken__lt=F("capacity")) | Q(capacity__gt=0, taken=F("capacity"), lapsed__gt=0))
        .select_related("office", "service")
        .order_by("date", "start", "office__sort_order", "office_id")
    )


def earliest_free(
    service: Service,
    *,
    offices: Iterable[Office] | None = None,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
    limit: int = 3,
) -> list[Slot]:
    """Return the earliest free slot of each office, soonest first; at most two queries."""
    slots = free_slots(service, offices=offices, rules=rules, now=now, window=window)
    earliest = (
        slots.filter(office=OuterRef("office")).order_by("date", "start", "pk").values("pk")[:1]
    )
    return list(slots.filter(pk=Subquery(earliest))[:limit])


def nearest_free(
    wanted: Slot,
    *,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
    limit: int = 4,
) -> list[Slot]:
    """Return free slots near one that was lost, at the same office, nearest first."""
    slots = free_slots(wanted.service, offices=[wanted.office], rules=rules, now=now, window=window)
    later = Q(date__gt=wanted.date) | Q(date=wanted.date, start__gte=wanted.start)
    near = [
        *slots.filter(later)[:limit],
        *slots.exclude(later).order_by("-date", "-start")[:limit],
    ]
    at = datetime.combine(wanted.date, wanted.start)
    near.sort(key=lambda slot: abs(datetime.combine(slot.date, slot.start) - at))
    return near[:limit]


def _calendar(office, service, first: date, last: date) -> dict[date, WorkingDay]:
    closure = DayClosure.objects.filter(date=OuterRef("date"), office=office)
    peak = PeakDay.objects.filter(date=OuterRef("date"))
    rows = WorkingDay.objects.filter(date__range=(first, last)).annotate(
        closure=Subquery(closure.values("reason")[:1]),
        peak=Subquery(peak.values("title")[:1]),
        is_planned=Exists(
            PeakPlan.objects.filter(peak_day__date=OuterRef("date"), office=office, service=service)
        ),
    )
    return {row.date: row for row in rows}


def _day_problem(
    day: date,
    row: WorkingDay | None,
    office: Office,
    service: Service,
    rules: BookingRules,
    now: datetime,
    window: Window | None,
) -> tuple[Status, str] | None:
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


def _slots_ahead(office, service, first: date, last: date, now: datetime) -> QuerySet[Slot]:
    slots = Slot.objects.filter(office=office, service=service, date__range=(first, last))
    return _not_begun(slots, now)


def _not_begun(slots: QuerySet[Slot], now: datetime) -> QuerySet[Slot]:
    return slots.filter(Q(date__gt=now.date()) | Q(date=now.date(), start__gt=now.time()))


def _lapsed(office, service, first: date, last: date, now: datetime, key: str) -> dict:
    """Holds that have run out but are still counted as taken, by day or by slot."""
    rows = (
        Booking.objects.expired_holds(now)
        .filter(office=office, service=service, slot__date__range=(first, last))
        .order_by()
        .values_list(key)
        .annotate(number=Count("pk"))
    )
    return dict(rows)
