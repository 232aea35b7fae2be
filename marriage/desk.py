"""The work at the counter on one day: who comes, what can be done with each, who walks in."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import audit
from . import booking as bookings
from .encryption import normal_id, person_hash, tail_hash
from .models import AuditEntry, Booking, BookingRules, Office, Service, Slot
from .models.bookings import REFERENCE_ALPHABET, REFERENCE_LENGTH
from .places import add_for_walk_in, has_expired
from .second_visit import certificate_problem
from .states import LEGAL_CHANGES, IllegalChangeError, State
from .turns import writing

# What the desk may do, in the order of a visit. Cancelling has a page of its own.
STEPS = {
    State.CHECKED_IN: "报到",
    State.IN_SERVICE: "开始办理",
    State.DONE: "办结",
    State.NO_SHOW: "未到（爽约）",
}
TAKEN_BACK = {
    (State.CHECKED_IN, State.BOOKED): "撤销报到",
    (State.IN_SERVICE, State.CHECKED_IN): "退回等候",
    (State.NO_SHOW, State.CHECKED_IN): "迟到，补报到",
}
ON_THE_LIST = (
    State.BOOKED,
    State.CHECKED_IN,
    State.IN_SERVICE,
    State.DONE,
    State.NO_SHOW,
)
SEARCH_LIMIT = 50


@dataclass(frozen=True)
class Step:
    """One thing that can be done with a booking now."""

    state: State
    label: str
    is_main: bool = False


def day_list(office: Office, day: date) -> QuerySet[Booking]:
    """Return those expected, served and missed at an office on a day, by time; two queries."""
    return _with_people(
        Booking.objects.filter(office=office, slot__date=day, state__in=ON_THE_LIST)
    )


def version(office: Office | None, day: date, now=None) -> str:
    """Return a short text that changes whenever the list of a day looks different: with the
    bookings, their states and times, and with the hour, which decides what can be done.

    One query and nobody's name: every screen at the desk asks for it every few seconds.
    """
    now = timezone.localtime(now)
    rows = Booking.objects.filter(office=office, slot__date=day, state__in=ON_THE_LIST)
    rows = rows.order_by("pk").values_list("pk", "state", "slot", "slot__start")
    seen = [(pk, state, slot, start <= now.time()) for pk, state, slot, start in rows]
    return salted_hmac("desk", repr((now.date(), seen))).hexdigest()[:16]


def counts(bookings: Iterable[Booking]) -> dict[str, int]:
    """Return how many are in each state that the desk shows."""
    found = Counter(booking.state for booking in bookings)
    return {state.value: found[state] for state in ON_THE_LIST}


def find(text: str, office: Office | None = None, day: date | None = None) -> list[Booking]:
    """Return bookings by reference (typed or from a QR code), ID number, or its last four.

    A tail is common, so it is looked for among the bookings of `office` on `day` only.
    """
    confirmed = Booking.objects.confirmed()
    if reference := read_reference(text):
        return list(_with_people(confirmed.filter(reference=reference)))
    number = normal_id(text)
    if len(number) == 4:
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

    A QR code may hold a whole address; the reference is then its last part.
    """
    last_part = re.split(r"[/=?#]", text.strip())[-1]
    reference = normal_id(last_part)
    if len(reference) == REFERENCE_LENGTH and set(reference) <= set(REFERENCE_ALPHABET):
        return reference
    return ""


def steps(booking: Booking, now=None, *, on_its_page=False) -> list[Step]:
    """Return what the desk can do with a booking now.

    People are received on their day only, and nobody is a no-show before their time. A first
    visit ends with a receipt and a second one only when its receipt is in order; both end on
    the page of the booking, where that is seen.
    """
    now = timezone.localtime(now)
    legal = LEGAL_CHANGES[State(booking.state)]
    slot = booking.slot
    is_today = slot.date == now.date()
    has_begun = slot.date < now.date() or (is_today and slot.start <= now.time())
    found = []
    for state, label in STEPS.items():
        if state not in legal or (booking.state, state) in TAKEN_BACK:
            continue
        if state == State.CHECKED_IN and not is_today:
            continue
        if state == State.NO_SHOW and not has_begun:
            continue
        if state == State.DONE and not _may_end(booking, now.date(), on_its_page):
            continue
        found.append(Step(state, label, is_main=not found and state != State.NO_SHOW))
    for (old, new), label in TAKEN_BACK.items():
        if booking.state == old and (is_today or old == State.IN_SERVICE):
            found.append(Step(new, label))
    return found


def _may_end(booking: Booking, today: date, on_its_page: bool) -> bool:
    if booking.service.kind == Service.Kind.DIVORCE_APPLICATION:
        return False
    if booking.service.is_second_visit:
        return on_its_page and not certificate_problem(booking, today)
    return True


def take_step(booking: Booking, new: str, *, actor, now=None) -> Booking:
    """Do one step. Raises IllegalChangeError when it cannot be done (any more)."""
    if new not in {step.state for step in steps(booking, now, on_its_page=True)}:
        raise IllegalChangeError(
            f"“{booking.get_state_display()}”的预约现在不能这样处理，请看最新状态。"
        )
    return bookings.change(booking, State(new), actor=actor, now=now)


def tick(booking: Booking, titles: list[str], *, actor) -> list[str]:
    """Keep which materials of the checklist were seen; returns those still missing."""
    wanted = [item["title"] for item in booking.checklist]
    ticked = [title for title in wanted if title in titles]
    if ticked != booking.materials_ticked:
        booking.materials_ticked = ticked
        booking.save(update_fields=["materials_ticked"])
        note = f"已核{len(ticked)}项，共{len(wanted)}项"
        audit.record(booking, AuditEntry.Action.CHECKED, actor=actor, note=note)
    return [title for title in wanted if title not in ticked]


def walk_in_slots(office: Office, service: Service, now=None) -> list[Slot]:
    """Return today's slots for somebody without a booking that have not ended, soonest first:
    those with a place left, else those to which the rules let the desk add one."""
    return walk_in_slots_by_service(office, now).get(service.pk, [])


def walk_in_slots_by_service(office: Office, now=None) -> dict[int, list[Slot]]:
    """{service: its slots for walk-ins, as `walk_in_slots` has them}; three queries."""
    now = timezone.localtime(now)
    ahead: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(office=office, date=now.date(), end__gt=now.time()).order_by(
        "start"
    ):
        ahead.setdefault(slot.service_id, []).append(slot)
    expired = set(
        Booking.objects.expired_holds(now)
        .filter(office=office, slot__date=now.date())
        .values_list("slot", flat=True)
    )
    limit = BookingRules.load().walk_ins_beyond
    return {
        service: [slot for slot in slots if slot.left > 0 or slot.pk in expired]
        or [slot for slot in slots if slot.capacity and slot.extra < limit]
        for service, slots in ahead.items()
    }


def walk_in(slot: Slot, people: list[dict], checklist: list[dict], *, actor, now=None) -> Booking:
    """Take a place for people who stand at the counter, and check them in.

    The place comes from the same slots as booked ones, by the same guard; to a full slot one
    is added while the rules allow it. All in one transaction. Raises what `hold` and
    `confirm` raise, and then nothing has changed.
    """
    with writing():
        limit = BookingRules.load().walk_ins_beyond
        slot = Slot.objects.get(pk=slot.pk)
        is_full = slot.left <= 0 and not has_expired(slot, now or timezone.now())
        is_added = is_full and add_for_walk_in(slot, limit)
        held = bookings.hold(slot.pk, check=False, now=now)
        booking = bookings.confirm(
            held.hold_token,
            people,
            details={"answers": {}, "checklist": checklist},
            is_walk_in=True,
            actor=actor,
            now=now,
        )
        note = "现场加号" if is_added else ""
        return bookings.change(booking, State.CHECKED_IN, actor=actor, note=note, now=now)


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


def mark_no_shows(now=None) -> int:
    """Mark those who did not come on an earlier day; a nightly job. Returns how many."""
    missed = Booking.objects.filter(
        state=State.BOOKED, slot__date__lt=timezone.localdate(now)
    ).select_related("slot")
    for booking in missed:
        bookings.change(booking, State.NO_SHOW, label=audit.SYSTEM, note="当天未报到", now=now)
    return len(missed)


def _with_people(found: QuerySet[Booking]) -> QuerySet[Booking]:
    return (
        found.select_related("slot", "office", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "slot__start", "pk")
    )
