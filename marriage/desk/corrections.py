"""People who took a number at the desk and were mistyped: put right with a reason."""

from django.db import IntegrityError, transaction

from home.personal_data.encryption import encrypt

from ..booking import bookings
from ..booking.errors import already_booked_message
from ..identity.hashes import keyed_hashes, normal_id
from ..materials.checklist import materials_for
from ..models import AuditEntry, Booking, BookingParty
from ..models.states import IllegalChangeError, State
from ..records import audit
from ..write_lock import write_transaction


def correction_problem(booking: Booking) -> str:
    """Why the people of a booking cannot be corrected at the desk, or "". Whoever has booked
    online typed their own papers: others in their place would be another booking."""
    if not booking.is_walk_in:
        return "只有现场取号录入的当事人可以更正。网上预约的，请当事人取消后重新预约。"
    if booking.state not in (State.CHECKED_IN, State.IN_SERVICE):
        return f"“{booking.get_state_display()}”的不能再更正当事人。"
    return ""


def correct(
    booking: Booking, people: list[dict], answers: dict, *, reason: str, shown: str, actor
) -> Booking:
    """Give a booking these people; its number and ticket stay, and the list of materials follows
    their papers. Which side was changed and why goes into the audit log, without personal data.

    Raises IllegalChangeError when that is not possible (any more), AlreadyBookedError.
    """
    if problem := correction_problem(booking):
        raise IllegalChangeError(problem)
    with write_transaction():
        locked = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        bookings.check_shown(locked, shown)
        before = list(locked.parties.all())
        sides = [
            party.get_position_display()
            for party, person in zip(before, people, strict=True)
            if party.person != person
        ]
        locked.parties.update(is_active=False)  # The two may have been typed the wrong way round.
        for party, person in zip(before, people, strict=True):
            _replace(party, person)
        checklist = materials_for(locked.service, answers)
        titles = {item["title"] for item in checklist}
        locked.encrypted = encrypt({**locked.details, "answers": answers, "checklist": checklist})
        locked.materials_ticked = [each for each in locked.materials_ticked if each in titles]
        locked.save(update_fields=["encrypted", "materials_ticked"])
        note = f"更正{'、'.join(sides) or '当事人，没有改动'}：{reason}"
        audit.record(locked, AuditEntry.Action.CORRECTED, actor=actor, note=note)
    return locked


def _replace(party: BookingParty, person: dict) -> None:
    number = normal_id(person["id_number"])
    party.person_hash, party.tail_hash = keyed_hashes(f"person:{number}", f"tail:{number[-4:]}")
    party.encrypted, party.is_active = encrypt(person), True
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError:
        other = BookingParty.objects.exclude(booking=party.booking_id).filter(
            service=party.service_id, person_hash=party.person_hash, is_active=True
        )
        raise bookings.AlreadyBookedError(
            already_booked_message(), party.position, other.first()
        ) from None
