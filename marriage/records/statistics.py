"""Statistics of bookings: counts only, nothing about anybody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from ..models import Booking, Office
from ..models.states import State

# What a manager asks for, and the states behind each.
OUTCOMES = {
    "办结": (State.DONE,),
    "待办": (State.BOOKED, State.DISPLACED, State.CHECKED_IN, State.IN_SERVICE),
    "爽约": (State.NO_SHOW, State.CANCELLED_LATE),
    "取消": (State.CANCELLED, State.CANCELLED_BY_OFFICE),
    "未办成": (State.REFUSED, State.UNRESOLVED),
}
OUTCOME_OF = {state: name for name, states in OUTCOMES.items() for state in states}
LEAD_TIMES = (
    ("当天", 0, 0),
    ("1天", 1, 1),
    ("2至3天", 2, 3),
    ("4至7天", 4, 7),
    ("8至14天", 8, 14),
    ("15至30天", 15, 30),
    ("30天以上", 31, 10**6),
)
MAX_SPAN = timedelta(days=366)


class Record(NamedTuple):
    """What the statistics need of one booking."""

    service: str
    office: str
    date: date
    start: time
    state: str
    booked_at: datetime | None
    is_walk_in: bool
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def waiting_minutes(self) -> int | None:
        """From check-in to the call, or to the start; None when one is not known."""
        return _minutes(self.arrived_at, self.called_at or self.started_at)

    @property
    def service_minutes(self) -> int | None:
        """From the start to the end of a visit that ended well."""
        return _minutes(self.started_at, self.ended_at) if self.state == State.DONE else None

    @property
    def outcome(self) -> str:
        return OUTCOME_OF[self.state]

    @property
    def lead_days(self) -> int | None:
        """Days from booking to appointment; None for walk-ins."""
        if self.is_walk_in or self.booked_at is None:
            return None
        return max((self.date - timezone.localdate(self.booked_at)).days, 0)


@dataclass(frozen=True)
class Statistics:
    """Tables of counts; each row is (label, one number per outcome) or (label, number)."""

    total: int
    walk_ins: int
    by_outcome: dict[str, int]
    by_service: list[tuple[str, list[int]]]
    by_day: list[tuple[str, list[int]]]
    by_hour: list[tuple[str, list[int]]]
    by_lead_time: list[tuple[str, int]]
    median_lead: int | None
    median_waiting: int | None
    longest_waiting: int | None
    median_service: int | None

    @property
    def no_show_share(self) -> float | None:
        """Of those who were to come and whose day is over, how many did not (0 to 1)."""
        over = self.by_outcome["办结"] + self.by_outcome["爽约"]
        return self.by_outcome["爽约"] / over if over else None


def records(first: date, last: date, office: Office | None = None) -> list[Record]:
    """Return one record per booking with an appointment in the span; one query."""
    found = Booking.objects.confirmed().filter(slot__date__range=(first, last))
    if office:
        found = found.filter(office=office)
    rows = found.order_by("slot__date", "slot__start", "pk").values_list(
        "service__title",
        "office__name",
        "slot__date",
        "slot__start",
        "state",
        "confirmed_at",
        "is_walk_in",
        "checked_in_at",
        "called_at",
        "started_at",
        "ended_at",
    )
    return [Record(*row) for row in rows]


def summarise(found: Iterable[Record], first: date, last: date) -> Statistics:
    """Count by outcome, service, day (by month over two months), hour and lead time."""
    found = list(found)
    outcome = Counter(record.outcome for record in found)
    waiting = sorted(n for record in found if (n := record.waiting_minutes) is not None)
    service = sorted(n for record in found if (n := record.service_minutes) is not None)
    monthly = (last - first).days > 62
    leads = sorted(lead for record in found if (lead := record.lead_days) is not None)
    return Statistics(
        total=len(found),
        walk_ins=sum(record.is_walk_in for record in found),
        by_outcome={name: outcome[name] for name in OUTCOMES},
        by_service=_table(found, lambda record: record.service),
        by_day=_table(
            found,
            lambda record: _period(record.date, monthly),
            list(dict.fromkeys(_period(day, monthly) for day in _days(first, last))),
        ),
        by_hour=_table(
            found,
            lambda record: f"{record.start:%H}时",
            sorted({f"{record.start:%H}时" for record in found}),
        ),
        by_lead_time=[
            (label, sum(first <= days <= last for days in leads))
            for label, first, last in LEAD_TIMES
        ],
        median_lead=_median(leads),
        median_waiting=_median(waiting),
        longest_waiting=waiting[-1] if waiting else None,
        median_service=_median(service),
    )


def export_rows(found: Iterable[Record]) -> list[list]:
    """Return lines for a CSV: one per day, office, service and hour, with counts."""
    counts: dict[tuple, Counter] = {}
    for record in found:
        key = (record.date, record.office, record.service, f"{record.start:%H}")
        counter = counts.setdefault(key, Counter())
        counter[record.outcome] += 1
        counter["现场取号"] += record.is_walk_in
    names = [*OUTCOMES, "现场取号"]
    head = ["日期", "登记处", "业务", "小时", "合计", *names]
    return [
        head,
        *(
            [
                f"{day:%Y-%m-%d}",
                office,
                service,
                hour,
                sum(counter[name] for name in OUTCOMES),
                *(counter[name] for name in names),
            ]
            for (day, office, service, hour), counter in sorted(counts.items())
        ),
    ]


def _table(found, label_of, labels=None) -> list[tuple[str, list[int]]]:
    counter = Counter((label_of(record), record.outcome) for record in found)
    labels = labels or list(dict.fromkeys(label for label, _ in counter))
    return [(label, [counter[label, name] for name in OUTCOMES]) for label in labels]


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    if start is None or end is None or end < start:
        return None
    return round((end - start).total_seconds() / 60)


def _median(numbers: list[int]) -> int | None:
    """The middle one of sorted numbers."""
    return numbers[len(numbers) // 2] if numbers else None


def _period(day: date, monthly: bool) -> str:
    return f"{day.year}年{day.month}月" if monthly else f"{day.month}月{day.day}日"


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
