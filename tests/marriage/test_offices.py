"""Where an office lies, on the confirmation."""

from decimal import Decimal

import pytest
from django.urls import reverse

from .factories import make_office

pytestmark = pytest.mark.django_db


def address(office) -> str:
    return reverse("marriage:office_position", args=[office.code])


def test_the_position_is_one_point_in_degrees(client):
    office = make_office(longitude=Decimal("113.265"), latitude=Decimal("23.101"))
    answer = client.get(address(office)).json()
    assert [feature["geometry"] for feature in answer["features"]] == [
        {"type": "Point", "coordinates": [113.265, 23.101]}
    ]
    assert answer["features"][0]["properties"]["name"] == office.name


def test_an_office_without_a_position_has_none(client):
    office = make_office(longitude=None, latitude=None)
    assert client.get(address(office)).status_code == 404
    assert client.get("/marriage/offices/nowhere/position.geojson").status_code == 404
