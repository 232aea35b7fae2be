"""What the demonstration holds when it was loaded on a Monday; a second load changes nothing."""

from datetime import date, datetime

import pytest
import time_machine as clock
from django.apps import apps
from django.utils import timezone

from demonstration.marriage import loading
from marriage.calendar.working_days import known
from marriage.models import Booking, Office, Service, Slot, WeeklyTemplate, WorkingDay
from tests.templates import made_once

MONDAY = datetime(2026, 11, 23, 10, tzinfo=timezone.get_default_timezone())
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("loaded", "monday"),
    pytest.mark.one_engine,
]


def load():
    loading.load(progress=lambda text: None)


@made_once
def loaded():
    with clock.travel(MONDAY, tick=False):
        load()


@pytest.fixture
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def everything():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("marriage").get_models()
    }


def test_a_second_load_changes_nothing():
    before = everything()
    load()
    assert everything() == before


def test_edits_stay():
    Office.objects.filter(code="sample-pazhou").update(name="改过的名称", mode="closed")
    Service.objects.filter(slug="marriage").update(summary="改过")
    WeeklyTemplate.objects.filter(weekday=0).delete()
    load()
    assert Office.objects.get(code="sample-pazhou").name == "改过的名称"
    assert Service.objects.get(slug="marriage").summary == "改过"
    assert not WeeklyTemplate.objects.filter(weekday=0).exists()


def test_days_beyond_what_is_announced_stay_unconfirmed():
    last = WorkingDay.objects.order_by("date").last()
    assert last.date == date(2027, 12, 31)
    assert last.is_confirmed is (known(last.date) is not None)


def test_all_is_marked_as_sample():
    for office in Office.objects.all():
        assert office.is_sample
        assert all("示例" in text for text in (office.name, office.address, office.phone))
        # Inside the district.
        assert office.place.is_sample
        assert 113.23 < office.place.longitude < 113.42
        assert 23.04 < office.place.latitude < 23.12
    people = [party.person for booking in Booking.objects.all() for party in booking.parties.all()]
    assert people
    assert all("示例" in person["name"] + person["id_number"] for person in people)
    assert not any(person["phone"] for person in people)
    assert Slot.objects.filter(office__mode="link").count() == 0


def test_sample_visitors_are_not_banned_for_the_samples_of_no_shows():
    hashes = [party.person_hash for each in Booking.objects.all() for party in each.parties.all()]
    assert len(hashes) == len(set(hashes))


def test_the_lists_are_stored_so_that_the_first_change_is_told():
    assert Service.objects.exists()
    assert not Service.objects.filter(materials_told="").exists()
