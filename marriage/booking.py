"""Confirming, moving and cancelling: the guard against selling a place twice.

What is guaranteed:
- A slot never has more bookings and live holds than places. Each place is taken by an UPDATE
  that succeeds only while `taken < capacity`, in the transaction that inserts or changes the
  booking; a CHECK constraint of the table stands behind it.
- A hold belongs to whoever has its token and ends by itself (`marriage.holds`).
- A person has at most one active booking per service, held by a unique constraint.
- Every change of state is one that `marriage.states` lists, and leaves an audit entry.
Rows are locked in one order, the booking before its slots, slots by rising key, so that two
transactions never wait for each other.
"""

from django.db import IntegrityError
from django.utils import timezone

from . import outbox
from .dates import cancel_until, day_in_words, local_now
from .encryption import keyed_hashes, normal_id, seal
from .holds import expire_holds, hold, live_hold, release
from .models import AuditEntry, Booking, BookingParty, BookingRules, Slot, WaitingEntry
from .opening import slot_problem
from .places import full_message, give_back, take
from .refusals import (
    AlreadyBookedError,
    BookingError,
    FullError,
    HoldExpiredError,
    NotOnOfferError,
    already_booked_message,
)
from .states import BINDS_PERSONS, TAKES_A_PLACE, State, check_change
from .turns import writing

__all__ = [
    "AlreadyBookedError",
    "BookingError",
    "FullError",
    "HoldExpiredError",
    "NotOnOfferError",
    "cancel",
    "change",
    "confirm",
    "expire_holds",
    "hold",
    "live_hold",
    "move",
    "release",
]


def confirm(
    token: str,
    people: list[dict],
    *,
    details: dict | None = None,
    receipt_number: str = "",
    is_walk_in: bool = False,
    actor=None,
    now=None,
) -> Booking:
    """Turn the hold of `token` into a booking of `people`.

    `people` are one or two dicts {"name", "id_type", "id_number", "phone", "email"}; `details`
    {"answers", "checklist"} are sealed with the booking. Sending the same confirmation twice
    gives the same booking once. Raises HoldExpiredError, AlreadyBookedError or NotOnOfferError
    (a place from the waiting list, for somebody else); then nothing has changed and the hold
    still stands.
    """
    now = now or timezone.now()
    hashes = keyed_hashes(
        *(f"person:{normal_id(person['id_number'])}" for person in people),
        *(f"tail:{normal_id(person['id_number'])[-4:]}" for person in people),
    )
    person_hashes, tail_hashes = hashes[: len(people)], hashes[len(people) :]
    rules = BookingRules.load()
    try:
        with writing():
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
            _settle_waiting(booking, person_hashes)
            booking.state = State.BOOKED
            booking.confirmed_at = now
            booking.hold_expires = None
            booking.receipt_number = receipt_number
            booking.is_walk_in = is_walk_in
            booking.sealed = seal(details or {})
            booking.save()
            BookingParty.objects.bulk_create(
                BookingParty(
                    booking=booking,
                    position=number,
                    service_id=booking.service_id,
                    person_hash=person_hash,
                    tail_hash=tail_hash,
                    sealed=seal(person),
                )
                for number, (person, person_hash, tail_hash) in enumerate(
                    zip(people, person_hashes, tail_hashes, strict=True), start=1
                )
            )
            _record(booking, AuditEntry.Action.CONFIRMED, State.HELD, actor)
            outbox.tell(booking, "confirmed", people, rules=rules, now=now)
            outbox.remind(booking, people, rules=rules, now=now)
            return booking
    except IntegrityError:
        taken = BookingParty.objects.filter(is_active=True, person_hash__in=person_hashes)
        mine = Booking.objects.filter(hold_token=token).values("service")
        found = taken.filter(service__in=mine).values_list("person_hash", flat=True).first()
        if found is None:
            raise
        raise AlreadyBookedError(already_booked_message(), person_hashes.index(found) + 1)


def _settle_waiting(booking: Booking, person_hashes: list[str]) -> None:
    """A place kept for somebody on the waiting list is for that person only, and whoever has
    booked waits no longer."""
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


def change(
    booking: Booking, new: State, *, actor=None, label: str = "", note: str = "", now=None
) -> Booking:
    """Bring a booking into another state: the one way for the desk and for cancelling.

    Gives the place back (to the waiting list first) when the new state takes none, frees the
    persons when it no longer binds them. `actor` is a user, None for the citizen or,
    with a `label` that says so, a job. Raises IllegalChangeError.
    """
    now = now or timezone.now()
    with writing():
        locked = _lock(booking.pk)
        old = locked.state
        check_change(old, new)
        locked.state = new
        if new == State.CHECKED_IN and old == State.BOOKED:
            locked.checked_in_at = now
        elif new == State.IN_SERVICE:
            locked.started_at = now
        elif new not in BINDS_PERSONS:
            locked.ended_at = now
        if new == State.CHECKED_IN and old == State.NO_SHOW:
            locked.checked_in_at, locked.ended_at = now, None
        locked.save()
        if (old in BINDS_PERSONS) != (new in BINDS_PERSONS):
            locked.parties.update(is_active=new in BINDS_PERSONS)
        if old in TAKES_A_PLACE and new not in TAKES_A_PLACE:
            give_back(locked.slot, now, to_waiting=new != State.CANCELLED_BY_OFFICE)
        _record(locked, AuditEntry.Action.CHANGED, old, actor, note=note, label=label)
        if new in (State.CANCELLED, State.CANCELLED_LATE, State.CANCELLED_BY_OFFICE):
            outbox.cancel_reminders(locked)
            outbox.tell(locked, new.value, note=note, now=now)
        return locked


def cancel(booking: Booking, *, now=None) -> Booking:
    """A citizen cancels in time. Cancelling what is cancelled changes nothing.

    Raises NotOnOfferError after the deadline.
    """
    now = now or timezone.now()
    if booking.state == State.CANCELLED:
        return booking
    _check_in_time(booking, now)
    return change(booking, State.CANCELLED, now=now)


def move(
    booking: Booking, slot_id: int, *, actor=None, window=None, check=True, now=None
) -> Booking:
    """Move a booking to another slot of the same service; its reference stays.

    The new place is taken and the old one given back in one transaction. `check=False` is for
    the desk. Raises FullError, NotOnOfferError.
    """
    now = now or timezone.now()
    rules = BookingRules.load()
    slot = Slot.objects.select_related("office", "service").filter(pk=slot_id).first()
    if slot is None or slot.service_id != booking.service_id:
        raise NotOnOfferError("这个时间已经取消，请选择其他时间。")
    if check:
        _check_in_time(booking, now)
        if problem := slot_problem(slot, rules, now, window):
            raise NotOnOfferError(problem)
    with writing():
        locked = _lock(booking.pk)
        if locked.slot_id == slot.pk:
            return locked
        if locked.state != State.BOOKED:
            raise NotOnOfferError("这个预约已经不能改期。")
        if check and locked.moves >= rules.max_moves:
            raise NotOnOfferError(
                f"每个预约最多改期{rules.max_moves}次，这个预约已经改过{locked.moves}次。"
            )
        before, old_slot = str(locked.slot), locked.slot
        # Slots are locked by rising key; see the head of the module.
        if old_slot.pk < slot.pk:
            Slot.objects.select_for_update().get(pk=old_slot.pk)
        if not take(slot, now):
            raise FullError(full_message(slot))
        give_back(old_slot, now)
        locked.slot, locked.office, locked.moves = slot, slot.office, locked.moves + 1
        locked.save()
        _record(locked, AuditEntry.Action.MOVED, State.BOOKED, actor, note=f"{before} → {slot}")
        outbox.cancel_reminders(locked)
        outbox.tell(locked, "moved", rules=rules, now=now)
        outbox.remind(locked, rules=rules, now=now)
        return locked


def _check_in_time(booking: Booking, now) -> None:
    if booking.state != State.BOOKED:
        raise NotOnOfferError(
            f"这个预约现在的状态是“{booking.get_state_display()}”，不能取消或改期。"
        )
    rules = BookingRules.load()
    until = cancel_until(booking.slot.date, rules)
    if local_now(now).date() > until:
        raise NotOnOfferError(
            f"网上取消和改期截止到{day_in_words(until)}，现在已经过了。"
            f"如果不能到场，请致电{booking.office.name}{booking.office.phone}。"
        )


def _lock(pk: int) -> Booking:
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("slot", "office__place", "service")
        .get(pk=pk)
    )


def _record(booking, action, old_state, actor=None, note="", label="") -> None:
    AuditEntry.objects.create(
        booking=booking,
        action=action,
        old_state=old_state,
        new_state=booking.state,
        actor=actor,
        actor_label=label or ("工作人员" if actor else "申请人"),
        note=note[:200],
    )
