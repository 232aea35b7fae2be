"""Peak days with days, a time of release and limits of their own."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from marriage.availability import calendar_page, free_times, opening
from marriage.availability.day_states import Status
from marriage.booking import bookings
from marriage.booking.telephone_proof import is_required
from marriage.models import BookingRules, PeakDay, PeakPlan, Slot, WorkingDay
from marriage.models.bookings import Trust
from marriage.models.states import State
from marriage.planning import closures, counters, slot_generation
from tests.marriage.factories import (
    MONDAY,
    at,
    make_booking,
    make_couple,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)

pytestmark = pytest.mark.django_db
NOW = at(MONDAY)
RELEASE = at(MONDAY + timedelta(days=7), 10)
PEAK = MONDAY + timedelta(days=14)


def day(number) -> date:
    return PEAK + timedelta(days=number)


@pytest.fixture
def office():
    make_working_days()
    return make_office(make_service())


@pytest.fixture
def service(office):
    return office.services.get()


def make_peak(office=None, service=None, **fields) -> PeakDay:
    peak = PeakDay.objects.create(**{"date": PEAK, "title": "好日子", **fields})
    if office:
        PeakPlan.objects.create(
            peak_day=peak,
            office=office,
            service=service,
            start=time(9),
            end=time(10),
            slot_minutes=15,
            capacity=5,
        )
    return peak


def test_a_peak_without_an_end_is_one_day():
    assert make_peak().until == PEAK


def test_each_day_of_the_span_has_the_plan(office, service):
    make_peak(office, service, until=day(2))
    slot_generation.generate(day(-1), day(3))
    days = Slot.objects.values_list("date", flat=True).distinct()
    assert sorted(set(days)) == [day(0), day(1), day(2)]
    assert Slot.objects.filter(date=day(2)).count() == 4


def test_a_span_over_a_weekend_keeps_its_bookings(office, service):
    friday = day(4)
    make_peak(office, service, date=friday, until=friday + timedelta(days=2))
    sunday = friday + timedelta(days=2)
    assert not WorkingDay.objects.get(date=sunday).is_working
    booking = make_booking(make_slot(office, service, sunday))
    assert closures.settle(now=NOW) == ([], [])
    state = free_times.days(office, service, sunday, sunday, now=NOW)[0]
    assert (state.status, state.peak) == (Status.FREE, "好日子")
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_nothing_is_given_out_before_the_release(office, service):
    make_peak(office, service, until=day(1), release_at=RELEASE)
    slots = [make_slot(office, service, day(number)) for number in range(3)]
    for moment, is_out in ((NOW, False), (RELEASE - timedelta(seconds=1), False), (RELEASE, True)):
        states = free_times.days(office, service, day(0), day(2), now=moment)
        assert [state.is_bookable for state in states] == [is_out, is_out, True]
        assert (slots[0] in free_times.free_slots(service, now=moment)) == is_out
        assert slots[2] in free_times.free_slots(service, now=moment)
        assert bool(opening.slot_problem(slots[0], now=moment)) != is_out
    with pytest.raises(bookings.NotOnOfferError, match="6月15日10:00开始放号"):
        bookings.hold(slots[1].pk, now=NOW)
    assert bookings.hold(slots[1].pk, now=RELEASE)


def test_a_booking_is_not_moved_to_a_day_that_is_not_out(office, service):
    make_peak(office, service, release_at=RELEASE)
    booking = make_booking(make_slot(office, service, day(-3)))
    target = make_slot(office, service, day(0))
    with pytest.raises(bookings.NotOnOfferError, match="开始放号"):
        bookings.move(booking, target.pk, now=NOW)


def test_the_calendar_says_when(office, service, time_machine):
    time_machine.move_to(NOW, tick=False)
    make_peak(office, service, until=day(1), release_at=RELEASE, per_telephone=1)
    make_slot(office, service, day(0))
    page = calendar_page.shown(office, service, None, BookingRules.load()).calendar
    assert "6月15日10:00放号" in page
    assert "每个手机号码最多预约1对" in page
    assert "6月22日至6月23日：6月15日10:00开始放号" in page
    time_machine.move_to(RELEASE, tick=False)
    page = calendar_page.shown(office, service, None, BookingRules.load()).calendar
    assert "10:00放号" not in page
    assert "好日子" in page


def test_a_release_later_than_the_rules_wins_and_an_earlier_one_changes_nothing(office, service):
    rules = BookingRules.load()
    far = MONDAY + timedelta(days=rules.max_days_ahead + 2)
    make_peak(date=far, release_at=at(MONDAY, 7))
    make_slot(office, service, far)
    state = free_times.days(office, service, far, far, now=NOW)[0]
    assert (state.status, state.reason) == (Status.NOT_YET, "6月10日08:30开始放号")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"until": day(-1)}, "until"),
        ({"date": day(5), "until": day(7)}, "date"),
        ({"release_at": at(PEAK, 0, 1)}, "release_at"),
        ({"release_at": at(PEAK - timedelta(days=30), 8, 30)}, "release_at"),
        ({"day_limit": 0}, "day_limit"),
        ({"per_telephone": 0}, "per_telephone"),
        ({}, None),
        ({"release_at": at(PEAK - timedelta(days=1), 12)}, None),
        ({"date": day(7), "until": day(8)}, None),
    ],
)
def test_a_peak_that_contradicts_itself_or_another_is_refused(fields, field):
    PeakDay.objects.create(date=day(6), title="另一个")
    peak = PeakDay(**{"date": PEAK, "title": "好日子", **fields})
    if field is None:
        peak.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        peak.full_clean()
    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("capacities", "limit", "given"),
    [
        ([5, 5, 5, 5], 10, [3, 2, 3, 2]),
        ([5, 5, 5, 5], 3, [1, 1, 1, 0]),
        ([5, 5, 5, 5], 2, [1, 0, 1, 0]),
        ([6] * 12, 2, [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
        ([6] * 12, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
        ([1, 9], 6, [1, 5]),
        ([2, 2], 9, [2, 2]),
        ([], 4, []),
        ([0, 4], 2, [0, 2]),
    ],
)
def test_a_limit_is_spread_evenly_over_the_day(capacities, limit, given):
    assert counters.evenly(capacities, limit) == given


def test_the_limit_of_a_day_holds_for_all_services_of_an_office(office, service):
    other = make_service()
    office.services.add(other)
    peak = make_peak(office, service, until=day(1), day_limit=7)
    PeakPlan.objects.create(
        peak_day=peak, office=office, service=other, start=time(9), end=time(10), capacity=9
    )
    elsewhere = make_office(service)
    PeakPlan.objects.create(
        peak_day=peak, office=elsewhere, service=service, start=time(9), end=time(10), capacity=3
    )
    slot_generation.generate(PEAK, day(1))
    for number in (0, 1):
        here = Slot.objects.filter(date=day(number), office=office)
        assert sum(slot.capacity for slot in here) == 7
        there = Slot.objects.filter(date=day(number), office=elsewhere)
        assert sum(slot.capacity for slot in there) == 6


def confirm(slot, phone, trust=Trust.TELEPHONE):
    people = make_couple()
    people[0]["phone"] = phone
    held = bookings.hold(slot.pk, check=False, now=NOW)
    return bookings.confirm(held.hold_token, people, trust=trust, now=NOW)


def test_one_telephone_books_so_often_on_the_days_of_a_peak(office, service):
    make_peak(office, service, until=day(1), per_telephone=1)
    first, second, plain = (make_slot(office, service, day(n), capacity=9) for n in (0, 1, 5))
    booked = confirm(first, "13800000001")
    with pytest.raises(bookings.TooManyBookingsError, match="好日子"):
        confirm(second, "13800000001")
    ordinary = confirm(plain, "13800000001")
    with pytest.raises(bookings.TooManyBookingsError):
        bookings.move(ordinary, first.pk, now=NOW)
    assert bookings.move(booked, second.pk, now=NOW).slot == second
    assert confirm(first, "13800000002")
    bookings.change(booked, State.CANCELLED, now=NOW)
    assert bookings.move(ordinary, first.pk, now=NOW).slot == first


def test_telephones_are_proved_on_every_day_of_a_peak_only():
    rules = BookingRules(telephone_proof="peak")
    make_peak(until=day(2))
    assert [is_required(day(n), rules) for n in (-1, 0, 2, 3)] == [False, True, True, False]


def test_staff_edit_a_peak_with_all_its_rules(client, django_user_model, time_machine):
    from marriage.roles import MANAGER
    from tests.marriage.staff.pages import log_in

    time_machine.move_to(NOW, tick=False)
    manager = log_in(client, django_user_model, MANAGER)
    data = {
        "date": f"{day(0)}",
        "until": f"{day(1)}",
        "title": "好日子",
        "note": "",
        "release_at": "2026-06-15 10:00",
        "day_limit": "40",
        "per_telephone": "1",
        "plans-TOTAL_FORMS": "0",
        "plans-INITIAL_FORMS": "0",
        "plans-MIN_NUM_FORMS": "0",
        "plans-MAX_NUM_FORMS": "1000",
    }
    page = manager.post(reverse("marriage_peak_days:add"), {**data, "release_at": f"{day(3)}"})
    assert "否则第一天没有人能预约" in page.content.decode()
    manager.post(reverse("marriage_peak_days:add"), data)
    peak = PeakDay.objects.get()
    assert (peak.until, peak.release_at, peak.day_limit) == (day(1), RELEASE, 40)
    page = manager.get(reverse("marriage_peak_days:edit", args=[peak.pk])).content.decode()
    for label in ("到哪天", "放号时间", "每个登记处每天最多办几对", "每个手机号码最多约几对"):
        assert label in page
