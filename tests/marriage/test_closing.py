from datetime import time, timedelta

import pytest

from marriage.closing import affected, booked_on, close_day, on_closed_days
from marriage.models import PeakDay, PeakPlan, WorkingDay
from marriage.states import State

from .factories import MONDAY, make_booking, make_office, make_service, make_slot, make_working_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(db):
    make_working_days()
    service = make_service()
    return make_slot(make_office(service), service)


def test_those_who_hold_a_place_are_listed(slot):
    booked = make_booking(slot)
    held = make_booking(slot, State.HELD)
    make_booking(slot, State.CANCELLED)
    assert list(affected([slot])) == [booked, held]


def test_closing_a_day_lists_the_booked_and_keeps_them(slot):
    booking = make_booking(slot)
    make_booking(make_slot(make_office(slot.service), slot.service))
    close_day(slot.office, MONDAY, "停电")
    close_day(slot.office, MONDAY, "停电检修")
    assert [each.reason for each in slot.office.closures.all()] == ["停电检修"]
    assert list(on_closed_days(MONDAY)) == [booking]
    booking.refresh_from_db()
    assert booking.state == State.BOOKED


def test_a_day_off_lists_the_booked_of_all_offices(slot):
    booking = make_booking(slot)
    assert list(on_closed_days(MONDAY)) == []
    WorkingDay.objects.filter(date=MONDAY).update(is_working=False)
    assert list(on_closed_days(MONDAY)) == [booking]
    assert list(on_closed_days(MONDAY + timedelta(days=1))) == []


def test_a_peak_plan_opens_a_day_off(slot):
    make_booking(slot)
    WorkingDay.objects.filter(date=MONDAY).update(is_working=False)
    peak = PeakDay.objects.create(date=MONDAY, title="好日子")
    PeakPlan.objects.create(
        peak_day=peak, office=slot.office, service=slot.service, start=time(9), end=time(12)
    )
    assert list(on_closed_days(MONDAY)) == []
    close_day(slot.office, MONDAY, "停电")
    assert len(on_closed_days(MONDAY)) == 1


def test_the_booked_of_a_day(slot):
    booking = make_booking(slot)
    make_booking(slot, State.DONE)
    assert list(booked_on(MONDAY)) == [booking]
    assert list(booked_on(MONDAY, slot.office)) == [booking]
    assert list(booked_on(MONDAY, make_office())) == []
