"""The state of a booking changes: by the desk, by closures, by a citizen who cancels."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..calendar.dates import day_past_deadline
from ..messages import outbox
from ..models import AuditEntry, Booking, BookingRules
from ..models.states import BINDS_PERSONS, USES_CAPACITY, IllegalChangeError, State, check_change
from ..write_lock import write_transaction
from .claims import release
from .errors import NotOnOfferError
from .standing import tell_cancelled


def change(
    booking: Booking,
    new: State,
    *,
    actor=None,
    label: str = "",
    note: str = "",
    message: str = "",
    shown: str = "",
    now=None,
) -> Booking:
    """Change the state of a booking: the one way for the desk, closures and cancelling.

    Releases the capacity (to the waiting list first) when the new state uses none, and frees
    the persons when it no longer binds them. `actor` is a user, None for the citizen or,
    with a `label` that says so, a job. `message` is the kind of message for a cancelled one,
    if not that of the state. Raises IllegalChangeError, also when the change would bind
    somebody who has another active booking of the service by now, and when the booking is not
    as it was `shown` (`Booking.shown_as`) any more.
    """
    now = now or timezone.now()
    with write_transaction():
        locked = lock(booking.pk)
        old = locked.state
        if shown:
            check_shown(locked, shown)
        check_change(old, new)
        locked.state = new
        if new == State.CHECKED_IN and old == State.BOOKED:
            locked.checked_in_at = now
        elif new == State.IN_SERVICE:
            locked.started_at = now
        elif new not in BINDS_PERSONS:
            locked.ended_at = now
        if new in BINDS_PERSONS and old not in BINDS_PERSONS:
            locked.ended_at = None
            if new == State.CHECKED_IN:
                locked.checked_in_at = now
        if new not in BINDS_PERSONS:
            locked.telephone_position = None
        if new == State.DISPLACED:
            locked.displaced_reason = note[:120]
        elif old == State.DISPLACED:
            locked.displaced_reason = ""
        if (old, new) == (State.DISPLACED, State.CANCELLED):
            # The registry closed the time: what the citizen cancels counts against nobody.
            locked.is_excused = True
            message = message or "cancelled_displaced"
        locked.save()
        if (old in BINDS_PERSONS) != (new in BINDS_PERSONS):
            _bind(locked, new in BINDS_PERSONS)
        if old in USES_CAPACITY and new not in USES_CAPACITY:
            is_closed = old == State.DISPLACED or new == State.CANCELLED_BY_OFFICE
            release(locked.slot, now, to_waiting=not is_closed)
        record(locked, AuditEntry.Action.CHANGED, old, actor, note=note, label=label)
        if new in (State.CANCELLED, State.CANCELLED_LATE, State.CANCELLED_BY_OFFICE):
            outbox.cancel_reminders(locked)
            if new == State.CANCELLED_BY_OFFICE or message:
                outbox.tell(locked, message or new.value, note=note, now=now)
            else:
                tell_cancelled(locked, new.value, note, now)
        elif new == State.DISPLACED:
            outbox.cancel_reminders(locked)
            outbox.tell(locked, "displaced", note=note, now=now, about=f"{now:%Y%m%d%H%M%S}")
        elif (old, new) == (State.DISPLACED, State.BOOKED):
            outbox.tell(locked, "restored", now=now, about=f"{now:%Y%m%d%H%M%S}")
            outbox.remind(locked, now=now)
        return locked


def check_shown(booking: Booking, shown: str) -> None:
    """Raise IllegalChangeError unless a booking is as the page showed it (`Booking.shown_as`)
    from which somebody acts."""
    if not shown:
        raise IllegalChangeError("页面没有完整打开，没有作任何改动。请刷新页面，再办理。")
    if shown != booking.shown_as:
        raise IllegalChangeError(
            f"您看的页面已经过时：{booking.display_reference}现在是“{booking.get_state_display()}”，"
            f"时间是{booking.slot}。没有作任何改动，请看最新状态再办理。"
        )


def _bind(booking: Booking, is_active: bool) -> None:
    """Bind or free the persons of a booking. Raises IllegalChangeError when one of them is
    bound by another booking already."""
    try:
        with transaction.atomic():
            booking.parties.update(is_active=is_active)
    except IntegrityError:
        other = bound_elsewhere(booking)
        number = f"（预约号{other.display_reference}）" if other else ""
        raise IllegalChangeError(
            f"当事人已经另有一个有效的预约{number}，请用那个预约办理，或者先取消它。"
        ) from None


def bound_elsewhere(booking: Booking) -> Booking | None:
    """Return another active booking of the same service that one of its people has."""
    hashes = booking.parties.exclude(person_hash="").values("person_hash")
    others = Booking.objects.filter(
        parties__person_hash__in=hashes, parties__is_active=True, service=booking.service_id
    )
    return others.exclude(pk=booking.pk).first()


def cancel(booking: Booking, *, now=None) -> Booking:
    """A citizen cancels in time. Cancelling what is cancelled changes nothing.

    What the registry displaced may be cancelled at any time and counts against nobody; the
    audit entry keeps why. Raises NotOnOfferError after the deadline.
    """
    now = now or timezone.now()
    if booking.state in (State.CANCELLED, State.CANCELLED_BY_OFFICE):
        return booking
    check_in_time(booking, now)
    return change(booking, State.CANCELLED, note=booking.displaced_reason, now=now)


def check_in_time(booking: Booking, now) -> None:
    if booking.state == State.DISPLACED:
        return
    if booking.state != State.BOOKED:
        raise NotOnOfferError(
            f"这个预约现在的状态是“{booking.get_state_display()}”，不能取消或改期。"
        )
    rules = BookingRules.load()
    if near := day_past_deadline(booking.slot.date, rules, now):
        raise NotOnOfferError(
            f"约的是{near}，不能再在网上取消、改期。"
            f"来不了请打电话：{booking.office.name}{booking.office.phone}。"
        )


def lock(pk: int) -> Booking:
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("slot", "office__place", "service")
        .get(pk=pk)
    )


def record(booking, action, old_state, actor=None, note="", label="") -> None:
    AuditEntry.objects.create(
        booking=booking,
        action=action,
        old_state=old_state,
        new_state=booking.state,
        actor=actor,
        actor_label=label or ("工作人员" if actor else "申请人"),
        note=note[:200],
    )
