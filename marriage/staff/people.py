"""What staff see of people: masked, unless somebody with the right asks for more."""

from dataclasses import dataclass

from home.personal_data.masking import mask_name, mask_phone

from ..identity.id_numbers import mask_id
from ..identity.papers import title_of
from ..models import Booking


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
                title_of(person.get("id_type", "")),
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
                title_of(person.get("id_type", "")),
                person.get("id_number", ""),
                person.get("phone", ""),
                person.get("email", ""),
            )
        )
    return seen
