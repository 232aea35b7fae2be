"""Holds: capacity kept for some minutes while somebody fills in the rest.

A hold belongs to whoever has its token and expires by itself; the next person who asks
reclaims its capacity inside their own transaction, so no clean-up job is needed for that. The
guarantees as a whole are listed in `marriage.booking.bookings`.
"""

import datetime

from django.utils import timezone

from ..availability.opening import slot_problem
from ..models import Booking, BookingRules, Slot
from ..models.states import State
from ..write_lock import write_transaction
from .claims import claim, end_hold, full_message, has_expired, reclaim
from .errors import FullError, NotOnOfferError


def hold(slot_id: int, *, replaces: str = "", window=None, check=True, now=None) -> Booking:
    """Hold one unit of a slot's capacity for the minutes that the rules set.

    `replaces` is the token of an earlier hold of the same person: it is given up in the same
    transaction, and kept when nothing is left here. `check=False` is for the desk, which may
    serve somebody today. Raises FullError or NotOnOfferError.
    """
    now = now or timezone.now()
    rules = BookingRules.load()
    slot = Slot.objects.select_related("office", "service").filter(pk=slot_id).first()
    if slot is None:
        raise NotOnOfferError("这个时间已经取消，请选择其他时间。")
    mine = live_hold(replaces, now)
    if mine and mine.slot_id == slot.pk:
        return mine
    if is_full(slot, now):
        raise FullError(full_message(slot))
    if check and (problem := slot_problem(slot, rules, now, window)):
        raise NotOnOfferError(problem)
    with write_transaction():
        old = (
            Booking.objects.select_for_update()
            .filter(hold_token=replaces, state=State.HELD)
            .first()
            if replaces
            else None
        )
        # Slots are locked by rising key. A hold of this very slot has expired: it ends first,
        # else `claim` would reclaim it and its capacity would be released twice.
        if old and old.slot_id <= slot.pk:
            end_hold(old, State.RELEASED)
        if not claim(slot, now):
            raise FullError(full_message(slot))
        if old and old.slot_id > slot.pk:
            end_hold(old, State.RELEASED)
        return Booking.objects.create(
            service=slot.service,
            office=slot.office,
            slot=slot,
            hold_expires=now + datetime.timedelta(minutes=rules.hold_minutes),
            created_at=now,
        )


def is_full(slot: Slot, now=None) -> bool:
    """Whether nothing is left of a slot, as far as a look tells. Asked before anything is
    written: on a busy morning most are told here."""
    return slot.left <= 0 and not has_expired(slot, now or timezone.now())


def release_hold(token: str) -> bool:
    """Give up a hold. False when it was no longer held."""
    with write_transaction():
        booking = (
            Booking.objects.select_for_update().filter(hold_token=token, state=State.HELD).first()
        )
        if booking is None:
            return False
        end_hold(booking, State.RELEASED)
        return True


def live_hold(token: str, now=None) -> Booking | None:
    """The hold of this token while it lasts."""
    if not token:
        return None
    return (
        Booking.objects.select_related("slot", "office__place", "service")
        .filter(hold_token=token, state=State.HELD, hold_expires__gt=now or timezone.now())
        .first()
    )


def expire_holds(now=None) -> int:
    """Expire all holds whose time is over. Returns how many. Run by a job, so that
    waiting people hear at once; nothing depends on it."""
    now = now or timezone.now()
    slots = set(Booking.objects.expired_holds(now).values_list("slot", flat=True))
    number = 0
    for slot in Slot.objects.filter(pk__in=slots).order_by("pk"):
        with write_transaction():
            number += reclaim(slot, now)
    return number
