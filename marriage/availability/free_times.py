"""What is left, day by day and time by time.

Reads only: at most three queries each, whatever the number of days. Who gets a slot is
decided by the conditional update in `marriage.booking.claims`, never here. Holds that have run out
are counted as free, because the next person who asks for their capacity gets it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from ..calendar.closed_hours import not_closed
from ..calendar.divorce_window import Window
from ..calendar.place_hours import within_place_hours, words_of_exception
from ..models import (
    Booking,
    BookingRules,
    Office,
    PeakDay,
    PeakPlan,
    Service,
    Slot,
    WorkingDay,
)
from .day_states import DayState, Status, TimeState, fullness
from .opening import bookable_span, calendar_rows, day_problem, why_not

WORKED = {"is_working": True, "is_confirmed": True}


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
    calendar = calendar_rows(office, service, first, last)
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
        problem = day_problem(day, row, office, service, rules, now, window)
        total = sums.get(day, {"capacity": 0, "taken": 0})
        left = total["capacity"] - total["taken"] + lapsed.get(day, 0)
        peak = (row.peak or "") if row else ""
        if problem:
            status, reason = problem
            states.append(DayState(day, status, 0, total["capacity"], reason, peak))
        else:
            status, reason = fullness(left, total["capacity"])
            if status is Status.NO_PLACES and row and row.exception is not None:
                reason = words_of_exception(row.exception, closed=False)
            elif status is Status.NO_PLACES and row and row.partial_closure:
                reason = row.partial_closure
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


def free_slots(
    service: Service,
    *,
    offices: Iterable[Office] | None = None,
    rules: BookingRules | None = None,
    now: datetime | None = None,
    window: Window | None = None,
) -> QuerySet[Slot]:
    """Return all slots that can be booked now, soonest first.

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
                PeakPlan.objects.on(OuterRef("date")).filter(
                    office=OuterRef("office"), service=OuterRef("service")
                )
            ),
            ~Exists(PeakDay.objects.on(OuterRef("date")).filter(release_at__gt=now)),
            not_closed(),
            within_place_hours(),
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


def _slots_ahead(office, service, first: date, last: date, now: datetime) -> QuerySet[Slot]:
    slots = Slot.objects.filter(office=office, service=service, date__range=(first, last))
    return _not_begun(slots, now).filter(within_place_hours(), not_closed())


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
