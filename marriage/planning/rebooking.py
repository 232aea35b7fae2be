"""Rebooking by the registry: moving or cancelling for people who call, or on a closed day.

Neither uses up the moves of the citizens, and neither passes the legal end of a second visit
or goes to a day on which somebody is too young to marry.
"""

from datetime import date, timedelta

from django.utils import timezone

from ..availability import free_times, opening
from ..booking import bookings, persons
from ..calendar.dates import cancel_until
from ..calendar.divorce_window import Window
from ..divorce.second_visit import window_of
from ..models import Booking, BookingRules, Slot
from ..models.states import IllegalChangeError, State

BY_OFFICE, BY_PERSON = "office", "person"
REASONS = {
    BY_OFFICE: "登记处原因（不计入当事人的取消次数，并发短信说明）",
    BY_PERSON: "当事人要求",
}
NEAREST = 12
TRIES = 40  # Slots tried for one booking while others book at the same time.


def days_for(booking: Booking) -> Window:
    """Return the days to which a booking may move: those of a second visit, and none on which one
    of the two is too young."""
    first = persons.old_enough_from(booking)
    return window_of(booking) or Window(first, date.max)


def free_days_for(booking: Booking, now=None) -> list[date]:
    """Return the days with a free slot to move to, at the same office; two queries."""
    free = free_times.free_slots(
        booking.service, offices=[booking.office], window=days_for(booking), now=now
    )
    days = free.exclude(pk=booking.slot_id).values_list("date", flat=True)
    return list(days.distinct().order_by("date"))


def free_slots_for(
    booking: Booking, *, day: date | None = None, limit: int = NEAREST, now=None
) -> list[Slot]:
    """Return free slots of the same service and office to move to: those of a day, else those
    nearest to the old one."""
    if day:
        free = free_times.free_slots(
            booking.service, offices=[booking.office], window=days_for(booking), now=now
        )
        return list(free.filter(date=day))
    return free_times.nearest_free(booking.slot, window=days_for(booking), limit=limit, now=now)


def move(
    booking: Booking, slot_id: int, *, note: str = "", shown: str = "", actor, now=None
) -> Booking:
    """Move for somebody; the deadline and the number of moves do not count here, but the slot
    must be one that `free_slots_for` could offer. `shown` is as in `bookings.change`. Raises
    BookingError, IllegalChangeError."""
    slot = Slot.objects.select_related("office", "service").filter(pk=slot_id).first()
    if slot is None:
        raise bookings.NotOnOfferError("这个时间已经取消，请选择其他时间。")
    problem = opening.slot_problem(slot, now=now, window=window_of(booking))
    if problem:
        raise bookings.NotOnOfferError(problem)
    return bookings.move(
        booking, slot_id, actor=actor, check=False, note=note, shown=shown, now=now
    )


def cancel(
    booking: Booking, reason: str, note: str = "", *, shown: str = "", actor, now=None
) -> Booking:
    """Cancel for the registry or for the people. Theirs counts as late after the deadline,
    and not at all when the registry had closed the time."""
    if reason == BY_OFFICE:
        new = State.CANCELLED_BY_OFFICE
    elif booking.state == State.DISPLACED:
        new = State.CANCELLED
    else:
        until = cancel_until(booking.slot.date, BookingRules.load())
        in_time = timezone.localdate(now) <= until
        new = State.CANCELLED if in_time else State.CANCELLED_LATE
    return bookings.change(booking, new, actor=actor, note=note, shown=shown, now=now)


def move_all(
    waiting: list[Booking], *, note: str = "", actor, now=None
) -> tuple[list[Booking], list[Booking]]:
    """Move each to the first free slot after its day at the same office.

    Returns (moved, left where they are); whoever moves or cancels at this moment is neither.
    `note` goes into the messages.
    """
    moved, left = [], []
    for booking in waiting:
        later = free_times.free_slots(
            booking.service, offices=[booking.office], window=days_for(booking), now=now
        ).filter(date__gte=booking.slot.date + timedelta(days=1))
        for slot in later[:TRIES]:
            try:
                done = bookings.move(
                    booking,
                    slot.pk,
                    actor=actor,
                    check=False,
                    note=note,
                    shown=booking.shown_as,
                    now=now,
                )
            except bookings.BookingError:
                continue
            except IllegalChangeError:
                break
            moved.append(done)
            break
        else:
            left.append(booking)
    return moved, left
