"""Capacity of a slot: claimed, released, offered to the waiting list.

Every function here runs inside the transaction of its caller (`marriage.booking.bookings`).
"""

from django.db.models import F
from django.utils import timezone

from ..calendar.dates import day_in_words
from ..models import Booking, Slot, WaitingEntry
from ..models.states import State, check_change
from .waiting_order import offer_to_next


def has_expired(slot: Slot, now) -> bool:
    """Whether a hold of this slot has expired, so that its capacity can be reclaimed."""
    return Booking.objects.filter(slot=slot).expired_holds(now).exists()


def full_message(slot: Slot) -> str:
    return f"{day_in_words(slot.date)}{slot.hours}刚刚约满，请选择其他时间。"


def claim(slot: Slot, now) -> bool:
    """Claim one unit of the slot's capacity, reclaiming expired holds when it is full."""
    free = Slot.objects.filter(pk=slot.pk, taken__lt=F("capacity"))
    if free.update(taken=F("taken") + 1):
        return True
    return bool(reclaim(slot, now)) and bool(free.update(taken=F("taken") + 1))


def add_for_walk_in(slot: Slot, limit: int) -> bool:
    """Add one unit of capacity to a full slot for somebody at the desk, at most `limit` times.

    It belongs to the capacity from then on, so nothing is ever sold beyond it.
    """
    full = Slot.objects.filter(pk=slot.pk, taken__gte=F("capacity"), extra__lt=limit)
    return bool(full.update(capacity=F("capacity") + 1, extra=F("extra") + 1))


def reclaim(slot: Slot, now) -> int:
    """Expire the holds of this slot whose time is over. Returns how many; some of their capacity
    may have been offered to the waiting list."""
    expired = (
        Booking.objects.select_for_update(skip_locked=True)
        .filter(slot=slot)
        .expired_holds(now)
        .order_by("pk")
    )
    number = 0
    for booking in expired:
        end_hold(booking, State.EXPIRED, now=now)
        number += 1
    return number


def end_hold(booking: Booking, new: State, now=None) -> None:
    """End a locked hold as expired or released, and release its capacity."""
    check_change(booking.state, new)
    booking.state = new
    booking.ended_at = now or timezone.now()
    booking.save(update_fields=["state", "ended_at"])
    WaitingEntry.objects.filter(booking=booking, state=WaitingEntry.State.OFFERED).update(
        state=WaitingEntry.State.LAPSED
    )
    release(booking.slot, booking.ended_at)


def release(slot: Slot, now, to_waiting: bool = True) -> None:
    """Release one unit of capacity: to whoever waits for this day first, else to everybody."""
    if to_waiting and offer_to_next(slot, now):
        return
    Slot.objects.filter(pk=slot.pk, taken__gt=0).update(taken=F("taken") - 1)
