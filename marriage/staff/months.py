"""A month as rows of seven days, with what each day holds for an office."""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Sum

from ..calendar.closed_hours import not_closed
from ..calendar.place_hours import with_exceptions, within_place_hours, words_of_exception
from ..models import DayClosure, Office, PeakDay, Service, Slot, WorkingDay


@dataclass
class Cell:
    """One square of the month; `kind` is its class in the style sheet."""

    date: date
    in_month: bool
    is_today: bool = False
    kind: str = ""
    words: list[str] = field(default_factory=list)
    peak: str = ""
    capacity: int = 0
    taken: int = 0

    @property
    def share(self) -> int:
        """How full, in per cent."""
        return min(100, round(100 * self.taken / self.capacity)) if self.capacity else 0


def first_of(day: date) -> date:
    return day.replace(day=1)


def neighbours(month: date) -> tuple[date, date]:
    """Return the first days of the month before and the month after."""
    return first_of(month - timedelta(days=1)), first_of(month + timedelta(days=31))


def read_month(text: str, default: date) -> date:
    """Return the first day of "2026-11"; what cannot be read counts as the default's month."""
    try:
        year, number = (int(part) for part in text[:7].split("-"))
        month = date(year, number, 1)
    except ValueError:
        return first_of(default)
    return month if 2000 <= year <= 2100 else first_of(default)


def capacity_month(
    office: Office, service: Service | None, month: date, today: date
) -> list[list[Cell]]:
    """Return the weeks of a month with the capacity and the bookings of what is not closed; four
    queries."""
    weeks = Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    span = {"date__range": (first, last)}
    slots = Slot.objects.filter(not_closed(), within_place_hours(), office=office, **span)
    if service:
        slots = slots.filter(service=service)
    sums = {
        row["date"]: row
        for row in slots.values("date")
        .annotate(capacity=Sum("capacity"), taken=Sum("taken"))
        .order_by()
    }
    days = {row.date: row for row in with_exceptions(WorkingDay.objects.filter(**span), office)}
    closures = {row.date: row for row in DayClosure.objects.filter(office=office, **span)}
    peaks = list(PeakDay.objects.within(first, last))
    rows = []
    for week in weeks:
        cells = []
        for day in week:
            total = sums.get(day, {"capacity": 0, "taken": 0})
            cell = Cell(
                day,
                day.month == month.month,
                day == today and day.month == month.month,
                peak=next((each.title for each in peaks if each.date <= day <= each.until), ""),
                capacity=total["capacity"],
                taken=total["taken"],
            )
            _describe(cell, days.get(day), closures.get(day))
            cells.append(cell)
        rows.append(cells)
    return rows


def _describe(cell: Cell, day: WorkingDay | None, closure: DayClosure | None) -> None:
    if closure:
        hours = f"{closure.hours}" if closure.start else ""
        cell.kind, cell.words = "month__closed", [f"{hours}停办：{closure.reason}"]
    elif day and day.exception is not None:
        cell.kind = "" if day.has_hours else "month__closed"
        cell.words = [words_of_exception(day.exception, closed=not day.has_hours)]
    elif day is None or not day.is_confirmed:
        cell.kind, cell.words = "month__unconfirmed", ["待核实"]
    elif not day.is_working:
        cell.kind, cell.words = "month__off", [day.note or "休息"]
    elif day.note:
        cell.words = [day.note]
    if cell.capacity:
        if cell.taken >= cell.capacity:
            cell.kind = cell.kind or "month__full"
        cell.words.append(f"已约{cell.taken}，共{cell.capacity}")
    elif not cell.kind:
        cell.words.append("没有号源")
