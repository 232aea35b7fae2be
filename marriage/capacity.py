"""Places: made ahead from templates and peak plans, changed only where nobody is hurt.

`generate` adds what is missing and touches nothing that exists, so it can run every night.
A changed plan is applied by `realign`, which refuses as a whole when it would leave fewer
places than are taken, and then says who is affected.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from . import waiting_list
from .models import (
    Booking,
    BookingRules,
    Office,
    PeakPlan,
    Slot,
    WaitingEntry,
    WeeklyTemplate,
    WorkingDay,
)
from .models.capacity import Plan
from .turns import writing
from .working_days import proposed_rows

# Slots are made a little further than people can book, so that a late job is not noticed.
DAYS_IN_RESERVE = 14
FRIDAY = 4

Key = tuple[int, int, date, time]  # office, service, day, start


@dataclass(frozen=True)
class Planned:
    """A slot as a plan wants it."""

    office_id: int
    service_id: int
    date: date
    start: time
    end: time
    capacity: int

    @property
    def key(self) -> Key:
        return self.office_id, self.service_id, self.date, self.start


@dataclass
class Changes:
    """What applying the plans would do: slots to add, to change (with the wanted plan), to
    drop, and those that hold more people than the plan leaves places for."""

    added: list[Planned] = field(default_factory=list)
    changed: list[tuple[Slot, Planned]] = field(default_factory=list)
    dropped: list[Slot] = field(default_factory=list)
    refused: list[tuple[Slot, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.dropped or self.refused)


class CapacityError(Exception):
    """A change would leave fewer places than are taken; `slots` are (slot, places wanted)."""

    def __init__(self, slots: list[tuple[Slot, int]]):
        super().__init__("fewer places than taken")
        self.slots = slots


def cut(plan: Plan, day: date) -> list[Planned]:
    """Return the slots of a plan on a day; a rest shorter than a slot is left out."""
    slots = []
    step = timedelta(minutes=max(plan.slot_minutes, 1))
    begin, close = datetime.combine(day, plan.start), datetime.combine(day, plan.end)
    while begin + step <= close:
        end = begin + step
        slots.append(
            Planned(plan.office_id, plan.service_id, day, begin.time(), end.time(), plan.capacity)
        )
        begin = end
    return slots


def planned(first: date, last: date, offices: Iterable[Office] | None = None) -> list[Planned]:
    """Return all slots that templates ask for on confirmed working days, and peak plans.

    A peak day's plan takes the place of the template for that office and service, and opens
    the office even on a day of rest: it was made on purpose. Only offices that book here get
    slots. Four queries.
    """
    wanted = Office.objects.booking_here()
    if offices is not None:
        wanted = wanted.filter(pk__in=[office.pk for office in offices])
    office_ids = set(wanted.values_list("pk", flat=True))
    weekly: dict[int, list[Plan]] = defaultdict(list)
    for template in WeeklyTemplate.objects.filter(office__in=office_ids):
        weekly[template.weekday].append(template)
    peaks: dict[date, list[Plan]] = defaultdict(list)
    for plan in PeakPlan.objects.filter(
        office__in=office_ids, peak_day__date__range=(first, last)
    ).select_related("peak_day"):
        peaks[plan.peak_day.date].append(plan)
    working = set(
        WorkingDay.objects.filter(
            date__range=(first, last), is_working=True, is_confirmed=True
        ).values_list("date", flat=True)
    )
    slots = []
    for day in sorted(working | set(peaks)):
        replaced = {(plan.office_id, plan.service_id) for plan in peaks[day]}
        templates = _templates(weekly, day) if day in working else []
        plans = [
            *peaks[day],
            *(plan for plan in templates if (plan.office_id, plan.service_id) not in replaced),
        ]
        slots.extend(slot for plan in plans for slot in cut(plan, day))
    return slots


def _templates(weekly: dict[int, list[Plan]], day: date) -> list[Plan]:
    """A Saturday or Sunday that is worked in exchange goes by Friday's template at offices
    that have none of their own for that weekday."""
    templates = weekly[day.weekday()]
    if day.weekday() <= FRIDAY:
        return templates
    with_their_own = {template.office_id for template in templates}
    return templates + [plan for plan in weekly[FRIDAY] if plan.office_id not in with_their_own]


def horizon(rules: BookingRules | None = None, today: date | None = None) -> date:
    """Return the last day for which slots are to exist."""
    rules = rules or BookingRules.load()
    today = today or timezone.localdate()
    return today + timedelta(days=rules.max_days_ahead + DAYS_IN_RESERVE)


def ensure_calendar(last: date, today: date | None = None) -> int:
    """Add the missing rows of the calendar up to a day; return how many. Rows that exist
    stay as they were edited."""
    first = today or timezone.localdate()
    existing = set(
        WorkingDay.objects.filter(date__range=(first, last)).values_list("date", flat=True)
    )
    rows = [
        WorkingDay(
            date=row.day, is_working=row.is_working, is_confirmed=row.is_confirmed, note=row.note
        )
        for row in proposed_rows(first, last)
        if row.day not in existing
    ]
    WorkingDay.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def generate(
    first: date | None = None, last: date | None = None, offices: Iterable[Office] | None = None
) -> int:
    """Make the slots that are missing from tomorrow to the horizon; return how many.

    A day that already has slots of an office and service is left alone, whatever the plans
    say now: somebody may have changed that day by hand.
    """
    first = first or timezone.localdate() + timedelta(days=1)
    last = last or horizon()
    taken_care_of = set(
        Slot.objects.filter(date__range=(first, last))
        .values_list("office_id", "service_id", "date")
        .distinct()
        .order_by()
    )
    missing = [
        slot
        for slot in planned(first, last, offices)
        if (slot.office_id, slot.service_id, slot.date) not in taken_care_of
    ]
    _create(missing)
    return len(missing)


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
            # A slot that old bookings point to cannot go; without places it is as good as gone.
            if slot.capacity:
                changes.dropped.append(slot)
        elif (slot.capacity, slot.end) != (plan.capacity, plan.end):
            changes.changed.append((slot, plan))
    changes.added = list(wanted.values())
    return changes


def realign(first: date, last: date, offices: Iterable[Office] | None = None) -> Changes:
    """Apply templates and peak plans to days that already have slots, all or nothing.

    Raises CapacityError with the slots in the way when places that are taken would go.
    """
    with writing():
        changes = preview(first, last, offices)
        refused = list(changes.refused)
        for slot, plan in changes.changed:
            if not _set_capacity(slot, plan.capacity, plan.end):
                refused.append((slot, plan.capacity))
        for slot in changes.dropped:
            if not _drop(slot):
                refused.append((slot, 0))
        if refused:
            raise CapacityError(refused)
        _create(changes.added)
        waiting_list.offer_new_places(_with_waiting(first, last, offices))
    return changes


def set_capacities(wanted: dict[Slot, int]) -> None:
    """Give several slots other numbers of places, all or nothing.

    Raises CapacityError with every slot that holds more people than it would have places.
    """
    with writing():
        refused = [
            (slot, capacity)
            for slot, capacity in wanted.items()
            if not _set_capacity(slot, capacity, slot.end)
        ]
        if refused:
            raise CapacityError(refused)
        waiting_list.offer_new_places(
            slot for slot, capacity in wanted.items() if capacity > slot.capacity
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


def _create(slots: list[Planned]) -> None:
    Slot.objects.bulk_create(
        [
            Slot(
                office_id=slot.office_id,
                service_id=slot.service_id,
                date=slot.date,
                start=slot.start,
                end=slot.end,
                capacity=slot.capacity,
            )
            for slot in slots
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


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
