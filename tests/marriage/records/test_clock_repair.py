"""A clock that was a month ahead: what it did to bookings is undone in one step."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from home import clock
from marriage.booking import bookings
from marriage.desk import day_end
from marriage.models import BookingParty, OutboxMessage
from marriage.models.states import State
from marriage.records import clock_repair

from ..factories import MONDAY, at, make_booking, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)
NOW = at(MONDAY, 8)


@pytest.fixture
def slot(db):
    service = make_service()
    return make_slot(make_office(service), service)


def test_no_shows_need_the_day_to_be_over_by_the_clock_of_the_database_too(
    slot, monkeypatch, time_machine
):
    booking = make_booking(slot)
    ahead, right = NOW + MONTH, NOW
    time_machine.move_to(ahead, tick=False)
    monkeypatch.setattr(clock, "database_now", lambda: right)
    assert day_end.mark_no_shows() == 0
    booking.refresh_from_db()
    assert booking.state == State.BOOKED
    right = ahead
    assert day_end.mark_no_shows() == 1


def test_no_shows_of_days_to_come_are_undone(slot):
    coming, known = make_booking(slot), make_booking(slot)
    bookings.change(known, State.NO_SHOW, label="工作人员", now=NOW)  # By the desk, today.
    assert day_end.mark_no_shows(NOW + MONTH) == 1
    assert clock_repair.repair(NOW) == {"no-shows": 1, "holds": 0, "messages": 0}
    coming.refresh_from_db()
    known.refresh_from_db()
    assert (coming.state, known.state) == (State.BOOKED, State.NO_SHOW)
    assert coming.ended_at is None
    assert coming.parties.filter(is_active=True).exists()
    assert clock_repair.NOTE in set(coming.audit.values_list("note", flat=True))
    assert not any(clock_repair.repair(NOW).values())


def test_a_no_show_of_a_day_gone_by_stays(slot):
    booking = make_booking(slot)
    day_end.mark_no_shows(NOW + timedelta(days=1))
    assert not any(clock_repair.repair(NOW + timedelta(days=1)).values())
    booking.refresh_from_db()
    assert booking.state == State.NO_SHOW


def test_who_has_booked_again_meanwhile_keeps_the_new_booking(slot):
    first = make_booking(slot)
    person = first.parties.get(position=1).person_hash
    day_end.mark_no_shows(NOW + MONTH)
    second = make_booking(make_slot(slot.office, slot.service, hour=15))
    BookingParty.objects.filter(booking=second, position=1).update(person_hash=person)
    assert clock_repair.repair(NOW)["no-shows"] == 0
    first.refresh_from_db()
    assert first.state == State.NO_SHOW
    assert second.parties.filter(is_active=True).exists()


def test_holds_and_messages_do_not_wait_for_the_month_to_pass(slot):
    held = make_booking(slot, State.HELD)
    held.hold_expires = NOW + MONTH
    held.save()
    messages = [
        OutboxMessage.objects.create(
            booking=held,
            kind=f"k{attempts}",
            channel="sms",
            due_at=NOW + MONTH,
            attempts=attempts,
            once_key=f"{attempts}",
        )
        for attempts in (0, 1)
    ]
    assert clock_repair.repair(NOW) == {"no-shows": 0, "holds": 1, "messages": 1}
    held.refresh_from_db()
    assert held.hold_expires < NOW + timedelta(days=2)
    for message in messages:
        message.refresh_from_db()
    # What was never tried is due then: a reminder waits for its day.
    assert [message.due_at for message in messages] == [NOW + MONTH, NOW]


def test_the_command_says_what_it_has_done(slot):
    booking = make_booking(make_slot(slot.office, slot.service, timezone.localdate() + MONTH))
    day_end.mark_no_shows(timezone.now() + 3 * MONTH)
    out = StringIO()
    call_command("repair_after_wrong_clock", stdout=out)
    assert out.getvalue() == "no-shows: 1\nholds: 0\nmessages: 0\n"
    booking.refresh_from_db()
    assert booking.state == State.BOOKED
