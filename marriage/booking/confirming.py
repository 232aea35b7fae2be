"""A hold becomes a booking of people."""

from django.db import IntegrityError
from django.utils import timezone

from home.personal_data.encryption import encrypt

from ..identity.hashes import keyed_hashes, normal_id
from ..messages import outbox
from ..models import AuditEntry, Booking, BookingParty, BookingRules, WaitingEntry
from ..models.bookings import Trust
from ..models.states import BINDS_PERSONS, State, check_change
from ..records.audit import SYSTEM
from ..write_lock import write_transaction
from . import peak_limits
from .changes import change, record
from .errors import HoldExpiredError, NotOnOfferError, TooManyBookingsError
from .standing import check_standing, in_the_way


def confirm(
    token: str,
    people: list[dict],
    *,
    details: dict | None = None,
    receipt_number: str = "",
    is_walk_in: bool = False,
    trust: int = Trust.NONE,
    actor=None,
    now=None,
) -> Booking:
    """Turn the hold of `token` into a booking of `people`.

    `people` are one or two dicts {"name", "id_type", "id_number", "phone", "email"}; `details`
    {"answers", "checklist"} are encrypted with the booking. `trust` says what is known of who
    books: the telephone of the first person is proved, or also their identity. Sending the
    same confirmation twice gives the same booking once.

    Raises HoldExpiredError, AlreadyBookedError, BannedError, TooManyBookingsError or
    NotOnOfferError (capacity offered to somebody else on the waiting list); then nothing has
    changed and the hold still stands.
    """
    now = now or timezone.now()
    numbers = [normal_id(person["id_number"]) for person in people]
    telephone = people[0].get("phone", "")
    *hashes, telephone_hash = keyed_hashes(
        *(f"person:{number}" for number in numbers),
        *(f"tail:{number[-4:]}" for number in numbers),
        f"telephone:{telephone}",
    )
    person_hashes, tail_hashes = hashes[: len(people)], hashes[len(people) :]
    if not telephone or trust not in (Trust.TELEPHONE, Trust.IDENTITY):
        telephone_hash = ""
    rules = BookingRules.load()
    tries = rules.bookings_per_telephone + 1
    for remaining in reversed(range(tries)):
        try:
            with write_transaction():
                booking = _held(token, now)
                if booking.state in BINDS_PERSONS:
                    return booking
                _settle_waiting(booking, person_hashes)
                yielding, standing = in_the_way(
                    person_hashes,
                    booking.service_id,
                    Trust.NONE if is_walk_in else trust,
                    telephone_hash,
                    person_hashes[0] if trust == Trust.IDENTITY else "",
                )
                check_standing(person_hashes, standing, rules, now, bans=actor is None)
                for other in yielding:
                    change(
                        other,
                        State.CANCELLED_BY_OFFICE,
                        label=SYSTEM,
                        note="当事人另用验证过的手机预约",
                        message="replaced",
                        now=now,
                    )
                peak_limits.check(booking, booking.slot.date, telephone_hash)
                booking.state = State.BOOKED
                booking.confirmed_at = now
                booking.hold_expires = None
                booking.receipt_number = receipt_number
                booking.is_walk_in = is_walk_in
                booking.trust = trust
                booking.telephone_hash = telephone_hash
                booking.telephone_position = _free_position(telephone_hash, rules)
                booking.encrypted = encrypt(details or {})
                booking.save()
                BookingParty.objects.bulk_create(
                    BookingParty(
                        booking=booking,
                        position=number,
                        service_id=booking.service_id,
                        person_hash=person_hash,
                        tail_hash=tail_hash,
                        encrypted=encrypt(person),
                    )
                    for number, (person, person_hash, tail_hash) in enumerate(
                        zip(people, person_hashes, tail_hashes, strict=True), start=1
                    )
                )
                record(booking, AuditEntry.Action.CONFIRMED, State.HELD, actor)
                if not is_walk_in:  # They stand at the counter.
                    outbox.tell(booking, "confirmed", people, rules=rules, now=now)
                    outbox.remind(booking, people, rules=rules, now=now)
                return booking
        except IntegrityError:
            # Somebody was quicker, with one of the persons or with a position of the telephone:
            # the next turn sees them.
            if not remaining:
                raise
    raise AssertionError("unreachable")


def _held(token: str, now) -> Booking:
    """The booking of a hold that can be confirmed, or was; locked."""
    booking = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("slot", "office__place", "service")
        .filter(hold_token=token)
        .first()
    )
    if booking is None:
        raise HoldExpiredError("没有找到为您保留的时间，请重新选择时间。")
    if booking.state in BINDS_PERSONS:
        return booking
    if booking.state != State.HELD or booking.hold_expires <= now:
        raise HoldExpiredError("为您保留的时间已过期，请重新选择时间，填过的内容都还在。")
    check_change(booking.state, State.BOOKED)
    return booking


def _free_position(telephone_hash: str, rules: BookingRules) -> int | None:
    """The first free position (1 to the limit) among the active bookings of a telephone; the
    unique constraint of the table is what holds. None where no telephone is proved. Raises
    TooManyBookingsError."""
    if not telephone_hash:
        return None
    held = Booking.objects.filter(telephone_hash=telephone_hash, telephone_position__isnull=False)
    taken = set(held.values_list("telephone_position", flat=True))
    limit = rules.bookings_per_telephone
    free = next((number for number in range(1, limit + 1) if number not in taken), None)
    if free is None:
        raise TooManyBookingsError(
            f"这个手机号码已经有{limit}个有效预约。请先取消或者办完其中一个，"
            "或者由当事人用自己的手机号码预约。"
        )
    return free


def _settle_waiting(booking: Booking, person_hashes: list[str]) -> None:
    """Capacity offered to somebody on the waiting list is for that person only; whoever has
    booked leaves the list."""
    mine = WaitingEntry.objects.filter(booking=booking)
    entry = mine.first()
    if entry and entry.person_hash and entry.person_hash not in person_hashes:
        raise NotOnOfferError("候补到的名额只能由候补的本人使用，请核对双方的证件号码。")
    mine.update(state=WaitingEntry.State.TAKEN)
    WaitingEntry.objects.filter(
        service_id=booking.service_id,
        person_hash__in=person_hashes,
        state=WaitingEntry.State.WAITING,
    ).update(state=WaitingEntry.State.LEFT)
