"""Finding a booking by its reference and the tail of an ID number.

Whatever is wrong, the work done and the words said are the same, so nothing can be learnt
from an answer; tries are limited by reference and by address.
"""

from . import limits
from .encryption import tail_hash
from .models import Booking, BookingParty, BookingRules

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


def limit_problem(reference: str, address: str) -> str:
    """Why no more tries are allowed in this hour, or ""."""
    rules = BookingRules.load()
    by_reference, by_address = limits.tried(
        ("lookup-reference", reference), ("lookup-address", address)
    )
    if (
        by_reference >= rules.lookups_per_reference_hour
        or by_address >= rules.lookups_per_address_hour
    ):
        return "输错的次数太多了。请在下一个整点后再试，或者带身份证到登记处查询"
    return ""


def count_failure(reference: str, address: str) -> None:
    limits.count(("lookup-reference", reference), ("lookup-address", address))
