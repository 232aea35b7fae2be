"""Closures after people have booked: the people concerned are told at once.

A closure displaces the bookings of its hours in the same transaction: they keep their capacity
and their number, get a message, lose the reminder and can no longer become no-shows. A day may
also close from elsewhere (the calendar of working days, exceptional hours of a service place);
`settle` finds those, and runs after such an edit and as a job. Displaced bookings count as
open until each is moved or cancelled, by the citizen or by staff.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from home.service_places.hours import LAST_MINUTE

from ..booking import bookings, waiting_list
from ..calendar.closed_hours import closures_of
from ..calendar.place_hours import exceptions_on, within_place_hours
from ..models import Booking, DayClosure, Office, PeakPlan, Slot, WorkingDay
from ..models.states import USES_CAPACITY, IllegalChangeError, State
from ..records.audit import SYSTEM
from ..write_lock import write_transaction

DAYS_BACK = 7  # A closure may be entered that many days late; nobody is then a no-show.
DAY_OFF = "当天休息"
NEW_HOURS = "开放时间有变"


def close_day(
    office: Office,
    day: date,
    reason: str,
    *,
    start: time | None = None,
    end: time | None = None,
    actor=None,
    now: datetime | None = None,
) -> list[Booking]:
    """Close an office on a day, or from `start` to `end`; returns the bookings displaced."""
    with write_transaction():
        record_closure(office, day, reason, start, end)
        return settle(actor=actor, now=now, office=office)[0]


def would_displace(
    change: Callable[[], object], *, office: Office | None = None, now: datetime | None = None
) -> list[Booking]:
    """Return the bookings that a change of calendar or closures would displace: it is made,
    looked at and taken back, so that nobody is told of it."""
    since = timezone.localdate(now) - timedelta(days=DAYS_BACK)
    with write_transaction():
        change()
        found = on_closed_times(since)
        if office is not None:
            found = found.filter(office=office)
        displaced = list(found)
        transaction.set_rollback(True)
    return displaced


def record_closure(
    office: Office, day: date, reason: str, start: time | None = None, end: time | None = None
) -> None:
    """Write the closure down; whoever is booked then stays as they are until `settle`.

    A day that is closed for some hours already is closed for these too; see
    `closure_problem`.
    """
    known = DayClosure.objects.filter(office=office, date=day).first()
    if known and known.start and start:
        start, end = min(known.start, start), max(known.end, end)
        if start == time.min and end >= LAST_MINUTE:
            start = end = None
        if reason not in known.reason:
            reason = f"{known.reason}；{reason}"[:120]
    DayClosure.objects.update_or_create(
        office=office, date=day, defaults={"reason": reason, "start": start, "end": end}
    )


def closure_problem(office: Office, day: date, start: time | None, end: time | None) -> str:
    """Why a day that is closed for some hours cannot be closed for these too, or "": a day has
    one closure, so that they must meet."""
    known = DayClosure.objects.filter(office=office, date=day).exclude(start=None).first()
    if not (known and start) or (start <= known.end and end >= known.start):
        return ""
    return (
        f"这一天{known.hours}已经停办，这一次要和它相连。中间的时间也停办的，"
        f"请填{min(start, known.start):%H:%M}到{max(end, known.end):%H:%M}。"
    )


def reopen_day(
    office: Office, day: date, *, actor=None, now: datetime | None = None
) -> list[Booking]:
    """Open a closed day again; returns the bookings that are valid again. Capacity that is
    left is offered to the waiting list first."""
    with write_transaction():
        DayClosure.objects.filter(office=office, date=day).delete()
        restored = settle(actor=actor, now=now, office=office)[1]
    waiting_list.offer_new_capacity(Slot.objects.filter(office=office, date=day).order_by("pk"))
    return restored


def settle(
    *, actor=None, now: datetime | None = None, office: Office | None = None
) -> tuple[list[Booking], list[Booking]]:
    """Displace the bookings on closed times and restore those whose time opened again.

    Returns (displaced, restored). Repeating it changes nothing.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    closed = on_closed_times(today - timedelta(days=DAYS_BACK))
    open_again = Booking.objects.filter(state=State.DISPLACED, slot__date__gt=today).exclude(
        pk__in=on_closed_times(today, (State.DISPLACED,)).values("pk")
    )
    if office is not None:
        closed, open_again = closed.filter(office=office), open_again.filter(office=office)
    displaced = [_displace(booking, actor, now) for booking in closed]
    restored = [
        bookings.change(booking, State.BOOKED, actor=actor, label=_label(actor), now=now)
        for booking in open_again.order_by("slot__date", "slot__start", "pk")
    ]
    return [booking for booking in displaced if booking], restored


def _displace(booking: Booking, actor, now: datetime) -> Booking | None:
    reason = reason_of(booking)
    try:
        return bookings.change(
            booking, State.DISPLACED, actor=actor, label=_label(actor), note=reason, now=now
        )
    except IllegalChangeError:
        # They have booked again meanwhile: only the no-show is taken back.
        Booking.objects.filter(pk=booking.pk).update(is_excused=True)
        return None


def will_be_told(booking: Booking) -> bool:
    """Whether a booking from `on_closed_times` becomes displaced; where a no-show has booked
    again, it is only taken back and nobody is told."""
    return booking.state != State.NO_SHOW or bookings.bound_elsewhere(booking) is None


def reason_of(booking: Booking) -> str:
    """Return why the time of a booking from `on_closed_times` is closed, for the message."""
    if reason := booking.closure_reason or booking.exception_reason:
        return reason
    return NEW_HOURS if booking.exception_reason is not None else booking.day_note or DAY_OFF


def _label(actor) -> str:
    return "" if actor else SYSTEM


def on_closed_times(
    first: date, states: Iterable[State] = (State.BOOKED, State.NO_SHOW)
) -> QuerySet[Booking]:
    """Return bookings from `first` on that lie on a day off, on closed hours or outside the
    exceptional hours of the office's service place, with `closure_reason`, `exception_reason`
    and `day_note`, the note of the day off.

    A day off on which a peak plan opens this office for this service is none.
    """
    day_off = WorkingDay.objects.filter(
        date=OuterRef("slot__date"), is_working=False, is_confirmed=True
    )
    planned = PeakPlan.objects.on(OuterRef("slot__date")).filter(
        office=OuterRef("office"), service=OuterRef("service")
    )
    closure = closures_of("slot__")
    exception = exceptions_on("slot__date", OuterRef("slot__office__place"))
    return (
        Booking.objects.filter(slot__date__gte=first, state__in=list(states), is_excused=False)
        .annotate(
            closure_reason=closure.values("reason")[:1],
            exception_reason=exception.values("reason")[:1],
            day_note=day_off.values("note")[:1],
        )
        .filter(
            (Exists(day_off) & ~Exists(planned)) | Exists(closure) | ~within_place_hours("slot__")
        )
        .select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "office__sort_order", "slot__start", "pk")
    )


def to_settle(office: Office | None = None) -> QuerySet[Booking]:
    """Return the displaced bookings (待改期): each is to be moved or cancelled."""
    found = Booking.objects.filter(state=State.DISPLACED)
    if office is not None:
        found = found.filter(office=office)
    return (
        found.select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "office__sort_order", "slot__start", "pk")
    )


def affected(slots: Iterable[Slot]) -> QuerySet[Booking]:
    """Return the bookings and holds that use the capacity of these slots, in order of time."""
    return (
        Booking.objects.filter(slot__in=[slot.pk for slot in slots], state__in=USES_CAPACITY)
        .select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "slot__start", "pk")
    )


def booked_on(day: date, office: Office | None = None) -> QuerySet[Booking]:
    """Return the confirmed bookings of a day that still wait to be served."""
    found = Booking.objects.filter(slot__date=day, state=State.BOOKED)
    if office is not None:
        found = found.filter(office=office)
    return (
        found.select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("office__sort_order", "slot__start", "pk")
    )


def still_to_come(office: Office) -> QuerySet[Booking]:
    """Return the bookings of an office from today on that wait to be served."""
    return Booking.objects.filter(
        Q(state=State.BOOKED) | Q(state=State.DISPLACED),
        office=office,
        slot__date__gte=timezone.localdate(),
    )
