"""Why a booking cannot be made or changed, in words for the person who asked."""


class BookingError(Exception):
    """What the person asked for cannot be done; `message` says why and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class FullError(BookingError):
    """Nothing left in this slot."""


class NotOnOfferError(BookingError):
    """Past, closed, too early, too late, or outside the window of a second visit."""


class HoldExpiredError(BookingError):
    """The hold ran out, was given up, or is somebody else's."""


class StandingError(BookingError):
    """Something on record stands in the way of the person at `position` (1 or 2); `party` is
    on record there, or None. For the desk; citizens are told by message."""

    def __init__(self, message: str, position: int, party=None):
        super().__init__(message)
        self.position = position
        self.party = party


class AlreadyBookedError(StandingError):
    """One of the persons has an active booking for this service."""


class BannedError(StandingError):
    """One of the persons may not book for a while."""


class TooManyBookingsError(BookingError):
    """The proved telephone has as many active bookings as one may have."""


def already_booked_message() -> str:
    return (
        "这位当事人已经预约了这项业务，每人每项业务只能有一个有效预约。请先查询或者取消原来的预约"
    )
