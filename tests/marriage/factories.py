"""Plain functions that make what a test of marriage registration needs."""

import itertools
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from home.models import ServicePlace
from home.personal_data.encryption import encrypt
from marriage.booking import bookings
from marriage.identity.hashes import person_hash, tail_hash
from marriage.identity.id_numbers import check_character
from marriage.models import (
    Booking,
    BookingParty,
    Material,
    Office,
    Service,
    Slot,
    WorkingDay,
)
from marriage.models.bookings import Trust
from marriage.models.states import BINDS_PERSONS, USES_CAPACITY, State

_numbers = itertools.count(1)

# A Monday with ordinary weeks around it, in a year whose notice is known.
MONDAY = date(2026, 6, 8)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_id_number(number: int | None = None, *, man=True, born="", area="440105") -> str:
    """A valid ID number; different each time unless `number` (0–499) or `born` is given.

    There are 499 numbers for a birthday: without `born` (YYYYMMDD), the next day follows.
    """
    number = next(_numbers) if number is None else number
    born_on = datetime.strptime(born or "19900307", "%Y%m%d").date()
    if not born:
        born_on += timedelta(days=number // 499)
    first = f"{area}{born_on:%Y%m%d}{(number % 499) * 2 + (1 if man else 0):03d}"
    return first + check_character(first)


def make_service(**fields) -> Service:
    """A marriage service that asks nothing."""
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
            phone="020-00000000",
        )
    office = Office.objects.create(**fields)
    office.services.add(*services)
    return office


def make_working_days(first: date = MONDAY, number: int = 35, **fields) -> None:
    """Confirmed rows by the weekday, from `first` on; the planning ledger does not note them."""
    days = [first + timedelta(days=shift) for shift in range(number)]
    WorkingDay.objects.bulk_create(
        WorkingDay(date=day, **{"is_working": day.weekday() < 5, "is_confirmed": True, **fields})
        for day in days
    )


def make_slot(office: Office, service: Service, day: date = MONDAY, hour: int = 9, **fields):
    fields.setdefault("capacity", 4)
    return Slot.objects.create(
        office=office, service=service, date=day, start=time(hour), end=time(hour, 30), **fields
    )


def make_booking(slot: Slot, state: str = State.BOOKED, **fields) -> Booking:
    """A booking of two people in `state`, with all materials seen; it uses capacity where the
    state asks for it. A service without materials gets the one of the booking."""
    fields.setdefault("materials_ticked", ["身份证"])
    if not slot.service.materials.exists():
        make_material(slot.service, "身份证", detail="双方原件")
    booking = Booking.objects.create(
        slot=slot,
        office=slot.office,
        service=slot.service,
        state=state,
        encrypted=encrypt(
            {"answers": {}, "checklist": [{"title": "身份证", "detail": "双方原件"}]}
        ),
        **fields,
    )
    for position, man in ((1, True), (2, False)):
        number = make_id_number(man=man)
        BookingParty.objects.create(
            booking=booking,
            position=position,
            service=slot.service,
            person_hash=person_hash(number),
            tail_hash=tail_hash(number),
            encrypted=encrypt(
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
    if state in USES_CAPACITY:
        slot.taken += 1
        slot.save(update_fields=["taken"])
    return booking


def today() -> date:
    return timezone.localdate()


def make_asking_service(kind="marriage", **fields) -> Service:
    """A service of any kind; that of marriage asks about earlier marriages and age."""
    number = next(_numbers)
    values = {
        "kind": kind,
        "title": dict(Service.Kind.choices)[kind],
        "slug": f"{kind}-{number}",
        "asks_earlier_marriage": kind == "marriage",
        "asks_age": kind == "marriage",
        **fields,
    }
    return Service.objects.create(**values)


def make_material(service, title="双方身份证", condition="always", **fields) -> Material:
    return Material.objects.create(service=service, title=title, condition=condition, **fields)


def make_open_days(first=None, days=40, **fields) -> None:
    """Every day from `first` (today) on is a confirmed working day."""
    first = first or today()
    values = {"is_working": True, "is_confirmed": True, **fields}
    WorkingDay.objects.bulk_create(
        [WorkingDay(date=first + timedelta(days=n), **values) for n in range(days)],
        ignore_conflicts=True,
    )


def make_coming_slot(
    service=None, office=None, days_ahead=7, hour=9, capacity=1, date=None
) -> Slot:
    """A slot in `days_ahead` days, which is a confirmed working day."""
    service = service or make_asking_service()
    office = office or make_office(service)
    date = date or today() + timedelta(days=days_ahead)
    make_open_days(date, 1)
    return Slot.objects.create(
        service=service,
        office=office,
        date=date,
        start=time(hour, 0),
        end=time(hour, 30),
        capacity=capacity,
    )


def make_person(name="张三", number=None, man=True, **fields) -> dict:
    return {
        "name": name,
        "id_type": "id_card",
        "id_number": make_id_number(number, man=man),
        "phone": f"138{next(_numbers) % 10_000:04}1234",  # Masked as 138****1234.
        "email": "",
        **fields,
    }


def make_couple(number=None) -> list[dict]:
    return [
        make_person("张三", number, man=True),
        make_person("李四", number, man=False, phone="13900005678"),
    ]


def make_confirmed_booking(slot=None, people=None, **options):
    """A booking that was held and confirmed as citizens do it."""
    slot = slot or make_coming_slot()
    held = bookings.hold(slot.pk)
    options.setdefault("trust", Trust.TELEPHONE)
    return bookings.confirm(held.hold_token, people or make_couple(), **options)
