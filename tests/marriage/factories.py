"""Plain functions that make what a test of marriage registration needs."""

import itertools
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.models import ServicePlace
from marriage.encryption import person_hash, seal, tail_hash
from marriage.identity import check_character
from marriage.models import Booking, BookingParty, Office, Service, Slot, WorkingDay
from marriage.states import BINDS_PERSONS, TAKES_A_PLACE, State

_numbers = itertools.count(1)

# A Monday with ordinary weeks around it, in a year whose notice is known.
MONDAY = date(2026, 6, 8)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_id_number(man: bool = True, born: str = "19900101", place: str = "440105") -> str:
    sequence = 2 * (next(_numbers) % 450) + (1 if man else 2)
    first = f"{place}{born}{sequence:03}"
    return first + check_character(first)


def make_service(**fields) -> Service:
    number = next(_numbers)
    fields.setdefault("kind", Service.Kind.MARRIAGE)
    fields.setdefault("title", "结婚登记")
    fields.setdefault("slug", f"service-{number}")
    return Service.objects.create(**fields)


def make_office(*services: Service, **fields) -> Office:
    number = next(_numbers)
    fields.setdefault("code", f"office-{number}")
    fields.setdefault("name", f"示例婚姻登记处{number}")
    if "place" not in fields:
        fields["place"] = ServicePlace.objects.create(
            kind=ServicePlace.Kind.REGISTRY,
            slug=f"registry-{number}",
            name=fields["name"],
            address="示例路1号",
        )
    office = Office.objects.create(**fields)
    office.services.add(*services)
    return office


def make_working_days(first: date = MONDAY, number: int = 35, **fields) -> None:
    """Confirmed rows by the weekday, from `first` on."""
    for shift in range(number):
        day = first + timedelta(days=shift)
        WorkingDay.objects.create(
            date=day, **{"is_working": day.weekday() < 5, "is_confirmed": True, **fields}
        )


def make_slot(office: Office, service: Service, day: date = MONDAY, hour: int = 9, **fields):
    fields.setdefault("capacity", 4)
    return Slot.objects.create(
        office=office, service=service, date=day, start=time(hour), end=time(hour, 30), **fields
    )


def make_booking(slot: Slot, state: str = State.BOOKED, **fields) -> Booking:
    """A booking of two people in `state`; it takes its place where the state asks for one."""
    booking = Booking.objects.create(
        slot=slot,
        office=slot.office,
        service=slot.service,
        state=state,
        sealed=seal({"answers": {}, "checklist": [{"title": "身份证", "detail": "双方原件"}]}),
        **fields,
    )
    for position, man in ((1, True), (2, False)):
        number = make_id_number(man)
        BookingParty.objects.create(
            booking=booking,
            position=position,
            service=slot.service,
            person_hash=person_hash(number),
            tail_hash=tail_hash(number),
            sealed=seal(
                {
                    "name": "李示例" if man else "王示例",
                    "id_type": "id_card",
                    "id_number": number,
                    "phone": "13800001234",
                    "email": "",
                }
            ),
            is_active=state in BINDS_PERSONS,
        )
    if state in TAKES_A_PLACE:
        slot.taken += 1
        slot.save(update_fields=["taken"])
    return booking
