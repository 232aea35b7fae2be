from datetime import timedelta

import pytest

from marriage import booking as bookings
from marriage import rearranging
from marriage.closing import close_day, on_closed_days
from marriage.models import Acceptance, OutboxMessage, Service
from marriage.states import State

from .factories import (
    MONDAY,
    at,
    make_booking,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)

pytestmark = pytest.mark.django_db
NOW = at(MONDAY)


def day(number):
    return MONDAY + timedelta(days=number)


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("clerk")


@pytest.fixture
def slot(db):
    make_working_days()
    service = make_service()
    return make_slot(make_office(service), service, day(3))


def test_moving_for_somebody_leaves_the_deadline_aside(slot, clerk):
    soon = make_slot(slot.office, slot.service, day(1))
    booking = make_booking(soon)
    assert rearranging.places_for(booking, now=NOW) == [soon, slot]
    moved = rearranging.move(booking, slot.pk, actor=clerk, now=NOW)
    assert moved.slot == slot
    soon.refresh_from_db()
    assert soon.taken == 0
    assert OutboxMessage.objects.filter(kind="moved").count() == 1


def test_nobody_is_moved_to_a_closed_day(slot, clerk):
    booking = make_booking(slot)
    closed = make_slot(slot.office, slot.service, day(5))
    for target in (closed.pk, 999_999):
        with pytest.raises(bookings.NotOnOfferError):
            rearranging.move(booking, target, actor=clerk, now=NOW)


def test_a_cancellation_by_the_registry_counts_against_nobody(slot, clerk):
    booking = rearranging.cancel(
        make_booking(slot), rearranging.BY_OFFICE, "停电", actor=clerk, now=NOW
    )
    assert booking.state == State.CANCELLED_BY_OFFICE
    slot.refresh_from_db()
    assert slot.taken == 0
    assert OutboxMessage.objects.filter(kind="cancelled_by_office").exists()


def test_a_late_cancellation_for_the_people_counts_as_late(slot, clerk):
    early = make_booking(slot)
    late = make_booking(make_slot(slot.office, slot.service, day(1)))
    for booking, state in ((early, State.CANCELLED), (late, State.CANCELLED_LATE)):
        done = rearranging.cancel(booking, rearranging.BY_PERSON, actor=clerk, now=NOW)
        assert done.state == state


def test_those_of_a_closed_day_move_on_as_far_as_there_are_places(slot, clerk):
    waiting = [make_booking(slot) for _ in range(3)]
    make_slot(slot.office, slot.service, day(2))
    after = make_slot(slot.office, slot.service, day(4), capacity=2)
    close_day(slot.office, slot.date, "停电")
    moved, left = rearranging.move_all(waiting, actor=clerk, now=NOW)
    assert [booking.slot for booking in moved] == [after, after]
    assert left == waiting[2:]
    assert list(on_closed_days(MONDAY)) == left


def test_a_second_visit_moves_within_its_window_only(clerk):
    make_working_days(number=60)
    service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    office = make_office(service)
    Acceptance.objects.create(
        office=office, receipt_number="R1", accepted_on=MONDAY - timedelta(days=45)
    )
    inside, also_inside, outside = (
        make_slot(office, service, day(number)) for number in (2, 3, 24)
    )
    booking = make_booking(inside, receipt_number="R1")
    assert rearranging.places_for(booking, now=NOW) == [inside, also_inside]
    with pytest.raises(bookings.NotOnOfferError):
        rearranging.move(booking, outside.pk, actor=clerk, now=NOW)
