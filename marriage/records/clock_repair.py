"""Puts right, in one step, what a clock that was ahead has left behind.

Nothing here is needed while clocks are right; the job runs every hour all the same, and
`manage.py repair_after_wrong_clock` at once.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from home.clock import TOLERANCE, earliest_now

from ..models import AuditEntry, Booking, BookingRules, OutboxMessage
from ..models.states import State
from ..write_lock import write_transaction
from . import audit

NOTE = "时钟有误，撤销爽约"
MAX_RETRY = datetime.timedelta(days=2)
"""Longer than any pause between two tries to send a message (`outbox.MAX_ATTEMPTS`)."""


def repair(now=None) -> dict[str, int]:
    """Returns how many of each kind were put right."""
    now = now or earliest_now()
    return {
        "no-shows": restore_no_shows(now),
        "holds": end_endless_holds(now),
        "messages": send_again(now),
    }


def restore_no_shows(now) -> int:
    """Makes no-shows of days that are not over into bookings again.

    Only those that a job has marked: the desk may say so on the day itself. A person who has
    booked again meanwhile keeps the new booking alone.
    """
    restored = 0
    too_early = Booking.objects.filter(
        state=State.NO_SHOW, slot__date__gte=timezone.localdate(now)
    ).values_list("pk", flat=True)
    for pk in list(too_early):
        with write_transaction():
            booking = Booking.objects.select_for_update(of=("self",)).get(pk=pk)
            last = booking.audit.order_by("-at", "-pk").first()
            marked_by_job = last is not None and last.actor_label == audit.SYSTEM
            if booking.state != State.NO_SHOW or not marked_by_job:
                continue
            try:
                with transaction.atomic():
                    booking.parties.update(is_active=True)
            except IntegrityError:
                continue
            booking.state, booking.ended_at = State.BOOKED, None
            booking.save(update_fields=["state", "ended_at"])
            AuditEntry.objects.create(
                booking=booking,
                action=AuditEntry.Action.CHANGED,
                old_state=State.NO_SHOW,
                new_state=State.BOOKED,
                actor_label=audit.SYSTEM,
                note=NOTE,
            )
            restored += 1
    return restored


def end_endless_holds(now) -> int:
    """Lets holds run out that end later than any hold made now could."""
    rules = BookingRules.load()
    longest = datetime.timedelta(minutes=max(rules.hold_minutes, rules.waiting_offer_minutes))
    return Booking.objects.filter(
        state=State.HELD, hold_expires__gt=now + longest + TOLERANCE
    ).update(hold_expires=now + longest)


def send_again(now) -> int:
    """Sends messages soon whose next try lies further away than any pause."""
    return OutboxMessage.objects.filter(
        state__in=(OutboxMessage.State.QUEUED, OutboxMessage.State.SENDING),
        attempts__gt=0,
        due_at__gt=now + MAX_RETRY,
    ).update(due_at=now)
