"""Writing the audit log. Reading it is for managers; nobody changes it."""

from .models import AuditEntry, Booking

STAFF, SYSTEM = "工作人员", "系统"


def record(booking: Booking, action: str, *, actor=None, note: str = "") -> AuditEntry:
    """Add an entry for an act that leaves the state of a booking as it is.

    `actor` is a user, None for a job of the site. Changes of state are recorded by
    `marriage.booking` in their own transaction. No personal data goes into `note`.
    """
    return AuditEntry.objects.create(
        booking=booking,
        action=action,
        old_state=booking.state,
        new_state=booking.state,
        actor=actor,
        actor_label=STAFF if actor else SYSTEM,
        note=note[:200],
    )
