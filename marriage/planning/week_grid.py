"""The templates of one service at one office as a grid of bands and weekdays.

A new grid is valid from a day on: what was valid before ends the day before, so that the past
keeps its plan and no two plans overlap.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Sum

from ..models import DayClosure, Office, Service, Slot, WeeklyTemplate
from ..write_lock import write_transaction
from .applying import Changes, realign
from .applying import preview as changes_of
from .slot_generation import planned

WEEKDAYS = 7


@dataclass(frozen=True)
class Band:
    """Counter hours with the capacity of each weekday's slots; 0 for none."""

    start: time
    end: time
    slot_minutes: int
    capacities: tuple[int, ...]


@dataclass(frozen=True)
class DayPreview:
    """A day as the new grid would have it."""

    date: date
    slots: int
    capacity: int
    booked: int


@dataclass(frozen=True)
class Preview:
    """What a new grid would do to the days of a span: `others` are the other services of the
    office that lose or gain capacity through the shared counters, as (service, before, after)
    over the whole span; `by_hand` the days on which numbers that somebody set by hand go;
    `withdrawn` is how many slots go because the new grid offers nothing at all."""

    days: list[DayPreview]
    others: list[tuple[Service, int, int]]
    by_hand: list[date]
    withdrawn: int

    @property
    def needs_a_look(self) -> bool:
        return bool(self.others or self.by_hand or self.withdrawn)


class GridError(Exception):
    """The grid cannot be; `faults` are [(number of the band or None, message)]."""

    def __init__(self, faults: list[tuple[int | None, str]]):
        super().__init__("grid refused")
        self.faults = faults


def read(office: Office, service: Service, day: date) -> list[Band]:
    """Return the grid that is valid on a day, by time."""
    found: dict[tuple, dict[int, int]] = defaultdict(dict)
    for template in WeeklyTemplate.objects.filter(office=office, service=service):
        if template.is_valid_on(day):
            key = template.start, template.end, template.slot_minutes
            found[key][template.weekday] = template.capacity
    return [
        Band(*key, tuple(by_day.get(weekday, 0) for weekday in range(WEEKDAYS)))
        for key, by_day in sorted(found.items())
    ]


def in_force(office: Office, service: Service, first: date) -> QuerySet[WeeklyTemplate]:
    """Return the templates from a day on, which a new grid of that day replaces."""
    found = WeeklyTemplate.objects.filter(office=office, service=service)
    return found.filter(Q(valid_to=None) | Q(valid_to__gte=first)).order_by("pk")


def check(office: Office, service: Service, bands: list[Band]) -> None:
    """Raise GridError with every reason why these bands cannot be one plan."""
    faults: list[tuple[int | None, str]] = []
    for number, band in enumerate(bands):
        plan = WeeklyTemplate(
            office=office,
            service=service,
            weekday=0,
            start=band.start,
            end=band.end,
            slot_minutes=band.slot_minutes,
        )
        plan.siblings = list
        try:
            plan.clean()
        except ValidationError as error:
            faults += [(number, text) for text in error.messages]
        for other in bands[:number]:
            shared = any(a and b for a, b in zip(band.capacities, other.capacities, strict=True))
            if shared and band.start < other.end and other.start < band.end:
                hours = f"{other.start:%H:%M}–{other.end:%H:%M}"
                faults.append((number, f"与{hours}在同一天重叠。"))
    if faults:
        raise GridError(faults)


def save(office: Office, service: Service, bands: list[Band], first: date, last: date) -> Changes:
    """Put a new grid in force from `first` on and apply it up to `last`.

    Slots with bookings keep them (see `applying.realign`). Raises GridError.
    """
    check(office, service, bands)
    with write_transaction():
        replace(office, service, bands, first)
        return realign(first, last, [office], keep_booked=True)


def replace(office: Office, service: Service, bands: list[Band], first: date) -> None:
    """End the templates in force before `first` and create the new ones."""
    for template in in_force(office, service, first):
        if template.valid_from and template.valid_from >= first:
            template.delete()
        else:
            template.valid_to = first - timedelta(days=1)
            template.save()
    for band in bands:
        for weekday, capacity in enumerate(band.capacities):
            if capacity:
                WeeklyTemplate.objects.create(
                    office=office,
                    service=service,
                    weekday=weekday,
                    start=band.start,
                    end=band.end,
                    slot_minutes=band.slot_minutes,
                    capacity=capacity,
                    valid_from=first,
                )


class _UndoneError(Exception):
    """Ends the transaction of a preview."""


def preview(
    office: Office, service: Service, bands: list[Band], first: date, last: date
) -> Preview:
    """Return day by day what the grid would offer, beside what is booked, and what else it
    would change. Raises GridError."""
    check(office, service, bands)
    found: list[DayPreview] = []
    before = {slot.key: slot.capacity for slot in planned(first, last, [office])}
    booked = dict(
        Slot.objects.filter(office=office, service=service, date__range=(first, last))
        .values_list("date")
        .annotate(number=Sum("taken"))
        .order_by()
    )
    closures = {each.date: each for each in DayClosure.objects.filter(office=office)}
    try:
        with write_transaction():
            replace(office, service, bands, first)
            by_day = defaultdict(list)
            for slot in planned(first, last, [office]):
                if slot.service_id == service.pk and not _is_closed(slot, closures.get(slot.date)):
                    by_day[slot.date].append(slot.capacity)
            for number in range((last - first).days + 1):
                day = first + timedelta(days=number)
                row = by_day.get(day, [])
                found.append(DayPreview(day, len(row), sum(row), booked.get(day, 0)))
            changes = changes_of(first, last, [office])
            raise _UndoneError
    except _UndoneError:
        offers_nothing = not any(sum(band.capacities) for band in bands)
        withdrawn = [slot for slot in changes.dropped if slot.service_id == service.pk]
        return Preview(
            found,
            _others(changes, service),
            _by_hand(changes, before),
            len(withdrawn) if offers_nothing else 0,
        )


def _is_closed(slot, closure: DayClosure | None) -> bool:
    if closure is None or closure.start is None:
        return closure is not None
    return closure.start < slot.end and closure.end > slot.start


def _others(changes: Changes, service: Service) -> list[tuple[Service, int, int]]:
    totals: dict[Service, list[int]] = defaultdict(lambda: [0, 0])
    rows = [(slot, plan.capacity) for slot, plan in changes.changed]
    rows += [(slot, 0) for slot in changes.dropped] + changes.refused
    for slot, capacity in rows:
        if slot.service_id != service.pk:
            totals[slot.service][0] += slot.capacity
            totals[slot.service][1] += max(capacity, slot.taken)
    return [(other, *numbers) for other, numbers in totals.items()]


def _by_hand(changes: Changes, before: dict) -> list[date]:
    """Days with a slot that would change and is not as the plan until now wants it."""
    slots = [slot for slot, _ in changes.changed] + changes.dropped
    slots += [slot for slot, capacity in changes.refused if slot.capacity > slot.taken]
    days = {
        slot.date
        for slot in slots
        if before.get((slot.office_id, slot.service_id, slot.date, slot.start), 0) != slot.capacity
    }
    return sorted(days)
