"""Who stands in the way of a booking: an active one of the same person, or a ban.

Asked only at confirmation, once the telephone is proved, and never answered on the screen: a
booking, of a divorce above all, is nobody else's business. The reason goes by message to the
telephone that is on record; whoever typed the number reads the same words whatever it is.

A booking binds the persons named in it as far as its maker is known (`models.bookings.Trust`):
one that nobody proved gives way to one made with a proved telephone, and brings nobody a ban.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from home.messages.addresses import address_of
from home.messages.gateways import is_sent

from ..calendar.dates import day_in_words, local_now
from ..messages import outbox
from ..models import Booking, BookingParty, BookingRules
from ..models.bookings import Trust
from ..models.states import TO_COME, State
from ..write_lock import write_transaction
from .errors import AlreadyBookedError, BannedError, StandingError, already_booked_message
from .no_show_bans import Act, Ban, Event, find_ban, rules_from

COUNTED = {
    State.NO_SHOW: Act.NO_SHOW,
    State.CANCELLED_LATE: Act.NO_SHOW,
    State.CANCELLED: Act.CANCELLED,
}
NOT_POSSIBLE = "按填写的证件和手机号码，这次不能在网上预约。{told}请带身份证件到登记处办理，或者致电登记处询问。"
TOLD = "原因已发短信给在登记处留过手机号码的当事人；没有收到短信的，"


def not_possible() -> str:
    """Why nothing was booked, in words that tell nobody what stands in the way."""
    return NOT_POSSIBLE.format(told=TOLD if is_sent("sms") else "")


def in_the_way(
    person_hashes: list[str], service, trust: int, telephone_hash: str, identity_hash: str = ""
) -> tuple[list[Booking], list[BookingParty]]:
    """(bookings that give way, parties whose booking stands) among the active bookings of the
    service that name one of the persons. One query.

    `identity_hash` is that of a person whose identity is proved: their own booking counts for
    more than one that somebody else made with a telephone.
    """
    parties = BookingParty.objects.filter(
        person_hash__in=person_hashes, service=service, is_active=True
    ).select_related("booking__slot", "booking__office__place", "booking__service")
    yielding, standing = {}, []
    for party in parties.order_by("pk"):
        mine = Trust.IDENTITY if party.person_hash == identity_hash else min(trust, Trust.TELEPHONE)
        other = party.booking
        is_own = other.telephone_hash and other.telephone_hash == telephone_hash
        if other.state in TO_COME and other.trust < mine and not is_own:
            yielding[other.pk] = other
        else:
            standing.append(party)
    stands = {party.booking_id for party in standing}
    return [booking for pk, booking in yielding.items() if pk not in stands], standing


def ban_of(
    person_hash: str, rules: BookingRules, now=None, also: Iterable[Event] = ()
) -> tuple[Ban, BookingParty | None] | tuple[None, None]:
    """The ban of a person in force today and the latest booking that counts for it; one query.
    `also` are acts that are not on record yet."""
    today = local_now(now).date()
    parties = list(
        BookingParty.objects.filter(
            person_hash=person_hash,
            booking__state__in=COUNTED,
            booking__is_excused=False,
            booking__trust__gt=Trust.NONE,
        ).select_related("booking__slot", "booking__office__place", "booking__service")
    )
    events = [*(_event(party.booking) for party in parties), *also]
    ban = find_ban(events, rules_from(rules), rules.ban_days, today)
    if ban is None:
        return None, None
    return ban, max(parties, key=lambda party: _event(party.booking).on, default=None)


def ban_by_cancelling(booking: Booking, position: int, rules, now=None) -> Ban | None:
    """The ban that cancelling this booking now would bring the person at `position`, or None.
    Of the other one nothing is told."""
    if booking.is_displaced or booking.trust == Trust.NONE:
        return None
    party = booking.parties.filter(position=position).exclude(person_hash="").first()
    if party is None:
        return None
    act = Event(Act.CANCELLED, local_now(now).date())
    return ban_of(party.person_hash, rules, now, also=[act])[0]


def tell_cancelled(booking: Booking, kind: str, note: str, now=None) -> None:
    """Tell both of a cancellation, and each of whom it has banned that, and until when."""
    rules, free = BookingRules.load(), []
    for party in booking.parties.all():
        ban = party.person_hash and ban_of(party.person_hash, rules, now)[0]
        if ban:
            outbox.tell(
                booking,
                "cancelled_banned",
                [party.person],
                rules=rules,
                note=ban.message,
                now=now,
                about=f"{party.position}",
            )
        else:
            free.append(party.person)
    outbox.tell(booking, kind, free, rules=rules, note=note, now=now)


def _event(booking: Booking) -> Event:
    """A place is missed on its day; a cancellation counts from the day it was made."""
    on = booking.slot.date
    if booking.state != State.NO_SHOW and booking.ended_at:
        on = local_now(booking.ended_at).date()
    return Event(COUNTED[State(booking.state)], on)


def check_standing(
    person_hashes: list[str], standing: list[BookingParty], rules, now, bans: bool
) -> None:
    """Raise AlreadyBookedError or BannedError. The same questions are asked of the database
    whatever the answer."""
    found = [ban_of(person_hash, rules, now) for person_hash in person_hashes] if bans else []
    if standing:
        party = standing[0]
        position = person_hashes.index(party.person_hash) + 1
        raise AlreadyBookedError(already_booked_message(), position, party)
    for position, (ban, party) in enumerate(found, start=1):
        if ban:
            raise BannedError(ban.message, position, party)


def tell_why(error: StandingError, now=None) -> None:
    """Tell the person on record why somebody could not book with their number; once a day."""
    party = error.party
    if party is None:
        return
    now = now or timezone.now()
    booking, note = party.booking, error.message
    if isinstance(error, AlreadyBookedError):
        note = (
            f"已有预约{booking.display_reference}：{day_in_words(booking.slot.date)}"
            f"{booking.slot.hours}，{booking.office.name}。"
            f"要换时间，请改期或者取消：{address_of('/marriage/manage/')}"
        )
    with write_transaction():
        outbox.tell(
            booking,
            "not_booked",
            [party.person],
            note=note,
            now=now,
            about=_about(party, local_now(now).date()),
        )


def _about(party: BookingParty, day: datetime.date) -> str:
    return f"{day.isoformat()}:{party.position}"
