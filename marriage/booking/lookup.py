"""Finding a booking by its reference and the tail of an ID number.

Whatever is wrong, the work done and the words said are the same, so nothing can be learnt
from an answer; tries are limited by reference and network together.
"""

from ..identity.hashes import tail_hash
from ..models import Booking, BookingParty, BookingRules
from . import rate_limits

TOO_MANY = "输错的次数太多了。请在下一个整点后再试，或者带身份证到登记处查询"
NOT_FOUND = "没有找到这个预约。请核对预约号和证件号码后4位"


def find(reference: str, tail: str) -> tuple[Booking | None, int]:
    """(booking, position of the party whose tail it is), or (None, 0).

    One question to the database asks for both together: a miss costs two queries and one
    hash, whether the reference, the tail or both are wrong. A hit loads the booking besides.
    """
    party = (
        BookingParty.objects.filter(
            booking__in=Booking.objects.confirmed().filter(reference=reference),
            tail_hash=tail_hash(tail),
        )
        .order_by("position")
        .values_list("booking", "position")
        .first()
    )
    if party is None:
        return None, 0
    booking = Booking.objects.select_related("slot", "office__place", "service").get(pk=party[0])
    return booking, party[1]


def count_try(reference: str, address: str) -> str:
    """Count one try before it is looked at; why no more are allowed in this hour, or "".

    Take it back with `was_found`: parallel tries cannot exceed the limit so. Tries count for
    a reference and a network together: a whole office shares one address, and somebody else's
    mistakes lock nobody out. The sum over all networks bounds what many of them can guess
    about one reference.
    """
    rules = BookingRules.load()
    together, of_reference = rate_limits.count(*_tries(reference, address))
    if (
        together > rules.lookups_per_reference_hour
        or of_reference > rules.lookups_of_reference_hour
    ):
        return TOO_MANY
    return ""


def was_found(reference: str, address: str) -> None:
    """Finding a booking is no try."""
    rate_limits.release(*_tries(reference, address))


def _tries(reference: str, address: str) -> tuple[tuple[str, str], ...]:
    return ("lookup", f"{reference}:{address}"), ("lookup-reference", reference)


def count_receipt(address: str) -> str:
    """Count one number of a receipt tried from a network; why no more are allowed in this
    hour, or "". They run in order and can be counted through, references cannot."""
    [tries] = rate_limits.count(("receipt", address))
    return TOO_MANY if tries > BookingRules.load().lookups_per_address_hour else ""


def receipt_was_right(address: str) -> None:
    rate_limits.release(("receipt", address))
