"""Places, days, offices and rules as a manager changes them."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from marriage.models import (
    DayClosure,
    Office,
    Slot,
    WaitingEntry,
    WeeklyTemplate,
    WorkingDay,
)
from marriage.roles import CLERK, MANAGER
from marriage.states import State
from marriage.working_days import GUESS_NOTE
from tests.marriage.factories import (
    make_booking,
    make_office,
)

from .pages import later, log_in, text, url

pytestmark = pytest.mark.django_db


def test_clerks_cannot_change_places_or_days(clerk, slot):
    for name, *args in (
        ("capacity",),
        ("calendar",),
        ("affected",),
        ("realign",),
        ("day", slot.office_id, f"{slot.date:%Y-%m-%d}"),
    ):
        assert clerk.get(url(name, *args)).status_code == 302
        assert clerk.post(url(name, *args), {"act": "close", "reason": "x"}).status_code == 302
    assert not DayClosure.objects.exists()


def test_strangers_are_sent_to_the_login(client, slot):
    booking = make_booking(slot)
    for name, *args in (("desk",), ("desk_list",), ("visit", booking.pk), ("capacity",)):
        assert "/login/" in client.get(url(name, *args)).url


def test_the_list_of_templates_asks_for_all_offices_at_once(
    manager, slot, django_assert_max_num_queries
):
    for weekday in range(7):
        for hour in range(8, 12):
            WeeklyTemplate.objects.create(
                office=slot.office,
                service=slot.service,
                weekday=weekday,
                start=time(hour),
                end=time(hour + 1),
            )
    with django_assert_max_num_queries(25):
        page = text(manager.get(reverse("marriage_templates:index")))
    assert page.count("11:00") >= 7


def test_slots_are_made_by_a_button(manager, slot):
    for weekday in range(7):
        WeeklyTemplate.objects.create(
            office=slot.office,
            service=slot.service,
            weekday=weekday,
            start=time(9),
            end=time(10),
        )
    response = manager.post(url("capacity"), follow=True)
    assert "已生成" in text(response)
    assert Slot.objects.filter(date=slot.date + timedelta(days=3)).count() == 2
    assert "没有缺少的时段" in text(manager.post(url("capacity"), follow=True))


def test_fewer_places_than_taken_are_refused_with_the_people(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    other = later(slot, 3, hour=14)
    address = url("day", target.office_id, f"{target.date:%Y-%m-%d}")
    response = manager.post(
        address, {"act": "places", f"places-{target.pk}": "0", f"places-{other.pk}": "9"}
    )
    assert response.status_code == 422
    assert booking.display_reference in text(response)
    for each in (target, other):
        each.refresh_from_db()
        assert each.capacity == 4
    manager.post(address, {"act": "places", f"places-{target.pk}": "1", f"places-{other.pk}": "9"})
    target.refresh_from_db()
    other.refresh_from_db()
    assert (target.capacity, other.capacity) == (1, 9)


@pytest.mark.parametrize("typed", ["-1", "viele", "99999999", "1.5", "²"])
def test_places_that_are_no_number_are_refused(manager, slot, typed):
    target = later(slot, 3)
    response = manager.post(
        url("day", target.office_id, f"{target.date:%Y-%m-%d}"),
        {"act": "places", f"places-{target.pk}": typed},
    )
    assert response.status_code == 422
    assert typed in text(response)


def test_closing_a_day_leads_to_those_booked_and_moves_them(manager, slot):
    target, free = later(slot, 3), later(slot, 5)
    booking = make_booking(target)
    address = url("day", target.office_id, f"{target.date:%Y-%m-%d}")
    assert "请写明" in text(manager.post(address, {"act": "close"}, follow=True))
    page = text(manager.post(address, {"act": "close", "reason": "停电"}, follow=True))
    assert booking.display_reference in page
    response = manager.post(
        url("affected"), {"act": "move", "booking": [booking.pk, "x", "9" * 30]}, follow=True
    )
    assert "已改期1个预约" in text(response)
    booking.refresh_from_db()
    assert booking.slot == free
    manager.post(address, {"act": "open"})
    assert not DayClosure.objects.exists()


def test_closed_days_can_be_cancelled_with_a_message(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    DayClosure.objects.create(office=target.office, date=target.date, reason="停电")
    manager.post(url("affected"), {"act": "cancel", "booking": [booking.pk], "note": "停电"})
    booking.refresh_from_db()
    assert booking.state == State.CANCELLED_BY_OFFICE
    assert booking.messages.filter(kind="cancelled_by_office").exists()


def test_a_changed_template_is_shown_then_applied(manager, slot):
    for weekday in range(7):
        WeeklyTemplate.objects.create(
            office=slot.office, service=slot.service, weekday=weekday, start=time(9), end=time(10)
        )
    manager.post(url("capacity"))
    WeeklyTemplate.objects.update(capacity=7)
    assert "调整" in text(manager.get(url("realign")))
    manager.post(url("realign"), follow=True)
    ahead = Slot.objects.filter(date__gt=slot.date)
    assert set(ahead.values_list("capacity", flat=True)) == {7}
    booking = make_booking(ahead.first())
    WeeklyTemplate.objects.update(capacity=0)
    response = manager.post(url("realign"))
    assert response.status_code == 422
    assert booking.display_reference in text(response)
    assert set(ahead.values_list("capacity", flat=True)) == {7}


def test_unconfirmed_days_are_listed_and_confirmed_by_the_month(manager, slot):
    month = f"{slot.date + timedelta(days=40):%Y-%m}"
    unknown = WorkingDay.objects.filter(date__startswith=month)
    unknown.update(is_confirmed=False)
    page = text(manager.get(url("calendar"), {"month": month}))
    assert "还没有核实的日子" in page
    day = unknown.first().date
    data = {f"work-{row.date:%Y-%m-%d}": "1" for row in unknown}
    data |= {f"note-{row.date:%Y-%m-%d}": GUESS_NOTE for row in unknown}
    data |= {f"work-{day:%Y-%m-%d}": "0", f"note-{day:%Y-%m-%d}": "春节放假", "act": "confirm"}
    manager.post(f"{url('calendar')}?month={month}", data)
    row = WorkingDay.objects.get(date=day)
    assert (row.is_working, row.is_confirmed, row.note) == (False, True, "春节放假")
    month_rows = WorkingDay.objects.filter(date__startswith=month)
    assert not month_rows.filter(is_confirmed=False).exists()
    assert not month_rows.filter(note=GUESS_NOTE).exists()


def test_turning_a_booked_day_into_a_holiday_lists_those_booked(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    month = f"{target.date:%Y-%m}"
    data = {
        f"work-{row.date:%Y-%m-%d}": "0" if row.date == target.date else "1"
        for row in WorkingDay.objects.filter(date__startswith=month)
    }
    response = manager.post(
        f"{url('calendar')}?month={month}", {**data, "act": "save"}, follow=True
    )
    assert booking.display_reference in text(response)


@pytest.mark.parametrize("day", ["2026-02-30", "heute", "9999-99-99"])
def test_a_day_that_is_none_is_not_found(manager, slot, day):
    assert manager.get(url("day", slot.office_id, day)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["marriage_offices", "marriage_services", "marriage_templates", "marriage_peak_days"],
)
def test_managers_edit_the_registry_and_clerks_do_not(client, django_user_model, slot, name):
    from django.test import Client

    manager = log_in(client, django_user_model, MANAGER)
    clerk = log_in(Client(), django_user_model, CLERK)
    for page in ("index", "add"):
        assert manager.get(reverse(f"{name}:{page}")).status_code == 200
    assert clerk.get(reverse(f"{name}:add")).status_code == 302


def test_a_manager_changes_the_rules(manager):
    address = manager.get(url("rules"), follow=True).redirect_chain[-1][0]
    assert manager.get(address).status_code == 200


def test_a_peak_day_is_made_with_its_plan(manager, slot):
    from marriage.models import PeakDay

    day = slot.date + timedelta(days=20)
    data = {
        "date": f"{day:%Y-%m-%d}",
        "title": "好日子",
        "note": "",
        "plans-TOTAL_FORMS": "1",
        "plans-INITIAL_FORMS": "0",
        "plans-MIN_NUM_FORMS": "0",
        "plans-MAX_NUM_FORMS": "1000",
        "plans-0-office": slot.office_id,
        "plans-0-service": slot.service_id,
        "plans-0-start": "08:00",
        "plans-0-end": "12:00",
        "plans-0-slot_minutes": "15",
        "plans-0-capacity": "10",
        "plans-0-DELETE": "",
    }
    bad = manager.post(reverse("marriage_peak_days:add"), {**data, "plans-0-end": "07:00"})
    assert "结束时间要晚于开始时间" in text(bad)
    response = manager.post(reverse("marriage_peak_days:add"), data, follow=True)
    assert "套用新方案" in text(response)
    assert PeakDay.objects.get().plans.get().capacity == 10


def test_an_office_that_stops_booking_here_names_those_still_to_come(manager, slot):
    make_booking(later(slot, 3))
    office = slot.office
    response = manager.post(
        reverse("marriage_offices:edit", args=[office.pk]),
        {
            "name": office.name,
            "code": office.code,
            "place": office.place_id,
            "mode": "closed",
            "services": [slot.service_id],
            "sort_order": 0,
        },
        follow=True,
    )
    assert "还有1个预约没有办理" in text(response)
    office.refresh_from_db()
    assert office.mode == "closed"


def test_an_office_with_bookings_cannot_be_deleted(manager, slot):
    make_booking(slot)
    for name, pk in (("offices", slot.office_id), ("services", slot.service_id)):
        response = manager.post(reverse(f"marriage_{name}:delete", args=[pk]), follow=True)
        assert "不能删除" in text(response)
    empty = make_office()
    manager.post(reverse("marriage_offices:delete", args=[empty.pk]))
    assert list(Office.objects.values_list("pk", flat=True)) == [slot.office_id]


def test_a_day_tells_how_many_wait_for_it(manager, slot):
    target = later(slot, 3, capacity=0)
    WaitingEntry.objects.create(service=target.service, office=target.office, date=target.date)
    page = text(manager.get(url("day", target.office_id, f"{target.date:%Y-%m-%d}")))
    assert "有1人在候补这一天" in page


def test_staff_pages_stay_within_twenty_queries_however_many_come(
    manager, slot, django_assert_max_num_queries
):
    Slot.objects.update(capacity=30)
    slot.refresh_from_db()
    for _ in range(25):
        booking = make_booking(slot, State.CHECKED_IN)
    addresses = [
        *(url(name) for name in ("desk", "desk_list", "walk_in", "capacity", "calendar")),
        *(url(name) for name in ("figures", "export", "audit", "messages")),
        url("visit", booking.pk),
        url("day", slot.office.pk, slot.date),
    ]
    for address in addresses:
        manager.get(address)
        with django_assert_max_num_queries(20, info=address):
            assert manager.get(address).status_code == 200
