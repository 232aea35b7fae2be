"""Moving or cancelling for people: when they call, and when the registry must close a day."""

from datetime import timedelta

from django.utils import timezone

from . import availability, opening
from . import booking as bookings
from .dates import cancel_until
from .divorce_window import Window
from .models import Acceptance, Booking, BookingRules, Slot
from .second_visit import plan_for
from .states import State

BY_OFFICE, BY_PERSON = "office", "person"
REASONS = {
    BY_OFFICE: "登记处原因（不计入当事人的取消次数，并发短信说明）",
    BY_PERSON: "当事人要求",
}
NEAREST = 12


def window_of(booking: Booking) -> Window | None:
    """Return the dates on which a second visit may take place, None for other visits."""
    if not booking.service.is_second_visit or not booking.receipt_number:
        return None
    receipt = Acceptance.objects.filter(receipt_number=booking.receipt_number).first()
    return plan_for(receipt.accepted_on).window if receipt else None


def places_for(booking: Booking, *, limit: int = NEAREST, now=None) -> list[Slot]:
    """Return free slots of the same service and office to move to, nearest to the old first."""
    return availability.nearest_free(booking.slot, window=window_of(booking), limit=limit, now=now)


def move(booking: Booking, slot_id: int, *, actor, now=None) -> Booking:
    """Move for somebody; the deadline and the number of moves do not count here, but the slot
    must be one that `places_for` could offer. Raises BookingError."""
    slot = Slot.objects.select_related("office", "service").filter(pk=slot_id).first()
    if slot is None:
        raise bookings.NotOnOfferError("这个时间已经取消，请选择其他时间。")
    problem = opening.slot_problem(slot, now=now, window=window_of(booking))
    if problem:
        raise bookings.NotOnOfferError(problem)
    return bookings.move(booking, slot_id, actor=actor, check=False, now=now)


def cancel(booking: Booking, reason: str, note: str = "", *, actor, now=None) -> Booking:
    """Cancel for the registry or for the people. Theirs counts as late after the deadline."""
    if reason == BY_OFFICE:
        new = State.CANCELLED_BY_OFFICE
    else:
        until = cancel_until(booking.slot.date, BookingRules.load())
        in_time = timezone.localdate(now) <= until
        new = State.CANCELLED if in_time else State.CANCELLED_LATE
    return bookings.change(booking, new, actor=actor, note=note, now=now)


def move_all(waiting: list[Booking], *, actor, now=None) -> tuple[list[Booking], list[Booking]]:
    """Move each to the nearest free place after its day; returns (moved, left where they are)."""
    moved, left = [], []
    for booking in waiting:
        window = window_of(booking)
        day_after = booking.slot.date + timedelta(days=1)
        slots = [
            slot
            for slot in availability.nearest_free(booking.slot, window=window, limit=40, now=now)
            if slot.date >= day_after
        ]
        for slot in slots:
            try:
                moved.append(bookings.move(booking, slot.pk, actor=actor, check=False, now=now))
            except bookings.BookingError:
                continue
            break
        else:
            left.append(booking)
    return moved, left
