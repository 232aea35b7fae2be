"""What is left over when a day is past: visits that nobody ended, people who did not come."""

import contextlib
from datetime import timedelta

from django.utils import timezone

from home.clock import earliest_now

from ..booking import bookings
from ..models import Booking, BookingRules
from ..models.states import IllegalChangeError, State
from ..planning import closures
from ..records import audit


def close_unresolved(now=None) -> int:
    """End visits of earlier days that nobody ended, so that their personal data does not
    outlive its time and the people can book again; and cancel, for the registry, displaced
    bookings whose day is long past. A daily job. Returns how many."""
    now = now or timezone.now()
    rules, today = BookingRules.load(), timezone.localdate(now)
    left_open = Booking.objects.filter(
        state__in=[State.CHECKED_IN, State.IN_SERVICE],
        slot__date__lt=today - timedelta(days=rules.unresolved_days),
    )
    displaced = Booking.objects.filter(
        state=State.DISPLACED, slot__date__lt=today - timedelta(days=rules.displaced_days)
    )
    number = 0
    for found, new, note in (
        (left_open, State.UNRESOLVED, "没有登记结果，自动结束"),
        (displaced, State.CANCELLED_BY_OFFICE, "停办后一直没有改期"),
    ):
        for booking in found.select_related("slot"):
            bookings.change(booking, new, label=audit.SYSTEM, note=note, now=now)
            number += 1
    return number


def mark_no_shows(now=None) -> int:
    """Mark those who did not come on an earlier day; a nightly job. Returns how many.

    The day must be over by the clock of the database too: one machine's may be ahead. Whoever
    was booked on a closed time is displaced, not a no-show (`closures.settle`).
    """
    closures.settle(now=now)
    today = timezone.localdate(now or earliest_now())
    missed = Booking.objects.filter(state=State.BOOKED, slot__date__lt=today).select_related("slot")
    number = 0
    for booking in missed:
        # Only of who is still expected: a clerk may be receiving them late at this moment.
        with contextlib.suppress(IllegalChangeError):
            bookings.change(
                booking,
                State.NO_SHOW,
                label=audit.SYSTEM,
                note="当天未报到",
                shown=booking.shown_as,
                now=now,
            )
            number += 1
    return number
