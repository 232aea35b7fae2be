"""Order of the waiting list: who is offered capacity that is released on a full day.

First come, first served: by the time of joining, then by key. Runs inside the transaction
that releases the capacity.
"""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..availability.opening import slot_problem
from ..messages import outbox
from ..models import Booking, BookingRules, Slot, WaitingEntry

State = WaitingEntry.State


def line(service_id: int, office_id: int, day: datetime.date) -> QuerySet[WaitingEntry]:
    """Return those who wait for a day, the next first."""
    return WaitingEntry.objects.filter(
        service_id=service_id, office_id=office_id, date=day, state=State.WAITING
    ).order_by("created_at", "pk")


def position(entry: WaitingEntry) -> int:
    """Return 1 for the next in line, 2 for the one after."""
    earlier = Q(created_at__lt=entry.created_at) | Q(created_at=entry.created_at, pk__lt=entry.pk)
    return line(entry.service_id, entry.office_id, entry.date).filter(earlier).count() + 1


def offer_to_next(slot: Slot, now) -> bool:
    """Hold one released unit of capacity for the next in line and tell them.

    The unit stays claimed throughout, so nobody else can get it in between. Returns False
    when nobody waits or the slot cannot be booked any more.
    """
    entry = (
        line(slot.service_id, slot.office_id, slot.date).select_for_update(skip_locked=True).first()
    )
    if entry is None:
        return False
    rules = BookingRules.load()
    slot = Slot.objects.select_related("office__place", "service").get(pk=slot.pk)
    if slot.capacity < slot.taken or slot_problem(slot, rules, now):
        return False
    told_at = _waking_hour(now, rules)
    entry.booking = Booking.objects.create(
        service=slot.service,
        office=slot.office,
        slot=slot,
        hold_expires=told_at + datetime.timedelta(minutes=rules.waiting_offer_minutes),
        created_at=now,
    )
    entry.state = State.OFFERED
    entry.save()
    outbox.offer(entry, now=now, due=told_at)
    return True


def _waking_hour(now: datetime.datetime, rules: BookingRules) -> datetime.datetime:
    """`now`, or the end of the quiet hours of the night it is in: nobody is woken, and nobody
    loses an offer while asleep."""
    local = timezone.localtime(now)
    start, end = rules.quiet_from, rules.quiet_until
    if start <= end:
        is_quiet = start <= local.time() < end
    else:
        is_quiet = local.time() >= start or local.time() < end
    if not is_quiet:
        return now
    day = local.date() + datetime.timedelta(days=start > end and local.time() >= start)
    return timezone.make_aware(datetime.datetime.combine(day, end))
