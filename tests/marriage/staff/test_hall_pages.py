"""The waiting room and the telephone on the staff's screens."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from marriage.models import Booking, Service, Slot
from marriage.models.states import State

from ..factories import make_booking, make_id_number, make_office, make_service
from .pages import press, text, url

pytestmark = pytest.mark.django_db


def test_from_check_in_to_the_screen_without_names(clerk, client, slot):
    booking = make_booking(slot)
    press(clerk, "step", booking, {"step": "checked_in"})
    page = text(clerk.get(url("desk"), {"office": slot.office_id}))
    assert "A001" in page
    assert "到</span>" in page
    assert "请先填您的窗口号" in text(clerk.post(url("call", booking.pk), follow=True))
    clerk.post(url("call", booking.pk), {"counter": "3", "next": "visit"})
    clerk.post(url("call", booking.pk))  # The counter is remembered.
    client.logout()
    screen = client.get(reverse("marriage:hall", args=[slot.office.code]))
    page = text(screen)
    assert "A001" in page
    assert "3号窗口" in page
    assert 'http-equiv="refresh"' in page
    for person in (party.person for party in booking.parties.all()):
        assert person["name"] not in page
    assert "no-store" in screen["Cache-Control"]
    assert client.get(reverse("marriage:hall", args=["nowhere"])).status_code == 404


@pytest.fixture
def coming(slot, today):
    return Slot.objects.create(
        office=slot.office,
        service=slot.service,
        date=today + timedelta(days=5),
        start=time(9),
        end=time(9, 30),
        capacity=1,
    )


def typed(slot, **fields):
    return {
        "slot": slot.pk,
        "name_1": "张示例",
        "id_type_1": "id_card",
        "id_number_1": make_id_number(),
        "phone_1": "13800001234",
        "name_2": "王示例",
        "id_type_2": "id_card",
        "id_number_2": make_id_number(man=False),
        **fields,
    }


def test_staff_book_for_a_caller_on_a_coming_day(clerk, coming):
    address = f"{url('caller')}?service={coming.service_id}&day={coming.date}"
    assert f'value="{coming.pk}"' in text(clerk.get(address))
    page = text(clerk.post(address, typed(coming), follow=True))
    booking = Booking.objects.get()
    assert booking.display_reference in page
    assert (booking.state, booking.slot, booking.is_walk_in) == (State.BOOKED, coming, False)
    assert booking.messages.filter(kind="confirmed").exists()
    again = clerk.post(address, typed(coming))
    assert (again.status_code, "刚刚约满" in text(again)) == (422, True)


@pytest.mark.parametrize("fields", [{"phone_1": ""}, {"slot": ""}, {"slot": "x"}, {"name_2": ""}])
def test_what_is_missing_is_said_and_nothing_is_held(clerk, coming, fields):
    response = clerk.post(url("caller"), {**typed(coming), **fields})
    assert response.status_code == 422
    coming.refresh_from_db()
    assert coming.taken == 0


def test_somebody_too_young_on_that_day_is_refused(clerk, coming):
    young = make_id_number(born=f"{coming.date - timedelta(days=21 * 365):%Y%m%d}")
    response = clerk.post(url("caller"), typed(coming, id_number_1=young))
    assert response.status_code == 422


@pytest.mark.parametrize(("days", "is_good"), [(45, True), (10, False), (90, False)])
def test_a_second_visit_for_a_caller_keeps_to_its_window(clerk, today, slot, days, is_good):
    service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE, title="领证")
    office = make_office(service)
    target = Slot.objects.create(
        office=office,
        service=service,
        date=today + timedelta(days=5),
        start=time(9),
        end=time(9, 30),
        capacity=1,
    )
    accepted = today - timedelta(days=days)
    data = typed(target, receipt_number="外地-0007", accepted_on=accepted.isoformat())
    data["is_that_day"] = "on"
    response = clerk.post(f"{url('caller')}?office={office.pk}&service={service.pk}", data)
    assert response.status_code == (302 if is_good else 422)
    assert Booking.objects.filter(receipt_number="外地-0007").exists() == is_good
