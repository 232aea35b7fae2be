"""Slots generated ahead from templates and peak plans.

`generate` adds what is missing and touches nothing that exists, so it can run every night.
A changed plan is applied to days that have slots by `applying.realign`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.service_places.hours import SATURDAY, SWAPPED_WORKDAY_WEEKDAY

from ..calendar.working_days import proposed_rows
from ..models import BookingRules, Office, PeakDay, Slot, WeeklyTemplate, WorkingDay
from ..models.capacity import Plan
from . import counters

# Slots are made a little further than people can book, so that a late job is not noticed.
DAYS_IN_RESERVE = 14

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

    A peak day's plan replaces the template for that office and service, and opens
    the office even on a day of rest: it was made on purpose. Only offices that book here get
    slots. Five queries; one more with plans of peaks, two more with counters.
    """
    wanted = Office.objects.booking_here()
    if offices is not None:
        wanted = wanted.filter(pk__in=[office.pk for office in offices])
    office_ids = set(wanted.values_list("pk", flat=True))
    weekly: dict[int, list[Plan]] = defaultdict(list)
    for template in WeeklyTemplate.objects.filter(office__in=office_ids):
        weekly[template.weekday].append(template)
    peaks: dict[date, list[Plan]] = defaultdict(list)
    limits: dict[date, int] = {}
    for peak in PeakDay.objects.within(first, last).prefetch_related("plans"):
        plans = [plan for plan in peak.plans.all() if plan.office_id in office_ids]
        for day in days_between(max(peak.date, first), min(peak.until, last)):
            limits[day] = peak.day_limit
            if plans:
                peaks[day] = plans
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
    return counters.limit_days(counters.fit(slots), limits)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _templates(weekly: dict[int, list[Plan]], day: date) -> list[Plan]:
    """A Saturday or Sunday that is worked in exchange follows the template of
    SWAPPED_WORKDAY_WEEKDAY at offices that have none of their own for that weekday."""
    templates = [plan for plan in weekly[day.weekday()] if plan.is_valid_on(day)]
    if day.weekday() < SATURDAY:
        return templates
    with_their_own = {template.office_id for template in templates}
    return templates + [
        plan
        for plan in weekly[SWAPPED_WORKDAY_WEEKDAY]
        if plan.office_id not in with_their_own and plan.is_valid_on(day)
    ]


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
    create(missing)
    return len(missing)


def create(slots: list[Planned]) -> None:
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
