"""What a browser may see after a look-up, kept here so that it can be ended here.

The browser holds a random token; the row is found by its hash. A signed cookie would not do:
a copy of it stays valid after its owner has left a shared computer.
"""

import datetime
import hashlib
import secrets

from django.utils import timezone

from ..models import Booking, LookupSession
from ..write_lock import write_transaction

DURATION = datetime.timedelta(minutes=30)


def begin(booking: Booking, position: int) -> str:
    """Let the bearer of the returned token see the booking as party `position`."""
    token = secrets.token_urlsafe(24)
    with write_transaction(durable=False):
        LookupSession.objects.create(
            key=_hash(token),
            booking=booking,
            position=position,
            expires_at=timezone.now() + DURATION,
        )
    return token


def find(token: str) -> tuple[Booking | None, int]:
    """(booking, position) of a token that lasts, or (None, 0)."""
    if not token:
        return None, 0
    session = LookupSession.objects.filter(key=_hash(token), expires_at__gt=timezone.now()).first()
    if session is None:
        return None, 0
    booking = (
        Booking.objects.confirmed()
        .select_related("slot", "office__place", "service__guide")
        .filter(pk=session.booking_id)
        .first()
    )
    return booking, session.position if booking else 0


def end(token: str) -> None:
    """Nobody opens anything with this token again."""
    with write_transaction():
        LookupSession.objects.filter(key=_hash(token)).delete()


def clear_expired(now=None) -> int:
    """Delete sessions whose time is over; returns how many."""
    expired = LookupSession.objects.filter(expires_at__lte=now or timezone.now())
    with write_transaction():
        return expired.delete()[0]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
