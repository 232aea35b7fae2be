"""What can be done with bookings, from one place: holding, confirming, moving, cancelling. The
modules beside this one do it: the guard against overbooking.

What is guaranteed:
- A slot never has more bookings and live holds than capacity. Capacity is claimed by an UPDATE
  that succeeds only while `taken < capacity`, in the transaction that inserts or changes the
  booking; a CHECK constraint of the table stands behind it.
- A hold belongs to whoever has its token and ends by itself (`marriage.booking.holds`).
- A person has at most one active booking per service, held by a unique constraint.
- Every change of state is one that `marriage.models.states` lists, and leaves an audit entry.
Rows are locked in one order, the booking before its slots, slots by rising key, so that two
transactions never wait for each other.
"""

from .changes import bound_elsewhere, cancel, change, check_shown
from .confirming import confirm
from .errors import (
    AlreadyBookedError,
    BannedError,
    BookingError,
    FullError,
    HoldExpiredError,
    NotOnOfferError,
    StandingError,
    TooManyBookingsError,
)
from .holds import expire_holds, hold, is_full, live_hold, release_hold
from .moving import move

__all__ = [
    "AlreadyBookedError",
    "BannedError",
    "BookingError",
    "FullError",
    "HoldExpiredError",
    "NotOnOfferError",
    "StandingError",
    "TooManyBookingsError",
    "bound_elsewhere",
    "cancel",
    "change",
    "check_shown",
    "confirm",
    "expire_holds",
    "hold",
    "is_full",
    "live_hold",
    "move",
    "release_hold",
]
