from datetime import date, timedelta

import pytest

from marriage.desk import hall, lists, visits
from marriage.models import Booking
from marriage.models.states import IllegalChangeError, State

from ..factories import MONDAY, at, make_booking, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db
NOW = at(MONDAY, 9, 5)


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("clerk")


@pytest.fixture
def slot(db):
    service = make_service()
    return make_slot(make_office(service), service)


def check_in(booking, clerk, now=NOW):
    return visits.take_step(booking, State.CHECKED_IN, actor=clerk, now=now)


def test_numbers_follow_the_order_of_arrival_at_each_office(slot, clerk):
    first, second = make_booking(slot), make_booking(slot)
    elsewhere = make_booking(make_slot(make_office(slot.service), slot.service))
    tickets = [check_in(each, clerk).display_ticket for each in (second, first, elsewhere)]
    assert tickets == ["A001", "A002", "A001"]


def test_a_check_in_taken_back_keeps_its_number(slot, clerk):
    booking = check_in(make_booking(slot), clerk)
    visits.take_step(booking, State.BOOKED, actor=clerk, now=NOW)
    booking.refresh_from_db()
    assert check_in(booking, clerk).display_ticket == "A001"
    assert check_in(make_booking(slot), clerk).display_ticket == "A002"


def test_the_screen_shows_numbers_and_counters_in_order(slot, clerk):
    couples = [check_in(make_booking(slot), clerk) for _ in range(4)]
    hall.call(couples[1], "3", NOW + timedelta(minutes=1))
    hall.call(couples[0], "2", NOW + timedelta(minutes=2))
    found = hall.screen(slot.office, MONDAY)
    assert found.calls == [("A001", "2"), ("A002", "3")]
    assert found.waiting == ["A003", "A004"]
    couples[0].refresh_from_db()
    visits.take_step(couples[0], State.IN_SERVICE, actor=clerk, now=NOW)
    couples[0].refresh_from_db()
    visits.take_step(couples[0], State.DONE, actor=clerk, now=NOW)
    assert hall.screen(slot.office, MONDAY).calls == [("A002", "3")]
    assert hall.screen(slot.office, date(2026, 6, 9)).waiting == []


def test_only_people_who_are_here_are_called(slot, clerk):
    booking = make_booking(slot)
    with pytest.raises(IllegalChangeError):
        hall.call(booking, "3", NOW)
    here = check_in(booking, clerk)
    with pytest.raises(ValueError, match="窗口号"):
        hall.call(here, "  ", NOW)
    with pytest.raises(IllegalChangeError):
        hall.call(here, "3", NOW + timedelta(days=1))


def test_every_screen_at_the_desk_hears_of_a_call(slot, clerk):
    here = check_in(make_booking(slot), clerk)
    before = lists.version(slot.office, MONDAY, NOW)
    hall.call(here, "3", NOW)
    assert lists.version(slot.office, MONDAY, NOW) != before
    assert Booking.objects.get().counter == "3"


@pytest.mark.parametrize(
    ("typed", "counter"),
    [("3", "3"), ("３", "3"), (" 03 ", "3"), ("3号窗口", "3"), ("第12号", "12"), ("99", "99")],
)
def test_a_counter_is_a_number(typed, counter):
    assert hall.read_counter(typed) == counter


@pytest.mark.parametrize(
    "typed", ["0", "100", "３号<b>", "1" * 21, "A", "-3", "3.5", "3号窗口号窗口", "三"]
)
def test_what_is_no_counter_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="请填1至99的数字"):
        hall.read_counter(typed)
