"""Holds, confirmations, moves and cancellations, one person after the other."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marriage.booking import bookings
from marriage.models import (
    AuditEntry,
    Booking,
    BookingParty,
    BookingRules,
    DayClosure,
    OutboxMessage,
    Slot,
    WaitingEntry,
    WorkingDay,
)
from marriage.models.states import IllegalChangeError, State

from ..factories import (
    at,
    make_asking_service,
    make_coming_slot,
    make_confirmed_booking,
    make_couple,
    make_office,
    make_person,
)

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def taken(slot) -> int:
    return Slot.objects.get(pk=slot.pk).taken


def test_a_hold_takes_a_place_and_a_second_person_is_told_it_is_full():
    slot = make_coming_slot(capacity=1)
    held = bookings.hold(slot.pk)
    assert taken(slot) == 1
    assert len(held.hold_token) >= 24
    with pytest.raises(bookings.FullError, match="约满"):
        bookings.hold(slot.pk)


def test_a_confirmed_hold_is_a_booking_with_people_audit_and_messages():
    held = bookings.hold(make_coming_slot().pk)
    couple = make_couple()
    booked = bookings.confirm(held.hold_token, couple, details={"answers": {"origin": "mainland"}})
    assert booked.state == State.BOOKED
    assert [party.person["name"] for party in booked.parties.all()] == ["张三", "李四"]
    assert booked.details["answers"] == {"origin": "mainland"}
    assert AuditEntry.objects.get(booking=booked).action == "confirmed"
    assert set(booked.messages.values_list("kind", flat=True)) == {"confirmed", "reminder"}


def test_personal_data_is_not_readable_in_the_tables():
    couple = make_couple()
    booked = make_confirmed_booking(people=couple)
    rows = [
        *BookingParty.objects.filter(booking=booked).values(),
        *Booking.objects.filter(pk=booked.pk).values(),
        *OutboxMessage.objects.values(),
        *AuditEntry.objects.values(),
    ]
    for secret in (
        "张三",
        couple[0]["id_number"],
        couple[0]["id_number"][-4:] + "'",
        "13800001234",
    ):
        assert secret not in str(rows)


def test_confirming_twice_gives_one_booking():
    held = bookings.hold(make_coming_slot().pk)
    couple = make_couple()
    first = bookings.confirm(held.hold_token, couple)
    second = bookings.confirm(held.hold_token, couple)
    assert first.pk == second.pk
    assert BookingParty.objects.count() == 2
    assert OutboxMessage.objects.filter(kind="confirmed").count() == 2


def test_a_hold_that_ran_out_cannot_be_confirmed_and_its_place_goes_to_the_next():
    slot = make_coming_slot()
    held = bookings.hold(slot.pk)
    later = timezone.now() + 11 * MINUTE
    with pytest.raises(bookings.HoldExpiredError, match="过期"):
        bookings.confirm(held.hold_token, make_couple(), now=later)
    second = bookings.hold(slot.pk, now=later)
    assert second.pk != held.pk
    assert taken(slot) == 1
    assert Booking.objects.get(pk=held.pk).state == State.EXPIRED


def test_the_length_of_a_hold_is_a_rule():
    rules = BookingRules.load()
    rules.hold_minutes = 3
    rules.save()
    held = bookings.hold(make_coming_slot().pk)
    assert datetime.timedelta(minutes=2.9) < held.hold_expires - timezone.now() <= 3 * MINUTE


def test_nobody_confirms_without_the_token():
    bookings.hold(make_coming_slot().pk)
    with pytest.raises(bookings.HoldExpiredError):
        bookings.confirm("guessed", make_couple())


def test_choosing_another_time_gives_the_first_back():
    service = make_asking_service()
    first, second = make_coming_slot(service), make_coming_slot(service, hour=10)
    held = bookings.hold(first.pk)
    bookings.hold(second.pk, replaces=held.hold_token)
    assert (taken(first), taken(second)) == (0, 1)
    assert Booking.objects.get(pk=held.pk).state == State.RELEASED


@pytest.mark.parametrize("other_is_later", [True, False])
def test_a_failed_change_of_time_keeps_the_hold(other_is_later):
    service = make_asking_service()
    slots = [make_coming_slot(service), make_coming_slot(service, hour=10)]
    mine, other = slots if other_is_later else reversed(slots)
    bookings.hold(other.pk)
    held = bookings.hold(mine.pk)
    with pytest.raises(bookings.FullError):
        bookings.hold(other.pk, replaces=held.hold_token)
    assert bookings.live_hold(held.hold_token) is not None
    assert (taken(mine), taken(other)) == (1, 1)


def test_choosing_the_same_time_again_keeps_the_hold():
    slot = make_coming_slot()
    held = bookings.hold(slot.pk)
    assert bookings.hold(slot.pk, replaces=held.hold_token).pk == held.pk
    assert taken(slot) == 1


@pytest.mark.parametrize("capacity", [1, 2])
@pytest.mark.parametrize("minutes", [9, 10, 11])
def test_choosing_the_same_time_after_the_hold_expired_takes_one_place(capacity, minutes):
    slot, now = make_coming_slot(capacity=capacity), timezone.now()
    for _ in range(capacity):
        held = bookings.hold(slot.pk, now=now)
    later = now + datetime.timedelta(minutes=minutes)
    again = bookings.hold(slot.pk, replaces=held.hold_token, now=later)
    assert (again.pk == held.pk) == (minutes < 10)
    holds = Booking.objects.filter(slot=slot, state=State.HELD).count()
    assert taken(slot) == holds <= capacity


def test_one_active_booking_per_person_and_service_on_either_side():
    service = make_asking_service()
    couple = make_couple()
    make_confirmed_booking(make_coming_slot(service), couple)
    held = bookings.hold(make_coming_slot(service, hour=10).pk)
    with pytest.raises(bookings.AlreadyBookedError) as caught:
        bookings.confirm(held.hold_token, [make_person(man=True), couple[0]])
    assert caught.value.position == 2
    assert bookings.live_hold(held.hold_token), "the hold must stand"
    other = bookings.hold(make_coming_slot(make_asking_service()).pk)
    bookings.confirm(other.hold_token, couple)  # Another service is another matter.


def test_a_small_x_and_spaces_are_the_same_person():
    service = make_asking_service()
    person = make_person(id_number="11010519491231002X")
    make_confirmed_booking(make_coming_slot(service), [person])
    held = bookings.hold(make_coming_slot(service, hour=10).pk)
    with pytest.raises(bookings.AlreadyBookedError):
        bookings.confirm(held.hold_token, [{**person, "id_number": "110105 19491231 002x"}])


def test_cancelling_frees_the_place_and_the_persons_and_tells_them_once():
    slot = make_coming_slot()
    couple = make_couple()
    booked = make_confirmed_booking(slot, couple)
    cancelled = bookings.cancel(booked)
    assert bookings.cancel(cancelled).state == State.CANCELLED
    assert taken(slot) == 0
    assert not booked.messages.filter(kind="reminder").exists()
    assert booked.messages.filter(kind="cancelled").count() == 2
    make_confirmed_booking(slot, couple)


def test_cancelling_after_the_deadline_is_refused_with_the_date_and_the_telephone():
    booked = make_confirmed_booking(make_coming_slot(days_ahead=1))
    with pytest.raises(bookings.NotOnOfferError, match="020-00000000"):
        bookings.cancel(booked)
    assert Booking.objects.get(pk=booked.pk).state == State.BOOKED


def test_moving_keeps_the_reference_and_counts():
    service = make_asking_service()
    first, second, third = (make_coming_slot(service, hour=hour) for hour in (9, 10, 11))
    booked = make_confirmed_booking(second)
    moved = bookings.move(booked, first.pk)
    moved = bookings.move(moved, third.pk)
    assert moved.reference == booked.reference
    assert [taken(slot) for slot in (first, second, third)] == [0, 0, 1]
    with pytest.raises(bookings.NotOnOfferError, match="最多改期2次"):
        bookings.move(moved, first.pk)
    assert booked.messages.filter(kind="reminder").count() == 2
    assert booked.messages.filter(kind="moved").count() == 4


def test_moving_to_a_full_slot_or_another_service_changes_nothing():
    service = make_asking_service()
    first, second = make_coming_slot(service), make_coming_slot(service, hour=10)
    booked = make_confirmed_booking(first)
    make_confirmed_booking(second)
    with pytest.raises(bookings.FullError):
        bookings.move(booked, second.pk)
    with pytest.raises(bookings.NotOnOfferError):
        bookings.move(booked, make_coming_slot().pk)
    assert (taken(first), taken(second)) == (1, 1)


@pytest.mark.parametrize(
    ("days_ahead", "reason"), [(-1, "已经过去"), (0, "须提前1天"), (32, "放号")]
)
def test_days_out_of_reach_say_why(days_ahead, reason):
    with pytest.raises(bookings.NotOnOfferError, match=reason):
        bookings.hold(make_coming_slot(days_ahead=days_ahead).pk)


def test_closed_days_say_why():
    slot = make_coming_slot()
    WorkingDay.objects.filter(date=slot.date).update(is_confirmed=False)
    with pytest.raises(bookings.NotOnOfferError, match="待核实"):
        bookings.hold(slot.pk)
    DayClosure.objects.create(office=slot.office, date=slot.date, reason="系统检修")
    with pytest.raises(bookings.NotOnOfferError, match="系统检修"):
        bookings.hold(slot.pk)


@pytest.mark.parametrize("mode", ["link", "closed"])
def test_an_office_that_does_not_book_here_never_sells_a_place(mode):
    service = make_asking_service()
    slot = make_coming_slot(
        service, make_office(service, mode=mode, link="https://example.gov.cn/")
    )
    with pytest.raises(bookings.NotOnOfferError, match="预约"):
        bookings.hold(slot.pk)


def test_the_release_hour_decides_on_the_last_day():
    rules = BookingRules.load()
    slot = make_coming_slot(days_ahead=rules.max_days_ahead)
    today = timezone.localdate()
    early = timezone.make_aware(datetime.datetime.combine(today, datetime.time(8, 29)))
    with pytest.raises(bookings.NotOnOfferError, match="08:30开始放号"):
        bookings.hold(slot.pk, now=early)
    assert bookings.hold(slot.pk, now=early + MINUTE)


def test_illegal_changes_are_refused():
    booked = make_confirmed_booking()
    with pytest.raises(IllegalChangeError):
        bookings.change(booked, State.DONE)
    cancelled = bookings.cancel(booked)
    with pytest.raises(IllegalChangeError):
        bookings.change(cancelled, State.CHECKED_IN)


def test_a_no_show_keeps_its_place_but_frees_the_persons():
    slot = make_coming_slot()
    booked = bookings.change(make_confirmed_booking(slot), State.NO_SHOW)
    assert taken(slot) == 1
    assert not booked.parties.filter(is_active=True).exists()


def test_the_database_itself_refuses_an_oversold_slot():
    slot = make_coming_slot(capacity=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(capacity=0, taken=1)


def test_a_returned_place_goes_to_the_first_who_waits_and_to_nobody_else(time_machine):
    time_machine.move_to(at(timezone.localdate(), 10))  # Offers of the night wait for the morning.
    slot = make_coming_slot()
    booked = make_confirmed_booking(slot)
    entries = [
        WaitingEntry.objects.create(service=slot.service, office=slot.office, date=slot.date)
        for _ in range(2)
    ]
    bookings.cancel(booked)
    first = WaitingEntry.objects.get(pk=entries[0].pk)
    assert first.state == WaitingEntry.State.OFFERED
    assert taken(slot) == 1
    with pytest.raises(bookings.FullError):
        bookings.hold(slot.pk)
    # The first lets it lapse: the second gets it, still nobody else.
    assert bookings.expire_holds(timezone.now() + 121 * MINUTE) == 1
    states = list(WaitingEntry.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["lapsed", "offered"]
    assert taken(slot) == 1


def test_references_are_long_random_and_easy_to_read_out():
    references = {Booking(hold_token=str(n)).reference for n in range(500)}
    assert len(references) == 500
    assert all(len(reference) == 10 for reference in references)
    assert not set("".join(references)) & set("0O1IL2Z5S8B")
