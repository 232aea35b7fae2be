from datetime import date, time, timedelta

import pytest

from marriage.availability.day_states import Status
from marriage.availability.free_times import days, earliest_free, nearest_free, times
from marriage.availability.opening import bookable_span, office_problem, slot_problem, why_not
from marriage.calendar.divorce_window import Window
from marriage.models import BookingRules, DayClosure, Office, PeakDay, PeakPlan, WorkingDay
from marriage.models.states import State

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


def day(number):
    return MONDAY + timedelta(days=number)


@pytest.fixture
def service(db):
    return make_service()


@pytest.fixture
def office(service):
    make_working_days()
    return make_office(service)


def one(office, service, number, **more):
    (state,) = days(office, service, day(number), day(number), rules=RULES, now=NOW, **more)
    return state


def test_the_span_opens_at_the_release_hour():
    assert bookable_span(RULES, at(MONDAY, 8, 29)) == (day(1), day(29))
    assert bookable_span(RULES, at(MONDAY, 8, 30)) == (day(1), day(30))


def test_each_day_says_what_is_left_or_why_not(office, service):
    make_slot(office, service, day(1), 9, capacity=8)
    make_slot(office, service, day(1), 10, capacity=2, taken=1)
    make_slot(office, service, day(2), capacity=10, taken=8)
    make_slot(office, service, day(3), capacity=3, taken=3)
    make_slot(office, service, day(4), capacity=3)
    DayClosure.objects.create(office=office, date=day(4), reason="系统升级，停办一天")
    WorkingDay.objects.filter(date=day(5)).update(note="端午节放假")
    WorkingDay.objects.filter(date=day(8)).update(is_confirmed=False)
    WorkingDay.objects.filter(date=day(9)).delete()
    found = {
        (state.date - MONDAY).days: (state.status, state.left, state.reason)
        for state in days(office, service, day(-1), day(32), rules=RULES, now=NOW)
    }
    assert found[-1] == (Status.PAST, 0, "这一天已经过去")
    assert found[0] == (Status.TOO_SOON, 0, "须提前1天预约")
    assert found[1] == (Status.FREE, 9, "")
    assert found[2] == (Status.FEW, 2, "")
    assert found[3] == (Status.FULL, 0, "名额已经约满")
    assert found[4] == (Status.CLOSED, 0, "系统升级，停办一天")
    assert found[5] == (Status.DAY_OFF, 0, "端午节放假")
    assert found[6] == (Status.DAY_OFF, 0, "休息日")
    assert found[7] == (Status.NO_PLACES, 0, "这一天没有安排号源")
    assert found[8] == (Status.UNCONFIRMED, 0, "放假安排待核实，暂不放号")
    assert found[9] == (Status.UNCONFIRMED, 0, "放假安排待核实，暂不放号")
    assert found[31] == (Status.NOT_YET, 0, "6月9日08:30开始放号")
    assert len(found) == 34


def test_words_and_peak_days(office, service):
    make_slot(office, service, day(1), capacity=8)
    PeakDay.objects.create(date=day(1), title="好日子")
    state = one(office, service, 1)
    assert (state.words, state.peak, state.is_bookable) == ("余8", "好日子", True)
    assert one(office, service, 0).words == "太近"


def test_a_closure_is_of_one_office_only(office, service):
    other = make_office(service)
    for each in (office, other):
        make_slot(each, service, day(1))
    DayClosure.objects.create(office=office, date=day(1), reason="停办")
    assert not one(office, service, 1).is_bookable
    assert one(other, service, 1).is_bookable


def test_a_second_visit_sees_its_window_only(office, service):
    for number in (1, 2, 3):
        make_slot(office, service, day(number))
    window = Window(day(2), day(2))
    assert one(office, service, 1, window=window).status is Status.OUTSIDE
    assert one(office, service, 2, window=window).is_bookable
    assert one(office, service, 3, window=window).reason == "不在可以办理的期限内"
    free = earliest_free(service, rules=RULES, now=NOW, window=window)
    assert [slot.date for slot in free] == [day(2)]


def test_lapsed_holds_count_as_free(office, service):
    slot = make_slot(office, service, day(1), capacity=1)
    make_booking(slot, State.HELD, hold_expires=NOW + timedelta(minutes=1))
    assert one(office, service, 1).is_full
    assert earliest_free(service, rules=RULES, now=NOW) == []
    later = NOW + timedelta(minutes=2)
    (state,) = days(office, service, day(1), day(1), rules=RULES, now=later)
    assert (state.status, state.left) == (Status.FEW, 1), "the last one"
    (moment,) = times(office, service, day(1), rules=RULES, now=later)
    assert moment.left == 1
    assert earliest_free(service, rules=RULES, now=later) == [slot]


def test_times_of_a_day(office, service):
    make_slot(office, service, day(1), 10, capacity=2, taken=2)
    make_slot(office, service, day(1), 9, capacity=5)
    found = times(office, service, day(1), rules=RULES, now=NOW)
    assert [(each.slot.start, each.words) for each in found] == [
        (time(9), "余5"),
        (time(10), "约满"),
    ]
    assert times(office, service, day(5), rules=RULES, now=NOW) == []


def test_times_of_today_leave_out_what_has_begun(office, service):
    rules = BookingRules(min_days_ahead=0)
    for hour in (9, 10):
        make_slot(office, service, day(0), hour)
    found = times(office, service, day(0), rules=rules, now=at(MONDAY, 9, 30))
    assert [each.slot.start.hour for each in found] == [10]
    (state,) = days(office, service, day(0), day(0), rules=rules, now=at(MONDAY, 10, 30))
    assert not state.is_bookable


def test_a_peak_plan_opens_a_day_of_rest(office, service):
    """七夕 2027 is a Sunday; the plan for it is made on purpose."""
    other = make_service()
    for each in (service, other):
        make_slot(office, each, day(6))
    peak = PeakDay.objects.create(date=day(6), title="七夕")
    assert one(office, service, 6).status is Status.DAY_OFF
    PeakPlan.objects.create(
        peak_day=peak, office=office, service=service, start=time(9), end=time(12)
    )
    assert one(office, service, 6).is_bookable
    assert [slot.date for slot in earliest_free(service, rules=RULES, now=NOW)] == [day(6)]
    WorkingDay.objects.filter(date=day(6)).update(is_confirmed=False)
    assert one(office, service, 6).is_bookable
    assert one(office, other, 6).status is Status.UNCONFIRMED
    DayClosure.objects.create(office=office, date=day(6), reason="停办")
    assert one(office, service, 6).reason == "停办"


def test_a_slot_that_cannot_be_chosen_says_why(office, service):
    rules = BookingRules(min_days_ahead=0)
    slot = make_slot(office, service, day(0), 9, taken=4)
    assert slot_problem(slot, rules, at(MONDAY, 8, 59)) == ""
    problem = slot_problem(slot, rules, at(MONDAY, 9))
    assert problem == "2026年6月8日（星期一）09:00–09:30不能预约：这个时间已经过去。"
    assert "须提前1天预约" in slot_problem(slot, RULES, at(MONDAY, 8, 59))
    assert "不在可以办理的期限内" in slot_problem(
        slot, rules, at(MONDAY, 8), Window(day(1), day(2))
    )


@pytest.mark.parametrize("mode", [Office.Mode.LINK, Office.Mode.CLOSED])
def test_an_office_that_does_not_book_here_sells_nothing(office, service, mode):
    make_slot(office, service, day(1))
    office.mode, office.link = mode, "https://example.org/"
    office.save()
    assert office_problem(office, service)
    assert one(office, service, 1).status is Status.CLOSED
    assert times(office, service, day(1), rules=RULES, now=NOW) == []
    assert earliest_free(service, rules=RULES, now=NOW) == []
    assert why_not(office, service, day(1), rules=RULES, now=NOW)


def test_a_service_that_is_not_offered_sells_nothing(office, service):
    make_slot(office, service, day(1))
    service.is_offered = False
    service.save()
    assert "暂未开放" in one(office, service, 1).reason
    assert earliest_free(service, rules=RULES, now=NOW) == []


def test_the_earliest_free_place_of_each_office(office, service):
    other = make_office(service)
    make_slot(office, service, day(1), 9, taken=4)
    make_slot(office, service, day(1), 10)
    make_slot(office, service, day(2), 9)
    make_slot(other, service, day(1), 9)
    DayClosure.objects.create(office=other, date=day(1), reason="停办")
    make_slot(other, service, day(3), 9)
    found = earliest_free(service, rules=RULES, now=NOW)
    assert [(slot.office, slot.date, slot.start.hour) for slot in found] == [
        (office, day(1), 10),
        (other, day(3), 9),
    ]
    assert earliest_free(service, offices=[other], rules=RULES, now=NOW)[0].office == other


def test_the_nearest_free_places(office, service):
    lost = make_slot(office, service, day(3), 10, taken=4)
    near = [make_slot(office, service, day(3), hour) for hour in (9, 11)]
    make_slot(office, service, day(8), 9)
    make_slot(office, make_service(), day(3), 14)
    found = nearest_free(lost, rules=RULES, now=NOW, limit=2)
    assert sorted(slot.pk for slot in found) == sorted(slot.pk for slot in near)


def test_two_years_of_days_cost_three_queries(office, service, django_assert_max_num_queries):
    for number in range(1, 20):
        make_booking(make_slot(office, service, day(number)), State.HELD, hold_expires=NOW)
    with django_assert_max_num_queries(3):
        assert (
            len(days(office, service, date(2026, 1, 1), date(2027, 12, 31), rules=RULES, now=NOW))
            == 730
        )
    with django_assert_max_num_queries(3):
        times(office, service, day(1), rules=RULES, now=NOW)
    with django_assert_max_num_queries(2):
        earliest_free(service, rules=RULES, now=NOW)
    with django_assert_max_num_queries(1):
        why_not(office, service, day(1), rules=RULES, now=NOW)
