from datetime import date, timedelta

import pytest

from home.personal_data.encryption import encrypt
from marriage.booking import bookings
from marriage.models import Acceptance, OutboxMessage, Service
from marriage.models.states import State
from marriage.planning import rebooking
from marriage.planning.closures import close_day, to_settle

from ..factories import (
    MONDAY,
    at,
    make_booking,
    make_id_number,
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
    assert rebooking.free_slots_for(booking, now=NOW) == [soon, slot]
    moved = rebooking.move(booking, slot.pk, actor=clerk, now=NOW)
    assert moved.slot == slot
    soon.refresh_from_db()
    assert soon.taken == 0
    assert OutboxMessage.objects.filter(kind="moved").count() == 1


def test_nobody_is_moved_to_a_closed_day(slot, clerk):
    booking = make_booking(slot)
    closed = make_slot(slot.office, slot.service, day(5))
    for target in (closed.pk, 999_999):
        with pytest.raises(bookings.NotOnOfferError):
            rebooking.move(booking, target, actor=clerk, now=NOW)


def test_a_cancellation_by_the_registry_counts_against_nobody(slot, clerk):
    booking = rebooking.cancel(
        make_booking(slot), rebooking.BY_OFFICE, "停电", actor=clerk, now=NOW
    )
    assert booking.state == State.CANCELLED_BY_OFFICE
    slot.refresh_from_db()
    assert slot.taken == 0
    assert OutboxMessage.objects.filter(kind="cancelled_by_office").exists()


def test_a_late_cancellation_for_the_people_counts_as_late(slot, clerk):
    early = make_booking(slot)
    late = make_booking(make_slot(slot.office, slot.service, day(1)))
    for booking, state in ((early, State.CANCELLED), (late, State.CANCELLED_LATE)):
        done = rebooking.cancel(booking, rebooking.BY_PERSON, actor=clerk, now=NOW)
        assert done.state == state


def test_those_of_a_closed_day_move_on_as_far_as_there_are_places(slot, clerk):
    waiting = [make_booking(slot) for _ in range(3)]
    make_slot(slot.office, slot.service, day(2))
    after = make_slot(slot.office, slot.service, day(4), capacity=2)
    waiting = close_day(slot.office, slot.date, "停电", now=NOW)
    moved, left = rebooking.move_all(waiting, note="已为您另排", actor=clerk, now=NOW)
    assert [booking.slot for booking in moved] == [after, after]
    assert [booking.citizen_moves for booking in moved] == [0, 0]
    assert left == waiting[2:]
    assert list(to_settle()) == left
    texts = [m.content["body"] for m in OutboxMessage.objects.filter(kind="moved")]
    assert len(texts) == 2
    assert all("已为您另排" in text for text in texts)


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
    assert rebooking.free_slots_for(booking, now=NOW) == [inside, also_inside]
    with pytest.raises(bookings.NotOnOfferError):
        rebooking.move(booking, outside.pk, actor=clerk, now=NOW)


@pytest.mark.parametrize(
    ("accepted", "moves"),
    [(MONDAY - timedelta(days=58), False), (MONDAY - timedelta(days=40), True)],
)
def test_mass_moving_keeps_to_the_window_of_a_receipt_from_elsewhere(clerk, accepted, moves):
    """Accepted 2026-04-11, the last day is 2026-06-10; accepted 2026-04-29, it is 2026-06-29
    (Civil Code art. 1077 and 203)."""
    make_working_days(number=60)
    service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    office = make_office(service)
    early, late = make_slot(office, service, day(2)), make_slot(office, service, day(7))
    booking = make_booking(early, receipt_number="外地0001")
    booking.encrypted = encrypt({"receipt": {"accepted_on": accepted.isoformat()}})
    booking.save()
    displaced = close_day(office, early.date, "停电", now=NOW)
    moved, left = rebooking.move_all(displaced, actor=clerk, now=NOW)
    assert [each.slot for each in moved] == ([late] if moves else [])
    assert len(left) == (not moves)


def test_a_second_visit_without_a_known_date_is_left_to_people(clerk):
    make_working_days(number=60)
    service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    office = make_office(service)
    early = make_slot(office, service, day(2))
    make_slot(office, service, day(7))
    make_booking(early, receipt_number="外地0002")
    displaced = close_day(office, early.date, "停电", now=NOW)
    assert rebooking.move_all(displaced, actor=clerk, now=NOW) == ([], displaced)


def test_moves_by_the_registry_leave_the_citizen_all_their_own(slot, clerk):
    others = [make_slot(slot.office, slot.service, day(number)) for number in (4, 9, 10)]
    booking = make_booking(slot)
    booking = rebooking.move(booking, others[0].pk, actor=clerk, now=NOW)
    for other in others[1:]:
        booking = bookings.move(booking, other.pk, now=NOW)
    assert (booking.moves, booking.citizen_moves) == (3, 2)
    with pytest.raises(bookings.NotOnOfferError):
        bookings.move(booking, slot.pk, now=NOW)


@pytest.fixture
def young(slot):
    """A couple whose man is 22 on the day of their appointment, day 3."""
    booking = make_booking(slot)
    man = booking.parties.get(position=1)
    born = date(day(3).year - 22, day(3).month, day(3).day)
    number = make_id_number(born=f"{born:%Y%m%d}")
    man.encrypted = encrypt({**man.person, "id_number": number})
    man.save()
    return booking


def test_nobody_is_moved_to_a_day_on_which_he_is_too_young(young, clerk):
    early = make_slot(young.office, young.service, day(2))
    late = make_slot(young.office, young.service, day(4))
    assert rebooking.free_days_for(young, now=NOW) == [day(4)]
    assert late in rebooking.free_slots_for(young, now=NOW)
    assert early not in rebooking.free_slots_for(young, now=NOW)
    assert rebooking.free_slots_for(young, day=day(2), now=NOW) == []
    with pytest.raises(bookings.NotOnOfferError, match="年满22周岁"):
        rebooking.move(young, early.pk, actor=clerk, now=NOW)
    assert rebooking.move(young, late.pk, actor=clerk, now=NOW).slot == late


def test_mass_moves_leave_out_the_days_before_the_age(young, clerk):
    """The calendar closed day 2, on which he would have been too young anyway."""
    early = make_slot(young.office, young.service, day(1))
    young.slot = early
    young.save()
    make_slot(young.office, young.service, day(2))
    moved, left = rebooking.move_all([young], actor=clerk, now=NOW)
    assert [booking.slot.date for booking in moved] == [day(3)]
    assert left == []
