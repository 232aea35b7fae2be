"""The waiting room: tickets, calls to a counter, and what its screen shows."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from ..models import Booking, Office
from ..models.states import IllegalChangeError, State
from ..write_lock import write_transaction

CALLS_SHOWN = 6


@dataclass(frozen=True)
class Screen:
    """What everybody in the room may see: numbers and counters, never a name."""

    calls: list[tuple[str, str]]  # (ticket, counter), the latest first
    waiting: list[str]


def issue_ticket(booking: Booking, now: datetime | None = None) -> Booking:
    """Give those who have checked in the next number of their office and day, once a day.

    Runs in the transaction of the check-in; the row of the office is locked, so that no two
    clerks give the same number.
    """
    today = timezone.localdate(now)
    if booking.ticket and booking.ticket_on == today:
        return booking
    with write_transaction():
        Office.objects.select_for_update().get(pk=booking.office_id)
        issued = Booking.objects.filter(office=booking.office_id, ticket_on=today)
        booking.ticket = (issued.aggregate(last=Max("ticket"))["last"] or 0) + 1
        booking.ticket_on = today
        booking.save(update_fields=["ticket", "ticket_on"])
    return booking


def call(booking: Booking, counter: str, now: datetime | None = None) -> Booking:
    """Call a couple to a counter; calling again is fine. Raises IllegalChangeError unless
    they wait or are being served, ValueError without a counter."""
    counter = read_counter(counter)
    called = Booking.objects.filter(
        pk=booking.pk,
        state__in=[State.CHECKED_IN, State.IN_SERVICE],
        ticket_on=timezone.localdate(now),
    ).update(counter=counter, called_at=now or timezone.now())
    if not called:
        raise IllegalChangeError("只有今天已报到的才能叫号，请看最新状态。")
    booking.refresh_from_db()
    return booking


def read_counter(typed: str) -> str:
    """Return the number of a counter as typed: 3, ３, 03, 3号窗口. Raises ValueError with the
    reason unless it is 1 to 99."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if not text:
        raise ValueError("请先填您的窗口号。")
    found = re.fullmatch(r"第?0?([1-9][0-9]?)号?(窗口)?", text)
    if not found:
        raise ValueError(f"窗口号请填1至99的数字，您输入了“{typed.strip()[:20]}”。")
    return found[1]


def screen(office: Office, day: date | None = None) -> Screen:
    """Return the calls and those who wait, in order; two queries."""
    day = day or timezone.localdate()
    here = Booking.objects.filter(office=office, ticket_on=day)
    calls = here.filter(state__in=[State.CHECKED_IN, State.IN_SERVICE]).exclude(called_at=None)
    waiting = here.filter(state=State.CHECKED_IN, called_at=None)
    return Screen(
        [
            (each.display_ticket, each.counter)
            for each in calls.order_by("-called_at")[:CALLS_SHOWN]
        ],
        [each.display_ticket for each in waiting.order_by("slot__start", "ticket")],
    )
