"""Places of a slot: taken, given back, handed on to whoever waits.

Every function here runs inside the transaction of `marriage.booking`.
"""

import datetime

from django.db.models import F
from django.utils import timezone

from . import outbox
from .dates import day_in_words
from .models import Booking, BookingRules, Slot, WaitingEntry
from .opening import slot_problem
from .states import State, check_change


def has_expired(slot: Slot, now) -> bool:
    """Whether a hold of this slot has run out and its place can be taken back."""
    return Booking.objects.filter(slot=slot).expired_holds(now).exists()


def full_message(slot: Slot) -> str:
    return f"{day_in_words(slot.date)}{slot.hours}刚刚约满，请选择其他时间。"


def take(slot: Slot, now) -> bool:
    """Take one place of the slot, reclaiming run-out holds when there is none."""
    free = Slot.objects.filter(pk=slot.pk, taken__lt=F("capacity"))
    if free.update(taken=F("taken") + 1):
        return True
    return bool(reclaim(slot, now)) and bool(free.update(taken=F("taken") + 1))


def add_for_walk_in(slot: Slot, limit: int) -> bool:
    """Add one place to a full slot for somebody at the desk, `limit` of them at most.

    The place is part of the capacity from then on, so nothing is ever sold beyond it.
    """
    full = Slot.objects.filter(pk=slot.pk, taken__gte=F("capacity"), extra__lt=limit)
    return bool(full.update(capacity=F("capacity") + 1, extra=F("extra") + 1))


def reclaim(slot: Slot, now) -> int:
    """End the holds of this slot that ran out. Returns how many; some places may have gone on
    to people waiting."""
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
    """End a locked hold as expired or released and give its place back."""
    check_change(booking.state, new)
    booking.state = new
    booking.ended_at = now or timezone.now()
    booking.save(update_fields=["state", "ended_at"])
    WaitingEntry.objects.filter(booking=booking, state=WaitingEntry.State.OFFERED).update(
        state=WaitingEntry.State.LAPSED
    )
    give_back(booking.slot, booking.ended_at)


def give_back(slot: Slot, now, to_waiting: bool = True) -> None:
    """Return a place: to whoever waits for this day first, else to everybody.

    A place that goes on to somebody waiting stays taken all the while, so nobody else can
    get it in between.
    """
    if to_waiting and _offer_to_waiting(slot, now):
        return
    Slot.objects.filter(pk=slot.pk, taken__gt=0).update(taken=F("taken") - 1)


def _offer_to_waiting(slot: Slot, now) -> bool:
    entry = (
        WaitingEntry.objects.select_for_update(skip_locked=True)
        .filter(
            service_id=slot.service_id,
            office_id=slot.office_id,
            date=slot.date,
            state=WaitingEntry.State.WAITING,
        )
        .order_by("created_at", "pk")
        .first()
    )
    if entry is None:
        return False
    rules = BookingRules.load()
    slot = Slot.objects.select_related("office__place", "service").get(pk=slot.pk)
    if slot.capacity < slot.taken or slot_problem(slot, rules, now):
        return False
    entry.booking = Booking.objects.create(
        service=slot.service,
        office=slot.office,
        slot=slot,
        hold_expires=now + datetime.timedelta(minutes=rules.waiting_offer_minutes),
        created_at=now,
    )
    entry.state = WaitingEntry.State.OFFERED
    entry.save()
    outbox.offer(entry, now=now)
    return True
