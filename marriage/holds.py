"""Holding a place for some minutes while somebody fills in the rest.

A hold belongs to whoever has its token, ends by itself, and its place is taken back by the
next person who asks, inside their transaction. No clean-up job is needed for that. What is
guaranteed as a whole is told in `marriage.booking`.
"""

import datetime

from django.utils import timezone

from .models import Booking, BookingRules, Slot
from .opening import slot_problem
from .places import end_hold, full_message, has_expired, reclaim, take
from .refusals import FullError, NotOnOfferError
from .states import State
from .turns import writing


def hold(slot_id: int, *, replaces: str = "", window=None, check=True, now=None) -> Booking:
    """Hold one place of a slot for the minutes that the rules set.

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
    if slot.left <= 0 and not has_expired(slot, now):
        # Answered before queueing for the write lock: on a busy morning most are told here.
        raise FullError(full_message(slot))
    if check and (problem := slot_problem(slot, rules, now, window)):
        raise NotOnOfferError(problem)
    with writing():
        old = (
            Booking.objects.select_for_update()
            .filter(hold_token=replaces, state=State.HELD)
            .first()
            if replaces
            else None
        )
        if old and old.slot_id < slot.pk:
            end_hold(old, State.RELEASED)
        if not take(slot, now):
            raise FullError(full_message(slot))
        if old and old.slot_id >= slot.pk:
            end_hold(old, State.RELEASED)
        return Booking.objects.create(
            service=slot.service,
            office=slot.office,
            slot=slot,
            hold_expires=now + datetime.timedelta(minutes=rules.hold_minutes),
            created_at=now,
        )


def release(token: str) -> bool:
    """Give up a hold. False when it was no longer held."""
    with writing():
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
    """Take back the places of all holds that ran out. Returns how many. Run by a job, so that
    waiting people hear at once; nothing depends on it."""
    now = now or timezone.now()
    slots = set(Booking.objects.expired_holds(now).values_list("slot", flat=True))
    number = 0
    for slot in Slot.objects.filter(pk__in=slots).order_by("pk"):
        with writing():
            number += reclaim(slot, now)
    return number
