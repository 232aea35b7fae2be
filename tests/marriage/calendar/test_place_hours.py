"""An exception in the hours of a service place closes the booking of its registry."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from marriage.availability.day_states import Status
from marriage.availability.free_times import days, free_slots, times
from marriage.availability.opening import slot_problem
from marriage.models import BookingRules
from marriage.planning.closures import settle

from ..factories import (
    MONDAY,
    at,
    make_booking,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)

pytestmark = pytest.mark.django_db
RULES = BookingRules()
NOW = at(MONDAY)
TUESDAY = MONDAY + timedelta(days=1)
ASKED = {"rules": RULES, "now": NOW}


@pytest.fixture
def slots(db):
    """Tuesday at nine and at ten."""
    make_working_days()
    service = make_service()
    office = make_office(service)
    return [make_slot(office, service, TUESDAY, hour) for hour in (9, 10)]


def except_on_tuesday(slot, opens=None, closes=None, reason="系统升级"):
    slot.office.place.hours_exceptions.create(
        first_day=TUESDAY, last_day=TUESDAY, opens=opens, closes=closes, reason=reason
    )
    slot.office.place.save()


def test_a_closed_place_has_no_places_to_book(slots):
    slot = slots[0]
    other = make_slot(make_office(slot.service), slot.service, TUESDAY)
    assert free_slots(slot.service, **ASKED).count() == 3
    except_on_tuesday(slot)
    (state,) = days(slot.office, slot.service, TUESDAY, TUESDAY, **ASKED)
    assert (state.status, state.reason) == (Status.CLOSED, "登记处当天休息（系统升级）")
    assert times(slot.office, slot.service, TUESDAY, **ASKED) == []
    assert list(free_slots(slot.service, **ASKED)) == [other]
    assert "登记处当天休息（系统升级）" in slot_problem(slot, RULES, NOW)
    assert slot_problem(other, RULES, NOW) == ""


def test_only_slots_within_exceptional_hours_can_be_booked(slots):
    early, late = slots
    except_on_tuesday(early, time(10), time(11))
    (state,) = days(early.office, early.service, TUESDAY, TUESDAY, **ASKED)
    assert (state.status, state.capacity) == (Status.FREE, late.capacity)
    found = times(early.office, early.service, TUESDAY, **ASKED)
    assert [each.slot for each in found] == [late]
    assert list(free_slots(early.service, **ASKED)) == [late]
    assert "登记处当天的开放时间有变（系统升级）" in slot_problem(early, RULES, NOW)
    assert slot_problem(late, RULES, NOW) == ""


def test_exceptional_hours_without_any_slot_say_why_nothing_is_left(slots):
    except_on_tuesday(slots[0], time(15), time(16), reason="")
    (state,) = days(slots[0].office, slots[0].service, TUESDAY, TUESDAY, **ASKED)
    assert (state.status, state.reason) == (Status.NO_PLACES, "登记处当天的开放时间有变")


def test_staff_are_warned_of_those_who_are_booked_then(slots, admin_client):
    early, late = slots
    concerned, unconcerned = make_booking(early), make_booking(late)
    assert settle(now=NOW) == ([], [])
    except_on_tuesday(early, time(10), time(11), reason="系统升级")
    assert settle(now=NOW) == ([concerned], [])
    concerned.refresh_from_db()
    assert concerned.displaced_reason == "系统升级"
    assert unconcerned.pk
    day = reverse("marriage_staff:day", args=[early.office.pk, TUESDAY.isoformat()])
    page = admin_client.get(day).content.decode()
    assert "10:00–11:00（系统升级）" in page
    assert reverse("marriage_staff:affected") in page
    month = f"{reverse('marriage_staff:capacity')}?office={early.office.pk}&month=2026-06"
    assert "登记处当天的开放时间有变（系统升级）" in admin_client.get(month).content.decode()
