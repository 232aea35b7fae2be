"""Waiting for a place on a full day. Places that come back go to the first in the line, who
has a set time to confirm; `marriage.places` hands them on, so nobody gets in between."""

from django.db import IntegrityError
from django.utils import timezone

from . import availability
from .day_states import Status
from .encryption import keyed_hashes, normal_id, seal, tail_hash
from .holds import release
from .models import BookingParty, BookingRules, WaitingEntry
from .places import give_back, take
from .turns import writing

State = WaitingEntry.State


class WaitingError(Exception):
    """Joining is not possible; `message` says why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def join(service, office, date, person: dict, now=None) -> WaitingEntry:
    """Put a person {"id_number", "phone", "email"} at the end of the line. Raises WaitingError."""
    rules = BookingRules.load()
    day = availability.days(office, service, date, date, rules=rules, now=now)[0]
    if day.is_bookable:
        raise WaitingError("这一天又有名额了，请直接选时间预约。")
    if day.status is not Status.FULL:
        raise WaitingError(f"这一天不能候补：{day.reason}。")
    line = WaitingEntry.objects.filter(service=service, office=office, date=date)
    if line.filter(state__in=[State.WAITING, State.OFFERED]).count() >= rules.waiting_limit:
        raise WaitingError("这一天的候补人数已满，请选择其他日子。")
    number = normal_id(person["id_number"])
    person_hash, tail = keyed_hashes(f"person:{number}", f"tail:{number[-4:]}")
    active = BookingParty.objects.filter(person_hash=person_hash, service=service, is_active=True)
    if active.exists():
        raise WaitingError("您已经预约了这项业务，不能再候补。如要换日子，请先改期或者取消。")
    try:
        with writing():
            return WaitingEntry.objects.create(
                service=service,
                office=office,
                date=date,
                person_hash=person_hash,
                tail_hash=tail,
                sealed=seal(person),
            )
    except IntegrityError:
        raise WaitingError("您已经在这一天的候补名单里了，请用候补号查询。") from None


def offer_new_places(slots, now=None) -> int:
    """Offer places that were added to slots to those who wait for them, before anybody else
    gets one; returns how many were offered."""
    now = now or timezone.now()
    offered = 0
    for slot in slots:
        line = WaitingEntry.objects.filter(
            service=slot.service_id, office=slot.office_id, date=slot.date, state=State.WAITING
        )
        with writing():
            while (before := line.count()) and take(slot, now):
                # A place that is given back goes to the next in line, if it can be booked.
                give_back(slot, now)
                if line.count() == before:
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


def place_in_line(entry: WaitingEntry) -> int:
    """1 for the next."""
    before = WaitingEntry.objects.filter(
        service=entry.service,
        office=entry.office,
        date=entry.date,
        state=State.WAITING,
        created_at__lt=entry.created_at,
    )
    return before.count() + 1


def leave(entry: WaitingEntry) -> None:
    """Leave the line; a place on offer goes to the next."""
    with writing():
        WaitingEntry.objects.filter(pk=entry.pk, state__in=[State.WAITING, State.OFFERED]).update(
            state=State.LEFT
        )
    if entry.state == State.OFFERED and entry.booking:
        release(entry.booking.hold_token)
