"""Plain functions that make offices, services, slots and people for the tests."""

import datetime
import itertools

from django.utils import timezone

from home.models import ServicePlace
from marriage import booking
from marriage.identity import check_character
from marriage.models import Material, Office, Service, Slot, WorkingDay

_counter = itertools.count(1)


def today() -> datetime.date:
    return timezone.localdate()


def make_service(kind="marriage", **fields) -> Service:
    number = next(_counter)
    values = {
        "kind": kind,
        "title": dict(Service.Kind.choices)[kind],
        "slug": f"{kind}-{number}",
        "asks_earlier_marriage": kind == "marriage",
        "asks_age": kind == "marriage",
        "asks_certificates": kind == "replacement",
        **fields,
    }
    return Service.objects.create(**values)


def make_material(service, title="双方身份证", condition="always", **fields) -> Material:
    return Material.objects.create(service=service, title=title, condition=condition, **fields)


def make_office(services=(), **fields) -> Office:
    number = next(_counter)
    values = {
        "code": f"office-{number}",
        "name": f"第{number}婚姻登记处",
        **fields,
    }
    if "place" not in values:
        values["place"] = ServicePlace.objects.create(
            kind=ServicePlace.Kind.REGISTRY,
            slug=f"place-{number}",
            name=values["name"],
            address="示例路1号",
            phone="020-00000000",
        )
    office = Office.objects.create(**values)
    office.services.set(services)
    return office


def make_working_days(first=None, days=40, **fields) -> None:
    """Every day from `first` (today) on is a confirmed working day."""
    first = first or today()
    values = {"is_working": True, "is_confirmed": True, **fields}
    WorkingDay.objects.bulk_create(
        [WorkingDay(date=first + datetime.timedelta(days=n), **values) for n in range(days)],
        ignore_conflicts=True,
    )


def make_slot(service=None, office=None, days_ahead=7, hour=9, capacity=1, date=None) -> Slot:
    """A slot on a confirmed working day."""
    service = service or make_service()
    office = office or make_office([service])
    date = date or today() + datetime.timedelta(days=days_ahead)
    make_working_days(date, 1)
    return Slot.objects.create(
        service=service,
        office=office,
        date=date,
        start=datetime.time(hour, 0),
        end=datetime.time(hour, 30),
        capacity=capacity,
    )


def make_id_number(number=None, born="19900307", man=True, area="440105") -> str:
    """A valid ID number; different each time unless `number` (0–499) is given."""
    number = next(_counter) if number is None else number
    born_on = datetime.datetime.strptime(born, "%Y%m%d").date()
    born_on += datetime.timedelta(days=number // 499)
    first = f"{area}{born_on:%Y%m%d}{(number % 499) * 2 + (1 if man else 0):03d}"
    return first + check_character(first)


def make_person(name="张三", number=None, man=True, **fields) -> dict:
    return {
        "name": name,
        "id_type": "id_card",
        "id_number": make_id_number(number, man=man),
        "phone": "13800001234",
        "email": "",
        **fields,
    }


def make_couple(number=None) -> list[dict]:
    return [
        make_person("张三", number, man=True),
        make_person("李四", number, man=False, phone="13900005678"),
    ]


def make_booking(slot=None, people=None, **options):
    """A confirmed booking."""
    slot = slot or make_slot()
    held = booking.hold(slot.pk)
    return booking.confirm(held.hold_token, people or make_couple(), **options)
