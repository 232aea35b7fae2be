"""The waiting list of a full day: joining, leaving, offering capacity that was added.

Released capacity is offered in the order of `waiting_order`; whoever is offered it has a set
time to confirm.
"""

from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from home.personal_data.encryption import encrypt

from ..availability import free_times
from ..availability.day_states import Status
from ..identity.hashes import keyed_hashes, normal_id, tail_hash
from ..messages import outbox
from ..models import Booking, BookingRules, WaitingEntry
from ..write_lock import write_transaction
from .claims import claim, release
from .holds import release_hold
from .waiting_order import line

State = WaitingEntry.State


class WaitingError(Exception):
    """Joining is not possible; `message` says why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def join(service, office, date, person: dict, now=None) -> WaitingEntry:
    """Put a person {"id_number", "phone", "email"} at the end of the line, and send them the
    reference. Raises WaitingError.

    Whoever is in the line already stays where they are and gets their reference again, at the
    telephone they gave then: the caller cannot tell the difference and must not show it.
    """
    rules = BookingRules.load()
    if problem := not_full(service, office, date, now):
        raise WaitingError(problem)
    entries = WaitingEntry.objects.filter(service=service, office=office, date=date)
    if entries.filter(state__in=[State.WAITING, State.OFFERED]).count() >= rules.waiting_limit:
        raise WaitingError("这一天的候补人数已满，请选择其他日子。")
    number = normal_id(person["id_number"])
    person_hash, tail = keyed_hashes(f"person:{number}", f"tail:{number[-4:]}")
    try:
        with write_transaction():
            entry = WaitingEntry.objects.create(
                service=service,
                office=office,
                date=date,
                person_hash=person_hash,
                tail_hash=tail,
                encrypted=encrypt(person),
            )
    except IntegrityError:
        entry = WaitingEntry.objects.get(
            service=service,
            date=date,
            person_hash=person_hash,
            state__in=[State.WAITING, State.OFFERED],
        )
    with write_transaction():
        outbox.waiting_joined(entry, now=now)
    return entry


def offer_new_capacity(slots, now=None) -> int:
    """Offer capacity added to `slots` to those who wait for it, before anybody else.

    Returns how many offers were made.
    """
    now = now or timezone.now()
    offered = 0
    for slot in slots:
        waiting = line(slot.service_id, slot.office_id, slot.date)
        with write_transaction():
            while (before := waiting.count()) and claim(slot, now):
                # Releasing offers it to the next in line, if the slot can be booked.
                release(slot, now)
                if waiting.count() == before:
                    break
                offered += 1
    return offered


def find(reference: str, tail: str) -> WaitingEntry | None:
    """The entry with this reference and tail of an ID number; a miss costs the same work
    whichever of the two is wrong."""
    return (
        WaitingEntry.objects.select_related("service", "office", "booking__slot")
        .filter(reference=reference, tail_hash=tail_hash(tail))
        .first()
    )


def leave(entry: WaitingEntry) -> None:
    """Leave the line; what was on offer goes to the next."""
    with write_transaction():
        WaitingEntry.objects.filter(pk=entry.pk, state__in=[State.WAITING, State.OFFERED]).update(
            state=State.LEFT
        )
    if entry.state == State.OFFERED and entry.booking:
        release_hold(entry.booking.hold_token)


def has_left(hold: Booking) -> bool:
    """Whether a hold was on offer to somebody who has left the line since."""
    return WaitingEntry.objects.filter(booking=hold, state=State.LEFT).exists()


def told_at(entry: WaitingEntry) -> datetime:
    """Return when somebody is told of the offer that is kept for them: in the quiet hours of the
    night it waits until the morning."""
    message = entry.booking.messages.filter(kind="waiting_offer").order_by("pk").first()
    return message.due_at if message else timezone.now()


def not_full(service, office, date, now=None) -> str:
    """Why nobody waits for a day, in words, or "" for a full one."""
    day = free_times.days(office, service, date, date, now=now)[0]
    if day.is_bookable:
        return "这一天又有名额了，请直接选时间预约。"
    return "" if day.status is Status.FULL else f"这一天不能候补：{day.reason}。"


def length(service, office, date) -> int:
    """How many wait for a day."""
    return line(service.pk, office.pk, date).count()
