"""Before a time is closed: who is concerned and what they will read, and nobody told yet."""

from datetime import time, timedelta

import pytest

from home.models import ServiceHoursException
from marriage.models import DayClosure, OutboxMessage, PlanningEntry, WorkingDay
from marriage.models.states import State
from marriage.planning import closures
from tests.marriage.factories import make_booking, make_slot

from .pages import later, post_twice, shown_by, text, url

pytestmark = pytest.mark.django_db
CLOSE = {"act": "close", "reason": "停电检修"}


def address_of(slot):
    return url("day", slot.office_id, slot.date.isoformat())


def test_nothing_happens_before_the_manager_has_seen_whom_it_concerns(manager, slot):
    target = later(slot, 3, capacity=9)
    couples = [make_booking(target) for _ in range(3)]
    response = manager.post(address_of(target), CLOSE)
    page = text(response)
    assert all(booking.display_reference in page for booking in couples)
    assert "会受影响的预约（共3个）" in page
    assert "发出3条短信" in page, "both of each couple have one number"
    assert not DayClosure.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert {booking.state for booking in couples} == {State.BOOKED}


def test_people_are_masked_in_the_preview(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    page = text(manager.post(address_of(target), CLOSE))
    for party in booking.parties.all():
        assert party.person["id_number"] not in page
        assert party.person["phone"] not in page
    assert "138****1234" in page


def test_the_text_that_is_shown_is_the_text_that_is_sent(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    shown = manager.post(address_of(target), CLOSE).context["preview"].text
    assert "停电检修" in shown
    assert booking.display_reference in shown
    post_twice(manager, address_of(target), CLOSE)
    assert [row.content["body"] for row in booking.messages.all()] == [shown]


def test_the_month_counts_what_is_not_closed(manager, slot):
    """The morning is closed: its capacity is nobody's, and it is called 上午."""
    target = later(slot, 3, hour=9, capacity=4)
    afternoon = make_slot(slot.office, slot.service, target.date, 14, capacity=3)
    make_booking(afternoon)
    closures.close_day(slot.office, target.date, "停电", start=time(0), end=time(12))
    page = text(manager.get(url("capacity"), {"month": f"{target.date:%Y-%m}"}))
    assert "上午停办：停电" in page
    assert "已约1，共3" in page


def test_a_booking_made_meanwhile_is_shown_before_it_is_told(manager, slot):
    target = later(slot, 3)
    make_booking(target)
    seen = manager.post(address_of(target), CLOSE).context["seen"]
    late = make_booking(target)
    response = manager.post(address_of(target), {**CLOSE, "seen": seen})
    assert late.display_reference in text(response)
    assert "请再看一遍" in text(response)
    assert not DayClosure.objects.exists()


@pytest.mark.parametrize("changed", [{"reason": "开会"}, {"part": "morning"}])
def test_a_confirmation_counts_only_for_what_was_shown(manager, slot, changed):
    target = later(slot, 3)
    make_booking(target)
    seen = manager.post(address_of(target), CLOSE).context["seen"]
    manager.post(address_of(target), {**CLOSE, **changed, "seen": seen})
    assert not DayClosure.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_going_back_keeps_what_was_typed(manager, slot):
    target = later(slot, 3)
    make_booking(target)
    response = manager.post(address_of(target), {**CLOSE, "act": "edit", "part": "morning"})
    assert response.status_code == 200
    assert "停电检修" in text(response)
    assert response.context["closure_form"]["part"].value() == "morning"
    assert not DayClosure.objects.exists()


def test_half_a_day_concerns_its_half_only(manager, slot):
    morning, afternoon = later(slot, 3, hour=9), later(slot, 3, hour=14)
    early, late = make_booking(morning), make_booking(afternoon)
    page = text(manager.post(address_of(morning), {**CLOSE, "part": "afternoon"}))
    assert late.display_reference in page
    assert early.display_reference not in page


def test_a_day_without_bookings_says_that_nobody_is_told(manager, slot):
    target = later(slot, 3)
    assert "不会发短信" in text(manager.post(address_of(target), CLOSE))
    assert not DayClosure.objects.exists()
    assert "停办：停电检修" in text(post_twice(manager, address_of(target), CLOSE))


def test_a_no_show_who_has_booked_again_is_not_told(manager, slot):
    missed = make_slot(slot.office, slot.service, slot.date - timedelta(days=2))
    WorkingDay.objects.create(date=missed.date, is_working=True, is_confirmed=True)
    booking = make_booking(missed, State.NO_SHOW)
    again = make_booking(later(slot, 3))
    again.parties.update(is_active=False)
    for party in again.parties.all():
        party.person_hash = booking.parties.get(position=party.position).person_hash
        party.is_active = True
        party.save()
    response = manager.post(address_of(missed), CLOSE)
    assert "另有1个已记的爽约会撤销" in text(response)
    assert not response.context["preview"].rows
    post_twice(manager, address_of(missed), CLOSE)
    booking.refresh_from_db()
    assert booking.is_excused
    assert not booking.messages.exists()


def month_with_a_rest(manager, day) -> tuple[str, dict]:
    month = f"{day:%Y-%m}"
    address = f"{url('calendar')}?month={month}"
    data = {
        f"work-{row.date:%Y-%m-%d}": "0" if row.date == day else "1"
        for row in WorkingDay.objects.filter(date__startswith=month)
    }
    return address, data | shown_by(manager, address)


def test_a_booked_day_becomes_one_of_rest_only_when_confirmed(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    address, data = month_with_a_rest(manager, target.date)
    page = text(manager.post(address, {**data, "act": "save"}))
    assert booking.display_reference in page
    assert "当天休息" in page
    assert WorkingDay.objects.get(date=target.date).is_working
    assert not OutboxMessage.objects.exists()
    manager.post(address, {**data, "act": "edit"})
    assert WorkingDay.objects.get(date=target.date).is_working
    post_twice(manager, address, {**data, "act": "save"})
    booking.refresh_from_db()
    assert booking.state == State.DISPLACED
    assert booking.messages.filter(kind="displaced").exists()


def test_a_month_without_bookings_is_saved_at_once(manager, slot):
    day = slot.date + timedelta(days=3)
    address, data = month_with_a_rest(manager, day)
    manager.post(address, {**data, "act": "save"})
    assert not WorkingDay.objects.get(date=day).is_working


def test_the_other_half_of_a_day_is_closed_too(manager, slot):
    """The morning is closed; then the afternoon falls too. Only those of the afternoon are told
    now, and the day is closed as a whole."""
    morning = make_booking(later(slot, 3, hour=9))
    afternoon_slot = make_slot(slot.office, slot.service, morning.slot.date, 14)
    afternoon = make_booking(afternoon_slot)
    address = address_of(morning.slot)
    post_twice(manager, address, {**CLOSE, "part": "morning"})
    assert "再停办这段时间" in text(manager.get(address))
    page = text(manager.post(address, {**CLOSE, "part": "afternoon", "reason": "台风"}))
    assert afternoon.display_reference in page
    assert morning.display_reference not in page
    post_twice(manager, address, {**CLOSE, "part": "afternoon", "reason": "台风"})
    closure = DayClosure.objects.get()
    assert (closure.start, closure.end, closure.reason) == (None, None, "停电检修；台风")
    afternoon.refresh_from_db()
    assert afternoon.state == State.DISPLACED
    assert morning.messages.count() == 1


def test_hours_that_do_not_meet_are_not_closed_over(manager, slot):
    target = later(slot, 3)
    hours = {**CLOSE, "part": "hours"}
    post_twice(manager, address_of(target), {**hours, "start": "09:00", "end": "10:00"})
    page = text(manager.post(address_of(target), {**hours, "start": "15:00", "end": "16:00"}))
    assert "请填09:00到16:00" in page
    post_twice(manager, address_of(target), {**hours, "start": "10:00", "end": "11:00"})
    closure = DayClosure.objects.get()
    assert (closure.start, closure.end, closure.reason) == (time(9), time(11), "停电检修")


def test_closed_slots_have_nothing_left(manager, slot):
    """The afternoon is closed; then the place opens from 9:00 to 10:30 only."""
    morning = later(slot, 3, hour=9, capacity=4)
    afternoon = make_slot(slot.office, slot.service, morning.date, 14, capacity=3)
    month = {"month": f"{morning.date:%Y-%m}"}
    closures.close_day(slot.office, morning.date, "停电", start=time(12), end=time(18))
    page = manager.get(address_of(morning))
    assert page.context["open_slots"] == {morning.pk}
    assert "<td>停办</td>" in text(page)
    closures.reopen_day(slot.office, morning.date)
    assert "已约0，共7" in text(manager.get(url("capacity"), month))
    day = {"first_day": morning.date, "last_day": morning.date}
    hours = {"opens": time(9), "closes": time(10, 30)}
    ServiceHoursException.objects.create(place=slot.office.place, **day, **hours)
    assert afternoon.pk not in manager.get(address_of(morning)).context["open_slots"]
    assert "已约0，共4" in text(manager.get(url("capacity"), month))
    entry = PlanningEntry.objects.filter(kind="例外日子").latest("pk")
    assert entry.office == slot.office
