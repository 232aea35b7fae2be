"""Changed plans applied to days that already have slots, and capacities set by hand.

Nothing is applied in which a slot would have less capacity than is claimed, unless the manager
keeps the booked and changes the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Exists, F, OuterRef, QuerySet

from ..booking import waiting_list
from ..models import Booking, Office, PlanningEntry, Slot, WaitingEntry
from ..records import planning_ledger
from ..write_lock import write_transaction
from .slot_generation import Planned, create, planned


@dataclass
class Changes:
    """What applying the plans would do: slots to add, to change (with the wanted plan), to
    drop, and those with more people than the plan has capacity for."""

    added: list[Planned] = field(default_factory=list)
    changed: list[tuple[Slot, Planned]] = field(default_factory=list)
    dropped: list[Slot] = field(default_factory=list)
    refused: list[tuple[Slot, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.dropped or self.refused)


class CapacityError(Exception):
    """A slot would have less capacity than is claimed; `slots` are (slot, capacity wanted)."""

    def __init__(self, slots: list[tuple[Slot, int]]):
        super().__init__("less capacity than claimed")
        self.slots = slots


def preview(first: date, last: date, offices: Iterable[Office] | None = None) -> Changes:
    """Return what `realign` would do, without doing it."""
    wanted = {slot.key: slot for slot in planned(first, last, offices)}
    existing = Slot.objects.filter(date__range=(first, last), office__mode=Office.Mode.BOOK)
    if offices is not None:
        existing = existing.filter(office__in=[office.pk for office in offices])
    changes = Changes()
    for slot in existing.select_related("office", "service").order_by("date", "start"):
        plan = wanted.pop((slot.office_id, slot.service_id, slot.date, slot.start), None)
        capacity = plan.capacity if plan else 0
        if slot.taken > capacity:
            changes.refused.append((slot, capacity))
        elif plan is None:
            # A slot that old bookings point to cannot go; without capacity it is as good as gone.
            if slot.capacity:
                changes.dropped.append(slot)
        elif (slot.capacity, slot.end) != (plan.capacity, plan.end):
            changes.changed.append((slot, plan))
    changes.added = list(wanted.values())
    return changes


def realign(
    first: date,
    last: date,
    offices: Iterable[Office] | None = None,
    *,
    keep_booked: bool = False,
) -> Changes:
    """Apply templates and peak plans to days that already have slots, all or nothing.

    With `keep_booked`, a slot with more people than planned is cut down to these people and all
    other slots change; those slots are `refused` in what is returned.
    Raises CapacityError with the slots in the way when claimed capacity would go.
    """
    with write_transaction():
        changes = preview(first, last, offices)
        refused = [] if keep_booked else list(changes.refused)
        if keep_booked:
            for slot, _ in changes.refused:
                Slot.objects.filter(pk=slot.pk).update(capacity=F("taken"))
        for slot, plan in changes.changed:
            if not _set_capacity(slot, plan.capacity, plan.end):
                refused.append((slot, plan.capacity))
        for slot in changes.dropped:
            if not _drop(slot):
                refused.append((slot, 0))
        if refused:
            raise CapacityError(refused)
        create(changes.added)
        if changes:
            _note_applied(changes, first, last, offices)
        waiting_list.offer_new_capacity(_with_waiting(first, last, offices))
    return changes


def set_capacities(wanted: dict[Slot, int]) -> None:
    """Set the capacity of several slots, all or nothing.

    Raises CapacityError with every slot in which more is claimed.
    """
    with write_transaction():
        refused = [
            (slot, capacity)
            for slot, capacity in wanted.items()
            if not _set_capacity(slot, capacity, slot.end)
        ]
        if refused:
            raise CapacityError(refused)
        for slot, capacity in wanted.items():
            planning_ledger.record(
                PlanningEntry.Action.CAPACITY,
                "时段",
                f"{slot.service} {slot}",
                [["名额", str(slot.capacity), str(capacity)]],
                office=slot.office,
            )
        waiting_list.offer_new_capacity(
            slot for slot, capacity in wanted.items() if capacity > slot.capacity
        )


def _note_applied(changes: Changes, first: date, last: date, offices) -> None:
    rows = [
        [f"{slot.service} {slot}", str(slot.capacity), str(plan.capacity)]
        for slot, plan in changes.changed
    ]
    rows += [[f"{slot.service} {slot}", str(slot.capacity), "撤销"] for slot in changes.dropped]
    rows.append(["新增时段", "", str(len(changes.added))])
    one = list(offices or [])
    planning_ledger.record(
        PlanningEntry.Action.APPLIED,
        "时段",
        f"{first:%Y-%m-%d}至{last:%Y-%m-%d}",
        rows,
        office=one[0] if len(one) == 1 else None,
    )


def _with_waiting(first: date, last: date, offices: Iterable[Office] | None) -> QuerySet[Slot]:
    """Slots of a span whose day somebody waits for."""
    waiting = WaitingEntry.objects.filter(
        state=WaitingEntry.State.WAITING,
        date=OuterRef("date"),
        office=OuterRef("office"),
        service=OuterRef("service"),
    )
    slots = Slot.objects.filter(Exists(waiting), date__range=(first, last)).order_by("pk")
    return slots if offices is None else slots.filter(office__in=[each.pk for each in offices])


def _set_capacity(slot: Slot, capacity: int, end: time) -> bool:
    """One conditional update, so that a booking made meanwhile is not lost sight of."""
    return bool(
        Slot.objects.filter(pk=slot.pk, taken__lte=capacity).update(capacity=capacity, end=end)
    )


def _drop(slot: Slot) -> bool:
    if not Slot.objects.filter(pk=slot.pk, taken=0).update(capacity=0):
        return False
    if not Booking.objects.filter(slot=slot).exists():
        Slot.objects.filter(pk=slot.pk, taken=0).delete()
    return True
