from datetime import time, timedelta

import pytest

from marriage.availability import free_times
from marriage.availability.opening import slot_problem
from marriage.booking import ban_review, bookings
from marriage.desk import day_end
from marriage.messages import outbox
from marriage.models import PeakDay, PeakPlan, WorkingDay
from marriage.models.states import State
from marriage.planning.closures import (
    affected,
    booked_on,
    close_day,
    reopen_day,
    settle,
    to_settle,
)

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


NOW = at(MONDAY - timedelta(days=1), 12)


def state_of(booking):
    booking.refresh_from_db()
    return booking.state


def told(booking):
    return sorted(booking.messages.values_list("kind", flat=True))


def test_closing_a_day_tells_the_booked_at_once_and_keeps_them(slot):
    booking = make_booking(slot)
    other = make_booking(make_slot(make_office(slot.service), slot.service))
    outbox.remind(booking, now=NOW - timedelta(days=5))
    assert close_day(slot.office, MONDAY, "停电", now=NOW) == [booking]
    assert close_day(slot.office, MONDAY, "停电检修", now=NOW) == []
    assert [each.reason for each in slot.office.closures.all()] == ["停电检修"]
    assert (state_of(booking), state_of(other)) == (State.DISPLACED, State.BOOKED)
    assert told(booking) == ["displaced"], "the reminder is gone"
    assert told(other) == []
    assert list(to_settle()) == [booking]
    assert "停电" in booking.messages.get().content["body"]
    assert [party.is_active for party in booking.parties.all()] == [True, True]


def test_nobody_displaced_becomes_a_no_show(slot):
    booking = make_booking(slot)
    close_day(slot.office, MONDAY, "停电", now=NOW)
    assert day_end.mark_no_shows(NOW + timedelta(days=3)) == 0
    assert state_of(booking) == State.DISPLACED


def test_a_closure_entered_late_takes_no_shows_back(slot):
    booking = make_booking(slot)
    after = NOW + timedelta(days=2)
    assert day_end.mark_no_shows(after) == 1
    close_day(slot.office, MONDAY, "台风", now=after)
    assert state_of(booking) == State.DISPLACED


def test_a_closure_entered_late_excuses_those_who_have_booked_again(slot):
    booking = make_booking(slot, State.NO_SHOW)
    again = make_booking(make_slot(slot.office, slot.service, hour=10, day=MONDAY + timedelta(9)))
    for old, new in zip(booking.parties.all(), again.parties.all(), strict=True):
        new.person_hash = old.person_hash
        new.save()
    assert close_day(slot.office, MONDAY, "台风", now=NOW + timedelta(days=2)) == []
    assert state_of(booking) == State.NO_SHOW
    assert booking.is_excused


@pytest.mark.parametrize(
    ("start", "end", "displaced"),
    [
        (time(0), time(12), [True, False]),
        (time(12), time(23, 59), [False, True]),
        (time(9, 30), time(14), [False, False]),
        (time(9, 29), time(14, 1), [True, True]),
    ],
)
def test_half_a_day_displaces_whoever_it_touches(slot, start, end, displaced):
    afternoon = make_slot(slot.office, slot.service, hour=14)
    couples = [make_booking(slot), make_booking(afternoon)]
    close_day(slot.office, MONDAY, "开会", start=start, end=end, now=NOW)
    assert [state_of(each) == State.DISPLACED for each in couples] == displaced
    problems = [bool(slot_problem(each, now=NOW)) for each in (slot, afternoon)]
    assert problems == displaced
    open_slots = [row.slot for row in free_times.times(slot.office, slot.service, MONDAY, now=NOW)]
    assert open_slots == [
        each for each, gone in zip((slot, afternoon), displaced, strict=True) if not gone
    ]


def test_opening_again_restores_them_and_says_so(slot):
    booking = make_booking(slot)
    close_day(slot.office, MONDAY, "停电", now=NOW - timedelta(days=4))
    assert reopen_day(slot.office, MONDAY, now=NOW - timedelta(days=3)) == [booking]
    assert state_of(booking) == State.BOOKED
    assert told(booking) == ["displaced", "reminder", "restored"]
    close_day(slot.office, MONDAY, "又停电", now=NOW - timedelta(days=2))
    assert told(booking) == ["displaced", "displaced", "restored"], "told of the second closure too"


def test_a_day_off_displaces_the_booked_of_all_offices(slot):
    booking = make_booking(slot)
    assert settle(now=NOW) == ([], [])
    WorkingDay.objects.filter(date=MONDAY).update(is_working=False)
    assert settle(now=NOW) == ([booking], [])
    assert settle(now=NOW) == ([], [])
    WorkingDay.objects.filter(date=MONDAY).update(is_working=True)
    assert settle(now=NOW) == ([], [booking])


def test_a_peak_plan_opens_a_day_off(slot):
    make_booking(slot)
    WorkingDay.objects.filter(date=MONDAY).update(is_working=False)
    peak = PeakDay.objects.create(date=MONDAY, title="好日子")
    PeakPlan.objects.create(
        peak_day=peak, office=slot.office, service=slot.service, start=time(9), end=time(12)
    )
    assert settle(now=NOW) == ([], [])
    assert len(close_day(slot.office, MONDAY, "停电", now=NOW)) == 1


def test_a_citizen_moves_or_cancels_what_was_displaced_at_any_time_and_for_free(slot):
    other = make_slot(slot.office, slot.service, MONDAY + timedelta(days=7))
    moving, leaving = make_booking(slot, citizen_moves=2), make_booking(slot)
    close_day(slot.office, MONDAY, "停电", now=NOW)
    moving.refresh_from_db()
    leaving.refresh_from_db()
    moved = bookings.move(moving, other.pk, now=NOW)
    assert (moved.state, moved.slot, moved.citizen_moves) == (State.BOOKED, other, 2)
    left = bookings.cancel(leaving, now=NOW)
    assert (left.state, left.is_excused) == (State.CANCELLED, True)
    [words] = {
        message.content["body"] for message in left.messages.filter(kind="cancelled_displaced")
    }
    assert f"您已取消2026年6月8日（星期一）{slot.hours}{slot.office.name}的预约" in words
    assert "因登记处停办，不计入取消次数" in words
    assert not left.messages.filter(kind__in=["cancelled", "cancelled_by_office"]).exists()
    assert ban_review.counted(left.parties.first().person_hash) == []
    assert not to_settle().exists()


def test_displaced_bookings_nobody_settles_are_cancelled_for_the_registry_in_the_end(slot):
    booking = make_booking(slot)
    close_day(slot.office, MONDAY, "停电", now=NOW)
    assert day_end.close_unresolved(NOW + timedelta(days=31)) == 0
    assert day_end.close_unresolved(NOW + timedelta(days=32)) == 1
    assert state_of(booking) == State.CANCELLED_BY_OFFICE


def test_the_booked_of_a_day(slot):
    booking = make_booking(slot)
    make_booking(slot, State.DONE)
    assert list(booked_on(MONDAY)) == [booking]
    assert list(booked_on(MONDAY, slot.office)) == [booking]
    assert list(booked_on(MONDAY, make_office())) == []
