"""An office is where its service place says, and everybody reads the same."""

import pytest
from django.urls import reverse

from home.models import ServiceHours, ServicePlace
from marriage.models import Office

from ..factories import (
    make_asking_service,
    make_coming_slot,
    make_confirmed_booking,
    make_couple,
    make_office,
)

pytestmark = pytest.mark.django_db


def address(office) -> str:
    return reverse("marriage:office_position", args=[office.code])


def test_the_position_is_one_point_in_degrees(client):
    office = make_office()
    ServicePlace.objects.filter(pk=office.place_id).update(longitude=113.265, latitude=23.101)
    answer = client.get(address(office)).json()
    assert [feature["geometry"] for feature in answer["features"]] == [
        {"type": "Point", "coordinates": [113.265, 23.101]}
    ]
    assert answer["features"][0]["properties"]["name"] == office.name


def test_an_office_without_a_position_has_none(client):
    office = make_office()
    assert client.get(address(office)).status_code == 404
    assert client.get("/marriage/offices/nowhere/position.geojson").status_code == 404


def test_what_an_editor_changes_in_the_service_place_is_what_the_citizen_reads(client):
    service = make_asking_service(slug="marriage")
    office = make_office(service)
    couple = make_couple()
    booked = make_confirmed_booking(make_coming_slot(service, office), couple)
    place = office.place
    place.address, place.phone, place.has_lift = "新示例路9号", "020-00001001（示例）", True
    place.directions = "地铁口出来右转"
    place.weekly_hours.add(ServiceHours(weekday=0, opens="08:30", closes="12:00"))
    place.save()
    tail = couple[0]["id_number"][-4:]
    client.post("/marriage/manage/", {"reference": booked.reference, "tail": tail})
    page = client.get("/marriage/manage/booking/").content.decode()
    for text in ("新示例路9号", "地铁口出来右转", "08:30–12:00", "电梯"):
        assert text in page
    assert 'href="tel:02000001001"' in page
    calendar = client.get("/marriage/manage/appointment.ics").content.decode()
    assert "新示例路9号" in calendar.replace("\r\n ", "")


def test_an_office_keeps_no_copy_of_what_its_place_says():
    own = {field.name for field in Office._meta.get_fields()}
    assert "place" in own
    assert not own & {"address", "phone", "directions", "opening_text", "longitude", "latitude"}


def test_a_place_with_an_office_cannot_be_deleted():
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        make_office().place.delete()
