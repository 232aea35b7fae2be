"""What staff see of people: masked, unless somebody with the right asks for more."""

from dataclasses import dataclass

from home.masking import mask_name, mask_phone

from ..identity import mask_id
from ..models import Booking
from ..persons import ID_CARD, OTHER_PAPER

ID_TYPES = {ID_CARD: "居民身份证", OTHER_PAPER: "护照、通行证或者其他证件"}


@dataclass(frozen=True)
class PersonSeen:
    """One party as a line of the screen."""

    position: int
    name: str
    id_type: str
    id_number: str
    phone: str
    email: str = ""


def masked(booking: Booking) -> list[PersonSeen]:
    """Return the parties as everybody at the desk sees them."""
    seen = []
    for party in booking.parties.all():
        person = party.person
        seen.append(
            PersonSeen(
                party.position,
                mask_name(person.get("name", "")),
                ID_TYPES.get(person.get("id_type", ""), "证件"),
                mask_id(person.get("id_number", "")),
                mask_phone(person.get("phone", "")),
            )
        )
    return seen


def in_full(booking: Booking) -> list[PersonSeen]:
    """Return the parties unmasked. The caller checks the right and writes the audit entry."""
    seen = []
    for party in booking.parties.all():
        person = party.person
        seen.append(
            PersonSeen(
                party.position,
                person.get("name", ""),
                ID_TYPES.get(person.get("id_type", ""), "证件"),
                person.get("id_number", ""),
                person.get("phone", ""),
                person.get("email", ""),
            )
        )
    return seen
