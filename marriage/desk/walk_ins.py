"""People without a booking: at the counter today, or on the telephone for a coming day."""

from django.utils import timezone

from ..booking import bookings
from ..booking.claims import add_for_walk_in, has_expired
from ..divorce import second_visit
from ..materials.checklist import materials_for
from ..models import Booking, BookingRules, Office, Service, Slot
from ..models.states import State
from ..write_lock import write_transaction
from . import hall


def walk_in_slots(office: Office, service: Service, now=None) -> list[Slot]:
    """Return today's slots for somebody without a booking that have not ended, soonest first:
    those with capacity left, else those to which the rules let the desk add some."""
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


def walk_in(slot: Slot, people: list[dict], answers: dict, *, actor, now=None) -> Booking:
    """Book today's slot for people who stand at the counter, and check them in.

    Capacity is claimed from the same slots and by the same guard as online; a full slot gets
    one more unit while the rules allow it. All in one transaction. Raises what `hold` and
    `confirm` raise, and then nothing has changed.
    """
    with write_transaction():
        limit = BookingRules.load().walk_ins_beyond
        slot = Slot.objects.get(pk=slot.pk)
        is_full = slot.left <= 0 and not has_expired(slot, now or timezone.now())
        is_added = is_full and add_for_walk_in(slot, limit)
        held = bookings.hold(slot.pk, check=False, now=now)
        booking = bookings.confirm(
            held.hold_token,
            people,
            details=_details(slot.service, answers),
            is_walk_in=True,
            actor=actor,
            now=now,
        )
        note = "现场加号" if is_added else ""
        booking = bookings.change(booking, State.CHECKED_IN, actor=actor, note=note, now=now)
        return hall.issue_ticket(booking, now)


def book_for_caller(
    slot: Slot,
    people: list[dict],
    answers: dict,
    *,
    receipt: dict | None = None,
    actor,
    now=None,
) -> Booking:
    """Book a slot of a coming day for somebody on the telephone, by the rules of the site.

    Nobody has proved anything: like an unproved booking online it gives way to one that is.
    Raises what `hold` and `confirm` raise, and then nothing has changed.
    """
    details = _details(slot.service, answers)
    if receipt:
        details["receipt"] = receipt
    window = second_visit.window_for(receipt) if receipt else None
    with write_transaction():
        held = bookings.hold(slot.pk, window=window, now=now)
        return bookings.confirm(
            held.hold_token,
            people,
            details=details,
            receipt_number=(receipt or {}).get("number", ""),
            actor=actor,
            now=now,
        )


def done_today(booking: Booking) -> list[Booking]:
    """Return the visits of today for the same service that ended well for one of these people."""
    hashes = [party.person_hash for party in booking.parties.all() if party.person_hash]
    done = Booking.objects.filter(
        state=State.DONE,
        service=booking.service_id,
        slot__date=booking.slot.date,
        parties__person_hash__in=hashes,
    )
    return list(done.distinct().order_by("pk"))


def _details(service: Service, answers: dict) -> dict:
    return {"answers": answers, "checklist": materials_for(service, answers)}
