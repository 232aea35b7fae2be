from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from marriage.models import (
    DayClosure,
    Office,
    PeakDay,
    PeakPlan,
    Slot,
    WaitingEntry,
    WeeklyTemplate,
    WorkingDay,
)
from marriage.models.states import State
from marriage.planning.applying import CapacityError, preview, realign, set_capacities
from marriage.planning.closures import reopen_day
from marriage.planning.slot_generation import cut, ensure_calendar, generate, planned

from ..factories import (
    MONDAY,
    make_booking,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)

pytestmark = pytest.mark.django_db


def day(number):
    return MONDAY + timedelta(days=number)


@pytest.fixture
def service(db):
    return make_service()


@pytest.fixture
def office(service):
    make_working_days()
    office = make_office(service)
    for weekday in range(5):
        make_template(office, service, weekday)
    return office


def make_template(office, service, weekday, start=9, end=11, **fields):
    return WeeklyTemplate.objects.create(
        office=office,
        service=service,
        weekday=weekday,
        start=time(start),
        end=time(end),
        **{"slot_minutes": 30, "capacity": 4, **fields},
    )


def test_hours_are_cut_into_slots_and_a_rest_is_left_out(office, service):
    plan = WeeklyTemplate(
        office=office, service=service, start=time(9), end=time(10, 40), slot_minutes=30, capacity=3
    )
    assert [(slot.start, slot.end, slot.capacity) for slot in cut(plan, MONDAY)] == [
        (time(9), time(9, 30), 3),
        (time(9, 30), time(10), 3),
        (time(10), time(10, 30), 3),
    ]


def test_slots_are_made_on_confirmed_working_days_only(office, service):
    WorkingDay.objects.filter(date=day(2)).update(is_working=False)
    WorkingDay.objects.filter(date=day(3)).update(is_confirmed=False)
    assert generate(MONDAY, day(6)) == 3 * 4
    assert sorted(set(Slot.objects.values_list("date", flat=True))) == [day(0), day(1), day(4)]


def test_generating_twice_changes_nothing(office, service):
    generate(MONDAY, day(6))
    slot = Slot.objects.first()
    Slot.objects.filter(pk=slot.pk).update(capacity=1)
    before = list(Slot.objects.values())
    assert generate(MONDAY, day(6)) == 0
    assert list(Slot.objects.values()) == before


def test_a_worked_saturday_follows_mondays_template(office, service):
    make_template(office, service, 0, 14, 15)
    WorkingDay.objects.filter(date=day(5)).update(is_working=True)
    generate(day(5), day(5))
    assert Slot.objects.filter(date=day(5)).count() == 6


def test_an_own_saturday_template_wins(office, service):
    make_template(office, service, 5, 9, 10)
    WorkingDay.objects.filter(date=day(5)).update(is_working=True)
    generate(day(5), day(5))
    assert Slot.objects.filter(date=day(5)).count() == 2


def test_a_peak_day_has_its_own_plan(office, service):
    other = make_service()
    make_template(office, other, 1)
    peak = PeakDay.objects.create(date=day(1), title="好日子")
    PeakPlan.objects.create(
        peak_day=peak,
        office=office,
        service=service,
        start=time(8),
        end=time(9),
        slot_minutes=15,
        capacity=10,
    )
    generate(MONDAY, day(1))
    own = Slot.objects.filter(date=day(1), service=service)
    assert [(slot.start, slot.capacity) for slot in own] == [
        (time(8, minute), 10) for minute in (0, 15, 30, 45)
    ]
    assert Slot.objects.filter(date=day(1), service=other).count() == 4
    assert Slot.objects.filter(date=day(0), service=service).count() == 4


def test_a_peak_day_on_a_sunday_opens_what_its_plan_names_and_no_more(office, service):
    other = make_service()
    make_template(office, other, 6)
    peak = PeakDay.objects.create(date=day(6), title="七夕")
    PeakPlan.objects.create(
        peak_day=peak, office=office, service=service, start=time(9), end=time(10)
    )
    generate(day(6), day(6))
    assert {slot.service for slot in Slot.objects.filter(date=day(6))} == {service}


@pytest.mark.parametrize("mode", [Office.Mode.LINK, Office.Mode.CLOSED])
def test_an_office_that_does_not_book_here_gets_no_slots(office, service, mode):
    Office.objects.filter(pk=office.pk).update(mode=mode)
    assert generate(MONDAY, day(6)) == 0


def test_planning_costs_the_same_queries_for_a_day_and_a_year(
    office, service, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        planned(MONDAY, MONDAY + timedelta(days=365))


def test_a_new_plan_is_applied_to_days_that_exist(office, service):
    generate(MONDAY, MONDAY)
    WeeklyTemplate.objects.filter(weekday=0).update(start=time(9, 30), end=time(11, 30), capacity=6)
    changes = preview(MONDAY, MONDAY)
    assert [slot.start for slot in changes.added] == [time(11)]
    assert [slot.start for slot in changes.dropped] == [time(9)]
    assert len(changes.changed) == 3
    realign(MONDAY, MONDAY)
    assert [(slot.start, slot.capacity) for slot in Slot.objects.all()] == [
        (time(9, 30), 6),
        (time(10), 6),
        (time(10, 30), 6),
        (time(11), 6),
    ]
    assert not preview(MONDAY, MONDAY)


def test_fewer_places_than_taken_is_refused_as_a_whole(office, service):
    generate(MONDAY, day(1))
    crowded = Slot.objects.get(date=MONDAY, start=time(9))
    for _ in range(3):
        make_booking(crowded)
    WeeklyTemplate.objects.update(capacity=2)
    before = list(Slot.objects.values())
    with pytest.raises(CapacityError) as caught:
        realign(MONDAY, day(1))
    assert caught.value.slots == [(crowded, 2)]
    assert list(Slot.objects.values()) == before


def test_a_slot_that_falls_away_with_people_in_it_is_refused(office, service):
    generate(MONDAY, MONDAY)
    booked = Slot.objects.get(start=time(9))
    make_booking(booked)
    WeeklyTemplate.objects.update(start=time(10))
    with pytest.raises(CapacityError) as caught:
        realign(MONDAY, MONDAY)
    assert caught.value.slots == [(booked, 0)]


def test_a_slot_with_past_bookings_loses_its_places_but_stays(office, service):
    generate(MONDAY, MONDAY)
    slot = Slot.objects.get(start=time(9))
    make_booking(slot, State.CANCELLED)
    WeeklyTemplate.objects.update(start=time(10))
    realign(MONDAY, MONDAY)
    slot.refresh_from_db()
    assert slot.capacity == 0
    assert not preview(MONDAY, MONDAY)


def test_realigning_the_one_office_leaves_the_other_alone(office, service):
    other = make_office(service)
    make_slot(other, service, MONDAY, 15)
    generate(MONDAY, MONDAY, [office])
    WeeklyTemplate.objects.update(capacity=9)
    realign(MONDAY, MONDAY, [office])
    assert set(Slot.objects.filter(office=office).values_list("capacity", flat=True)) == {9}
    assert Slot.objects.get(office=other).capacity == 4


def set_capacity(slot, capacity):
    try:
        set_capacities({slot: capacity})
    finally:
        slot.refresh_from_db()


def test_a_single_slot_can_grow_and_shrink_down_to_what_is_taken(office, service):
    slot = make_slot(office, service)
    for _ in range(2):
        make_booking(slot)
    set_capacity(slot, 9)
    assert slot.capacity == 9
    set_capacity(slot, 2)
    assert slot.capacity == 2
    with pytest.raises(CapacityError) as caught:
        set_capacity(slot, 1)
    assert caught.value.slots == [(slot, 1)]
    assert slot.capacity == 2


def test_a_stale_copy_cannot_shrink_below_what_was_taken_meanwhile(office, service):
    stale = make_slot(office, service)
    make_booking(Slot.objects.get(pk=stale.pk))
    with pytest.raises(CapacityError):
        set_capacity(stale, 0)


def test_the_calendar_is_filled_up_and_edits_stay(db):
    WorkingDay.objects.create(date=date(2026, 12, 31), is_working=False, note="盘点")
    assert ensure_calendar(date(2027, 1, 3), today=date(2026, 12, 30)) == 4
    rows = {row.date: row for row in WorkingDay.objects.all()}
    assert rows[date(2026, 12, 31)].note == "盘点"
    assert rows[date(2026, 12, 30)].is_confirmed
    assert ensure_calendar(date(2027, 1, 3), today=date(2026, 12, 30)) == 0


def wait(slot):
    return WaitingEntry.objects.create(service=slot.service, office=slot.office, date=slot.date)


@pytest.fixture
def full():
    """A slot that can be booked now and is full."""
    day = timezone.localdate() + timedelta(days=3)
    make_working_days(timezone.localdate(), 10, is_working=True)
    service = make_service()
    slot = make_slot(make_office(service), service, day, capacity=1)
    make_booking(slot)
    return slot


def test_new_places_go_to_those_who_wait_in_their_order(full):
    first, second, third = (wait(full) for _ in range(3))
    set_capacity(full, 3)
    states = [WaitingEntry.objects.get(pk=each.pk).state for each in (first, second, third)]
    assert states == ["offered", "offered", "waiting"]
    assert (full.taken, full.capacity) == (3, 3)


def test_new_places_beyond_the_line_are_free_for_all(full):
    wait(full)
    set_capacity(full, 5)
    assert full.taken == 2


def test_a_new_plan_offers_its_places_to_those_who_wait_too(full):
    WeeklyTemplate.objects.create(
        office=full.office,
        service=full.service,
        weekday=full.date.weekday(),
        start=full.start,
        end=full.end,
        capacity=2,
    )
    entry = wait(full)
    realign(full.date, full.date)
    entry.refresh_from_db()
    assert entry.state == "offered"


def test_places_of_a_closed_day_are_offered_to_nobody(full):
    entry = wait(full)
    DayClosure.objects.create(office=full.office, date=full.date, reason="停办")
    set_capacity(full, 2)
    entry.refresh_from_db()
    assert (entry.state, full.taken) == ("waiting", 1)
    reopen_day(full.office, full.date)
    entry.refresh_from_db()
    assert entry.state == "offered"
