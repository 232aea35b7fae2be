"""A booking moves to another slot of its service."""

from django.utils import timezone

from ..availability.opening import slot_problem
from ..messages import outbox
from ..models import AuditEntry, Booking, BookingRules, Slot
from ..models.states import TO_COME, State
from ..write_lock import write_transaction
from . import peak_limits, persons
from .changes import check_in_time, check_shown, lock, record
from .claims import claim, full_message, release
from .errors import FullError, NotOnOfferError


def move(
    booking: Booking,
    slot_id: int,
    *,
    actor=None,
    window=None,
    check=True,
    note="",
    shown="",
    now=None,
) -> Booking:
    """Move a booking to another slot of the same service; its reference stays.

    The new slot is claimed and the old one released in one transaction. `check=False` is for
    the desk: no deadline, and the citizen's own moves are not used up. `note` is added to the
    message, `shown` is as in `change`. A day on which one of them is too young is none for
    anybody. Raises FullError, NotOnOfferError, IllegalChangeError.
    """
    now = now or timezone.now()
    rules = BookingRules.load()
    slot = Slot.objects.select_related("office", "service").filter(pk=slot_id).first()
    if slot is None or slot.service_id != booking.service_id:
        raise NotOnOfferError("这个时间已经取消，请选择其他时间。")
    if problem := persons.too_young_on(booking, slot.date):
        raise NotOnOfferError(problem)
    if check:
        check_in_time(booking, now)
        if problem := slot_problem(slot, rules, now, window):
            raise NotOnOfferError(problem)
    with write_transaction():
        locked = lock(booking.pk)
        old = locked.state
        if shown:
            check_shown(locked, shown)
        if locked.slot_id == slot.pk and old == State.BOOKED:
            return locked
        if old not in TO_COME:
            raise NotOnOfferError("这个预约已经不能改期。")
        is_own = check and old == State.BOOKED
        if is_own and locked.citizen_moves >= rules.max_moves:
            raise NotOnOfferError(
                f"每个预约最多改期{rules.max_moves}次，这个预约已经改过{locked.citizen_moves}次。"
            )
        if check:
            peak_limits.check(locked, slot.date, locked.telephone_hash)
        before, old_slot = str(locked.slot), locked.slot
        # Slots are locked by rising key; see the head of the module.
        if old_slot.pk < slot.pk:
            Slot.objects.select_for_update().get(pk=old_slot.pk)
        if not claim(slot, now):
            raise FullError(full_message(slot))
        release(old_slot, now, to_waiting=old != State.DISPLACED)
        locked.slot, locked.office, locked.moves = slot, slot.office, locked.moves + 1
        locked.citizen_moves += is_own
        locked.state, locked.displaced_reason = State.BOOKED, ""
        locked.save()
        record(locked, AuditEntry.Action.MOVED, old, actor, note=f"{before} → {slot}")
        outbox.cancel_reminders(locked)
        outbox.tell(locked, "moved", rules=rules, note=note, now=now)
        outbox.remind(locked, rules=rules, now=now)
        return locked
