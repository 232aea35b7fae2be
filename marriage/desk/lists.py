"""Who is expected, served and missed on a day, and finding one of them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.typed_text import paper_number, reference

from ..identity.hashes import person_hash, tail_hash
from ..models import Booking, Office
from ..models.bookings import REFERENCE_ALPHABET, REFERENCE_LENGTH, REFERENCE_SIZES
from ..models.states import State

ON_THE_LIST = (
    State.BOOKED,
    State.DISPLACED,
    State.CHECKED_IN,
    State.IN_SERVICE,
    State.DONE,
    State.REFUSED,
    State.NO_SHOW,
)
SEARCH_LIMIT = 50

TICKET = re.compile(r"A(\d{1,4})")


def day_list(office: Office, day: date) -> QuerySet[Booking]:
    """Return those expected, served and missed at an office on a day, by time; two queries."""
    return _with_people(
        Booking.objects.filter(office=office, slot__date=day, state__in=ON_THE_LIST)
    )


def nearest_days(office: Office, day: date) -> list[tuple[date, int]]:
    """Return the days just before and after one on which somebody was or is expected, with
    how many; two queries."""
    days = (
        Booking.objects.filter(office=office, state__in=ON_THE_LIST)
        .values_list("slot__date")
        .annotate(number=Count("pk"))
    )
    before = days.filter(slot__date__lt=day).order_by("-slot__date").first()
    after = days.filter(slot__date__gt=day).order_by("slot__date").first()
    return [found for found in (before, after) if found]


def version(office: Office | None, day: date, now=None) -> str:
    """Return a short text that changes whenever the list of a day looks different: with the
    bookings, their states and times, and with the hour, which decides what can be done.

    One query and nobody's name: every screen at the desk asks for it every few seconds.
    """
    now = timezone.localtime(now)
    rows = Booking.objects.filter(office=office, slot__date=day, state__in=ON_THE_LIST)
    rows = rows.order_by("pk").values_list("pk", "state", "slot", "called_at", "slot__start")
    seen = [(*what, start <= now.time()) for *what, start in rows]
    return salted_hmac("desk", repr((now.date(), seen))).hexdigest()[:16]


def counts(bookings: Iterable[Booking]) -> dict[str, int]:
    """Return how many are in each state that the desk shows."""
    found = Counter(booking.state for booking in bookings)
    return {state.value: found[state] for state in ON_THE_LIST}


def find(
    text: str, offices: QuerySet[Office], office: Office | None = None, day: date | None = None
) -> list[Booking]:
    """Return bookings at `offices` by reference (typed or from a QR code), ID number, its last
    four, or ticket (A005).

    A tail is common, so it is looked for among the bookings of `office` on `day` only; tickets
    begin again every day.
    """
    confirmed = Booking.objects.confirmed().filter(office__in=offices)
    if reference := read_reference(text):
        return list(_with_people(confirmed.filter(reference=reference)))
    number = paper_number(text)
    if ticket := TICKET.fullmatch(number):
        found = confirmed.filter(ticket=int(ticket[1]), ticket_on=day or timezone.localdate())
        found = found.filter(office=office) if office is not None else found
    elif len(number) == 4:
        at_this_desk = confirmed.filter(slot__date=day or timezone.localdate())
        if office is not None:
            at_this_desk = at_this_desk.filter(office=office)
        found = at_this_desk.filter(parties__tail_hash=tail_hash(number))
    elif len(number) >= 8:
        found = confirmed.filter(parties__person_hash=person_hash(number))
    else:
        return []
    return list(_with_people(found.distinct())[:SEARCH_LIMIT])


def read_reference(text: str) -> str:
    """Return the reference within what was typed or scanned, or "".

    A QR code may hold a whole address; the reference is then its last part. A message may have
    been pasted.
    """
    last_part = re.split(r"[/=?#]", text.strip())[-1]
    for part in (last_part, text):
        found = reference(part, REFERENCE_SIZES)
        if len(found) == REFERENCE_LENGTH and set(found) <= set(REFERENCE_ALPHABET):
            return found
    return ""


def unfinished(office: Office, today: date) -> QuerySet[Booking]:
    """Return visits of earlier days that somebody forgot to end: until then these people
    cannot book again."""
    return _with_people(
        Booking.objects.filter(
            office=office,
            slot__date__lt=today,
            state__in=[State.CHECKED_IN, State.IN_SERVICE],
        )
    )


def _with_people(found: QuerySet[Booking]) -> QuerySet[Booking]:
    return (
        found.select_related("slot", "office", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "slot__start", "pk")
    )
