"""Counters as capacity that the services of an office share, and the limit of a peak day.

A couple occupies a counter for the minutes of its service. Where the counters cannot serve all
that the services want at one time, each gets one couple as far as that goes, and what is left in
proportion, so that none takes the counters from the others.
Offices without a number of counters are not limited.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from itertools import accumulate, pairwise

from ..models import CounterAbsence, Office, Service

TICK = 5  # minutes


def fit(slots: Iterable) -> list:
    """Return the planned slots, none with more capacity than its counters can serve.

    `slots` are dataclasses with office_id, service_id, date, start, end and capacity; a slot
    for which nothing is left stays, with capacity 0. Three queries at most.
    """
    slots = list(slots)
    counters = dict(
        Office.objects.exclude(counters=None)
        .filter(pk__in={slot.office_id for slot in slots})
        .values_list("pk", "counters")
    )
    if not counters:
        return slots
    minutes = dict(Service.objects.values_list("pk", "counter_minutes"))
    absences = _absences(counters, slots)
    days = defaultdict(list)
    for slot in slots:
        if slot.office_id in counters:
            days[slot.office_id, slot.date].append(slot)
    fitted = {}
    for key, planned in days.items():
        planned.sort(key=lambda each: (each.start, each.service_id))
        capacities = _shared(planned, minutes, open_counters(counters[key[0]], absences[key]))
        for slot, capacity in zip(planned, capacities, strict=True):
            fitted[id(slot)] = replace(slot, capacity=capacity)
    return [fitted.get(id(slot), slot) for slot in slots]


def _shared(slots: list, minutes: dict[int, int], free: dict[int, Fraction]) -> list[int]:
    """Return the capacities of the slots of one office and day, within the counters that are
    `free` in each tick."""
    spans = [range(_minute(slot.start) // TICK, -(-_minute(slot.end) // TICK)) for slot in slots]
    # Of a counter, for each couple.
    shares = [
        Fraction(minutes[slot.service_id], _minute(slot.end) - _minute(slot.start))
        for slot in slots
    ]
    wanted: dict[int, Fraction] = defaultdict(Fraction)
    for slot, ticks, share in zip(slots, spans, shares, strict=True):
        for tick in ticks:
            wanted[tick] += slot.capacity * share
    left = dict(free)
    found = [0] * len(slots)

    def add(number: int, couples: int) -> None:
        found[number] += couples
        for tick in spans[number]:
            left[tick] -= couples * shares[number]

    def fitting(number: int) -> int:
        return int(min(left[tick] for tick in spans[number]) / shares[number])

    # One couple for each first, then what is left in proportion.
    for number, slot in enumerate(slots):
        add(number, min(slot.capacity, fitting(number), 1))
    for number, slot in enumerate(slots):
        part = min(
            (min(free[tick] / wanted[tick], Fraction(1)) for tick in spans[number] if wanted[tick]),
            default=Fraction(0),
        )
        add(number, max(min(int(slot.capacity * part) - found[number], fitting(number)), 0))
    while True:
        open_ones = [
            number
            for number, slot in enumerate(slots)
            if found[number] < slot.capacity and fitting(number) > 0
        ]
        if not open_ones:
            return found
        # Whoever has the least part of what it wants comes first.
        add(min(open_ones, key=lambda n: (Fraction(found[n], slots[n].capacity), n)), 1)


def limit_days(slots: Iterable, limits: dict[date, int | None]) -> list:
    """Return the planned slots such that no office has more capacity on a day than `limits`
    says of it. What is too much is taken from all slots evenly."""
    slots = list(slots)
    days = defaultdict(list)
    for slot in slots:
        if limits.get(slot.date) is not None:
            days[slot.office_id, slot.date].append(slot)
    limited = {}
    for (_office, day), planned in days.items():
        planned.sort(key=lambda each: (each.start, each.service_id))
        capacities = evenly([slot.capacity for slot in planned], limits[day])
        for slot, capacity in zip(planned, capacities, strict=True):
            limited[id(slot)] = replace(slot, capacity=capacity)
    return [limited.get(id(slot), slot) for slot in slots]


def evenly(capacities: list[int], limit: int) -> list[int]:
    """Return capacities of at most `limit` in all, each in proportion to what it was and so
    spread over the whole day; what does not divide goes to the earlier ones."""
    total = sum(capacities)
    if total <= limit:
        return list(capacities)
    shares = [-(-wanted * limit // total) for wanted in accumulate(capacities)]  # Rounded up.
    return [share - before for before, share in pairwise([0, *shares])]


def open_counters(number: int, absences: Iterable[CounterAbsence]) -> dict[int, Fraction]:
    """{tick of the day: how many counters are open then}"""
    found = dict.fromkeys(range(24 * 60 // TICK), Fraction(number))
    for absence in absences:
        first = _minute(absence.start) // TICK if absence.start else 0
        last = -(-_minute(absence.end) // TICK) if absence.end else len(found)
        for tick in range(first, last):
            found[tick] = max(found[tick] - absence.counters, Fraction(0))
    return found


def _absences(counters, slots) -> dict:
    days = [slot.date for slot in slots]
    found = defaultdict(list)
    rows = CounterAbsence.objects.filter(
        office__in=list(counters), date__range=(min(days), max(days))
    )
    for row in rows:
        found[row.office_id, row.date].append(row)
    return found


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
