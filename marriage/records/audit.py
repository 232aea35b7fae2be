"""Writing the audit log. Reading it is for managers; nobody changes it."""

from ..models import Acceptance, AuditEntry, Booking

STAFF, SYSTEM = "工作人员", "系统"


def record(
    booking: Booking, action: str, *, actor=None, note: str = "", receipt: Acceptance | None = None
) -> AuditEntry:
    """Add an entry for an act that leaves the state of a booking as it is.

    `actor` is a user, None for a job of the site. Changes of state are recorded by
    `marriage.booking.bookings` in their own transaction. No personal data goes into `note`.
    """
    return AuditEntry.objects.create(
        booking=booking,
        receipt=receipt,
        action=action,
        old_state=booking.state,
        new_state=booking.state,
        actor=actor,
        actor_label=STAFF if actor else SYSTEM,
        note=note[:200],
    )


def record_receipt(receipt: Acceptance, action: str, *, actor=None, note: str) -> AuditEntry:
    """Add an entry for an act on a receipt, which may come from another system and then has
    no booking."""
    if receipt.booking:
        return record(receipt.booking, action, actor=actor, note=note, receipt=receipt)
    return AuditEntry.objects.create(
        receipt=receipt,
        action=action,
        actor=actor,
        actor_label=STAFF if actor else SYSTEM,
        note=note[:200],
    )
