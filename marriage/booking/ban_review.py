"""Bans as a manager sees them: who is banned and why, lifting, and objections.

A ban follows from no-shows and cancellations. It is lifted by excusing the bookings that led
to it, each with the reason in its audit log: an excused booking counts against neither of the
couple.
"""

from dataclasses import dataclass

from django.utils import timezone

from home.personal_data.encryption import encrypt

from ..messages import outbox
from ..models import AuditEntry, Booking, BookingParty, BookingRules, NoShowObjection
from ..models.states import State
from ..records import audit
from ..write_lock import write_transaction
from .no_show_bans import Ban
from .standing import COUNTED, ban_of

OBJECTIONABLE = (State.NO_SHOW, State.CANCELLED_LATE)
MAX_TEXT = 500


class ObjectionError(Exception):
    """The objection cannot be taken; `message` says why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Banned:
    """A person who may not book now, with the bookings that count."""

    party: BookingParty
    ban: Ban
    bookings: list[Booking]


def counted(person_hash: str) -> list[Booking]:
    """Return the bookings of a person that count for a ban, newest first."""
    if not person_hash:
        return []
    parties = BookingParty.objects.filter(
        person_hash=person_hash, booking__state__in=COUNTED, booking__is_excused=False
    ).select_related("booking__slot", "booking__office", "booking__service")
    return [party.booking for party in parties.order_by("-booking__slot__date", "-pk")]


def banned_now(rules: BookingRules | None = None, now=None) -> list[Banned]:
    """Return everybody who is banned today, the latest ban first."""
    rules = rules or BookingRules.load()
    hashes = (
        BookingParty.objects.filter(booking__state__in=COUNTED, booking__is_excused=False)
        .exclude(person_hash="")
        .order_by()
        .values_list("person_hash", flat=True)
        .distinct()
    )
    found = []
    for person_hash in hashes:
        ban, party = ban_of(person_hash, rules, now)
        if ban:
            found.append(Banned(party, ban, counted(person_hash)))
    return sorted(found, key=lambda each: (each.ban.until, each.party.pk), reverse=True)


def excuse(booking: Booking, reason: str, *, actor) -> None:
    """Let a booking no longer count against its couple, with the reason in the audit log."""
    with write_transaction():
        Booking.objects.filter(pk=booking.pk).update(is_excused=True)
        audit.record(booking, AuditEntry.Action.EXCUSED, actor=actor, note=reason)


def lift(party: BookingParty, reason: str, *, actor) -> int:
    """Lift the ban of a person by excusing all that counts. Returns how many bookings."""
    found = counted(party.person_hash)
    with write_transaction():
        for booking in found:
            excuse(booking, reason, actor=actor)
    return len(found)


def object_to(booking: Booking, text: str, now=None) -> NoShowObjection:
    """Take the objection of a citizen to a no-show, once a booking. Raises ObjectionError."""
    if booking.state not in OBJECTIONABLE or booking.is_excused:
        raise ObjectionError("这个预约没有记爽约。")
    if NoShowObjection.objects.filter(booking=booking).exists():
        raise ObjectionError("您已经提出过异议，请等候答复。")
    text = text.strip()[:MAX_TEXT]
    if not text:
        raise ObjectionError("请写明情况。")
    with write_transaction():
        return NoShowObjection.objects.create(
            booking=booking, encrypted=encrypt(text), created_at=now or timezone.now()
        )


def decide(
    objection: NoShowObjection, is_accepted: bool, answer: str, *, actor, now=None
) -> NoShowObjection:
    """Answer an objection once, and tell the couple. Raises ObjectionError."""
    answer = answer.strip()[:200]
    if not answer:
        raise ObjectionError("请写明答复，当事人会看到。")
    states = NoShowObjection.State
    with write_transaction():
        won = NoShowObjection.objects.filter(pk=objection.pk, state=states.OPEN).update(
            state=states.ACCEPTED if is_accepted else states.REJECTED,
            answer=answer,
            decided_at=now or timezone.now(),
            decided_by=actor,
        )
        if not won:
            raise ObjectionError("这个异议已经处理过了。")
        if is_accepted:
            excuse(objection.booking, answer, actor=actor)
        outbox.tell(objection.booking, "objection_answered", note=answer, now=now)
    objection.refresh_from_db()
    return objection
