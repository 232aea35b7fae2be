"""Places, days, offices and rules as a manager changes them."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from home.personal_data.encryption import encrypt
from marriage.booking import bookings as bookings_core
from marriage.calendar.working_days import GUESS_NOTE
from marriage.models import (
    Booking,
    CounterAbsence,
    DayClosure,
    Office,
    Slot,
    WaitingEntry,
    WeeklyTemplate,
    WorkingDay,
)
from marriage.models.states import State
from marriage.planning import week_grid
from marriage.planning.closures import close_day
from marriage.planning.slot_generation import generate, horizon
from marriage.planning.week_grid import Band
from marriage.roles import CLERK, MANAGER
from tests.marriage.factories import at, make_booking, make_office, make_service

from .pages import later, log_in, post_twice, press, shown_by, text, url, walk_in_data

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
    data = {"act": "places", **shown_by(manager, address)}
    response = manager.post(
        address, {**data, f"places-{target.pk}": "0", f"places-{other.pk}": "9"}
    )
    assert response.status_code == 422
    assert booking.display_reference in text(response)
    for each in (target, other):
        each.refresh_from_db()
        assert each.capacity == 4
    manager.post(address, {**data, f"places-{target.pk}": "1", f"places-{other.pk}": "9"})
    target.refresh_from_db()
    other.refresh_from_db()
    assert (target.capacity, other.capacity) == (1, 9)


@pytest.mark.parametrize("typed", ["-1", "viele", "99999999", "1.5", "²", ""])
def test_places_that_are_no_number_are_refused(manager, slot, typed):
    target = later(slot, 3)
    address = url("day", target.office_id, f"{target.date:%Y-%m-%d}")
    data = {"act": "places", **shown_by(manager, address), f"places-{target.pk}": typed}
    response = manager.post(address, data)
    assert response.status_code == 422
    assert f"您输入了“{typed}”" in text(response)


def test_closing_a_day_leads_to_those_booked_and_moves_them(manager, slot):
    target, free = later(slot, 3), later(slot, 5)
    booking = make_booking(target)
    address = url("day", target.office_id, f"{target.date:%Y-%m-%d}")
    assert "请写明" in text(manager.post(address, {"act": "close"}, follow=True))
    page = text(post_twice(manager, address, {"act": "close", "reason": "停电"}))
    assert booking.display_reference in page
    assert "还有1个待改期" in page
    assert "待改期：停电" in text(manager.get(url("visit", booking.pk)))
    response = manager.post(
        url("affected"), {"act": "move", "booking": [booking.pk, "x", "9" * 30]}, follow=True
    )
    booking.refresh_from_db()
    assert booking.slot == free
    where = f"{booking.display_reference}改到{free.date.month}月{free.date.day}日{free.hours}"
    assert f"已改期1个预约：{where}。已通知当事人。" in text(response)
    manager.post(address, {"act": "open"})
    assert not DayClosure.objects.exists()


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ({"part": "morning"}, "上午"),
        ({"part": "afternoon"}, "下午"),
        ({"part": "hours", "start": "10:00", "end": "11:30"}, "10:00–11:30"),
    ],
)
def test_half_a_day_is_closed(manager, slot, typed, hours):
    target = later(slot, 3)
    address = url("day", target.office_id, f"{target.date:%Y-%m-%d}")
    post_twice(manager, address, {"act": "close", "reason": "开会", **typed})
    assert DayClosure.objects.get().hours == hours
    assert f"{hours}停办：开会" in text(manager.get(address))


@pytest.mark.parametrize(
    "typed",
    [
        {"part": "hours"},
        {"part": "hours", "start": "11:00", "end": "10:00"},
        {"part": "hours", "start": "25:00", "end": "x"},
        {"part": "year"},
        {"reason": ""},
    ],
)
def test_a_closure_that_cannot_be_is_refused_and_keeps_what_was_typed(manager, slot, typed):
    target = later(slot, 3)
    address = url("day", target.office_id, f"{target.date:%Y-%m-%d}")
    response = manager.post(address, {"act": "close", "reason": "开会的原因", **typed})
    assert response.status_code == 422
    assert typed.get("reason", "开会的原因") in text(response)
    assert not DayClosure.objects.exists()


def test_closed_days_can_be_cancelled_with_a_message(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    close_day(target.office, target.date, "停电")
    page = text(manager.get(url("affected")))
    assert " checked" not in page
    assert " checked" in text(manager.get(url("affected"), {"all": "1"}))
    data = {"act": "cancel", "booking": [booking.pk], "note": "停电"}
    page = text(manager.post(url("affected"), data))
    assert "还没有取消，也没有通知任何人" in page
    assert booking.display_reference in page
    booking.refresh_from_db()
    assert booking.state == State.DISPLACED
    page = text(manager.post(url("affected"), {**data, "sure": "1"}, follow=True))
    assert "已取消1个预约，不计入取消次数。已通知当事人。" in page
    booking.refresh_from_db()
    assert booking.state == State.CANCELLED_BY_OFFICE
    assert booking.messages.filter(kind="cancelled_by_office").exists()


def test_whoever_left_no_address_is_not_said_to_be_told(manager, slot):
    target = later(slot, 3)
    told, untold = make_booking(target), make_booking(target)
    for party in untold.parties.all():
        party.encrypted = encrypt({**party.person, "phone": "", "email": ""})
        party.save()
    close_day(target.office, target.date, "停电")
    data = {"act": "cancel", "booking": [told.pk, untold.pk], "sure": "1"}
    page = text(manager.post(url("affected"), data, follow=True))
    assert f"已通知1个预约的当事人；{untold.display_reference}没有留手机号码和邮箱" in page


def test_a_caller_is_moved_to_a_day_of_choice(clerk, slot):
    near = [later(slot, 3, hour=hour) for hour in range(8, 18)]
    for hour in range(8, 18):
        later(slot, 4, hour=hour)
    far = later(slot, 9)
    booking = make_booking(near[0])
    address = url("rebooking", booking.pk)
    page = text(clerk.get(address))
    assert f'<option value="{far.date:%Y-%m-%d}">' in page
    assert f'name="slot" value="{far.pk}"' not in page
    page = text(clerk.get(address, {"day": f"{far.date:%Y-%m-%d}"}))
    assert f'name="slot" value="{far.pk}"' in page
    assert f'name="slot" value="{near[1].pk}"' not in page
    press(clerk, "rebooking", booking, {"act": "move", "slot": far.pk})
    booking.refresh_from_db()
    assert booking.slot == far


def test_the_displaced_are_shown_with_whether_each_was_told(manager, slot):
    target = later(slot, 3)
    booking = make_booking(target)
    close_day(target.office, target.date, "停电")
    page = text(manager.get(url("affected")))
    assert "短信待发送" in page
    assert "与另一位同一号码" in page
    booking.messages.update(state="failed")
    assert "短信发送失败，请打电话" in text(manager.get(url("affected")))
    booking.messages.update(state="sent", sent_at=at(target.date, 9, 5))
    assert f"短信已发送（{target.date.month}月{target.date.day}日09:05）" in text(
        manager.get(url("affected"))
    )


@pytest.mark.parametrize("act", ["move", "cancel"])
def test_who_moved_by_themselves_meanwhile_is_named_not_moved_again(manager, slot, act):
    target, free = later(slot, 3), later(slot, 5)
    bookings = [make_booking(target), make_booking(target)]
    close_day(target.office, target.date, "停电")
    own = bookings_core.move(bookings[0], free.pk)
    data = {"act": act, "sure": "1", "booking": [booking.pk for booking in bookings]}
    page = text(manager.post(url("affected"), data, follow=True))
    assert f"{own.display_reference}已经不是待改期" in page
    own.refresh_from_db()
    assert (own.slot, own.moves) == (free, 1)
    data["booking"] = [own.pk]
    page = text(manager.post(url("affected"), data, follow=True))
    assert "已经不是待改期" in page
    assert "请先勾选" not in page


def test_forms_act_for_the_office_that_they_show(manager, slot):
    """Another office was looked at meanwhile, in another tab."""
    other = make_office(slot.service, name="琶洲婚姻登记处")
    pages = [url("walk_in"), url("caller"), url("week_grid")]
    forms = [
        BeautifulSoup(text(manager.get(page, {"office": slot.office_id})), "html.parser").find(
            "form", method="post", novalidate=True
        )
        for page in pages
    ]
    manager.get(url("desk"), {"office": other.pk})
    for page, form in zip(pages, forms, strict=True):
        sent = {field["name"]: field.get("value", "") for field in form.find_all("input")}
        assert sent["office"] == str(slot.office_id), page
        answer = manager.post(page, {**walk_in_data(slot), "office": sent["office"]})
        assert answer.context is None or answer.context["office"] == slot.office, page
    assert Booking.objects.get().office == slot.office
    assert manager.post(url("walk_in"), {"office": "999999"}).status_code in (302, 403)


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
    address = f"{url('calendar')}?month={month}"
    manager.post(address, {**data, **shown_by(manager, address)})
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
    address = f"{url('calendar')}?month={month}"
    data |= {"act": "save", **shown_by(manager, address)}
    response = post_twice(manager, address, data)
    assert booking.display_reference in text(response)
    assert "还有1个待改期" in text(response)


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
    address = reverse("marriage_offices:edit", args=[office.pk])
    response = manager.post(
        address,
        {
            **shown_by(manager, address),
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


def test_staff_pages_stay_within_25_queries_however_many_come(
    manager, slot, django_assert_max_num_queries
):
    Slot.objects.update(capacity=30)
    slot.refresh_from_db()
    for _ in range(25):
        booking = make_booking(slot, State.CHECKED_IN)
    addresses = [
        *(url(name) for name in ("desk", "desk_list", "walk_in", "capacity", "calendar")),
        *(url(name) for name in ("statistics", "export", "audit", "messages")),
        url("visit", booking.pk),
        url("day", slot.office.pk, slot.date),
    ]
    for address in addresses:
        manager.get(address)
        with django_assert_max_num_queries(25, info=address):
            assert manager.get(address).status_code == 200


def grid(manager, office, service, act="save", **fields):
    address = f"{url('week_grid')}?office={office.pk}&service={service.pk}"
    data = {
        **shown_by(manager, address),
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 0,
        "form-0-start": "09:00",
        "form-0-end": "12:00",
        "form-0-slot_minutes": 30,
        "form-0-day_0": 4,
        "form-0-day_2": 4,
        "act": act,
        **fields,
    }
    return address, data


def test_the_week_grid_is_opened_previewed_and_saved(manager, slot):
    address, data = grid(manager, slot.office, slot.service, "preview")
    assert manager.get(address).status_code == 200
    page = text(manager.post(address, data))
    assert "预览：28天" in page
    assert not WeeklyTemplate.objects.exists()
    page = text(manager.post(address, {**data, "act": "save"}, follow=True))
    assert "已保存，从" in page
    assert sorted(WeeklyTemplate.objects.values_list("weekday", flat=True)) == [0, 2]
    assert 'value="09:00"' in text(manager.get(address))


def test_a_grid_that_takes_from_others_is_saved_after_a_second_look(manager, slot):
    other = make_service(counter_minutes=30, title="领证业务")
    slot.office.services.add(other)
    Office.objects.filter(pk=slot.office_id).update(counters=3)
    morning = Band(time(9), time(12), 30, (2, 2, 2, 2, 2, 2, 2))
    first = timezone.localdate() + timedelta(days=1)
    week_grid.save(slot.office, other, [morning], first, horizon())
    address, data = grid(manager, slot.office, slot.service)
    page = text(manager.post(address, data))
    assert "还没有保存" in page
    assert "“领证业务”的名额" in page
    assert not WeeklyTemplate.objects.filter(service=slot.service).exists()
    seen = BeautifulSoup(page, "html.parser").find("input", {"name": "seen"})["value"]
    changed = {**data, "seen": seen, "form-0-day_0": 40}
    assert "还没有保存" in text(manager.post(address, changed))
    page = text(manager.post(address, {**data, "seen": seen}, follow=True))
    assert "已保存，从" in page
    assert f"从{first.year}年{first.month}月{first.day}日起" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"form-0-end": "08:00"},
        {"form-0-slot_minutes": 400},
        {"form-0-slot_minutes": "x"},
        {"form-0-end": ""},
        {"form-1-start": "11:00", "form-1-end": "13:00", "form-1-slot_minutes": 30,
         "form-1-day_0": 1},
        {"form-TOTAL_FORMS": "x"},
        {"form-0-day_0": 9999},
    ],
)  # fmt: skip
def test_a_grid_that_cannot_be_is_refused_and_keeps_what_was_typed(manager, slot, fields):
    address, data = grid(manager, slot.office, slot.service, **fields)
    response = manager.post(address, data)
    assert response.status_code == 422
    assert not WeeklyTemplate.objects.exists()


def test_staff_of_another_office_see_and_change_nothing_here(manager, slot, django_user_model):
    booking = make_booking(slot)
    slot.office.staff.add(django_user_model.objects.create_user("colleague"))
    day = f"{slot.date:%Y-%m-%d}"
    for address in (url("visit", booking.pk), url("day", slot.office_id, day)):
        assert manager.get(address).status_code in (302, 403)
    press(manager, "step", booking, {"step": "checked_in"})
    booking.refresh_from_db()
    assert booking.state == State.BOOKED
    assert booking.display_reference not in text(
        manager.get(url("desk"), {"office": slot.office_id})
    )
    slot.office.staff.add(django_user_model.objects.get(username="婚姻登记主管"))
    assert manager.get(url("visit", booking.pk)).status_code == 200


def test_a_missing_counter_is_applied_on_the_page_that_follows(manager, slot):
    """What is planned does not change what is offered by itself: the step is offered at once."""
    Office.objects.filter(pk=slot.office_id).update(counters=2)
    for weekday in range(7):
        WeeklyTemplate.objects.create(
            office=slot.office,
            service=slot.service,
            weekday=weekday,
            start=time(9),
            end=time(11),
            capacity=2,
        )
    manager.post(url("capacity"))
    day, other = slot.date + timedelta(days=3), slot.date + timedelta(days=4)
    before = list(Slot.objects.filter(date=day).values_list("capacity", flat=True))
    data = {"office": slot.office_id, "date": f"{day}", "counters": "1", "reason": ""}
    response = manager.post(reverse("marriage_absences:add"), data, follow=True)
    address = response.redirect_chain[-1][0]
    assert address.startswith(url("realign"))
    assert "调整 <strong>" in text(response)
    manager.post(address)
    after = list(Slot.objects.filter(date=day).values_list("capacity", flat=True))
    assert sum(after) < sum(before)
    assert list(Slot.objects.filter(date=other).values_list("capacity", flat=True)) == before
    absence = CounterAbsence.objects.get()
    response = manager.post(reverse("marriage_absences:delete", args=[absence.pk]), follow=True)
    address = response.redirect_chain[-1][0]
    assert address.startswith(url("realign"))
    manager.post(address)
    assert list(Slot.objects.filter(date=day).values_list("capacity", flat=True)) == before


def test_a_plan_that_changes_no_slot_leads_back_to_its_list(manager, slot):
    Office.objects.update(counters=3)
    day = slot.date + timedelta(days=5)
    data = {"office": slot.office_id, "date": f"{day}", "counters": "1", "reason": ""}
    response = manager.post(reverse("marriage_absences:add"), data)
    assert response.url == reverse("marriage_absences:index")


def test_an_edited_peak_day_leads_to_applying_on_its_old_and_new_days(manager, slot):
    from marriage.models import PeakDay, PeakPlan

    day = slot.date + timedelta(days=10)
    peak = PeakDay.objects.create(date=day, title="好日子")
    plan = PeakPlan.objects.create(
        peak_day=peak,
        office=slot.office,
        service=slot.service,
        start=time(9),
        end=time(11),
        slot_minutes=30,
        capacity=6,
    )
    generate(day, day)
    data = {
        "date": f"{day:%Y-%m-%d}",
        "until": f"{day:%Y-%m-%d}",
        "title": "好日子",
        "note": "",
        "day_limit": "2",
        "plans-TOTAL_FORMS": "1",
        "plans-INITIAL_FORMS": "1",
        "plans-MIN_NUM_FORMS": "0",
        "plans-MAX_NUM_FORMS": "1000",
        "plans-0-id": plan.pk,
        "plans-0-office": slot.office_id,
        "plans-0-service": slot.service_id,
        "plans-0-start": "09:00",
        "plans-0-end": "11:00",
        "plans-0-slot_minutes": "30",
        "plans-0-capacity": "6",
        "plans-0-DELETE": "",
    }
    address = reverse("marriage_peak_days:edit", args=[peak.pk])
    data |= shown_by(manager, address)
    response = manager.post(address, data)
    assert response.url.startswith(url("realign"))
    manager.post(response.url)
    slots = Slot.objects.filter(date=day).order_by("start")
    assert [each.capacity for each in slots] == [1, 0, 1, 0]
    moved = day + timedelta(days=1)
    typed = {"date": f"{moved:%Y-%m-%d}", "until": f"{moved:%Y-%m-%d}"}
    typed |= shown_by(manager, address)
    response = manager.post(address, {**data, **typed})
    assert f"first={day}&last={moved}" in response.url


def test_a_past_day_is_not_closed_unless_that_excuses_somebody(manager, slot):
    empty, missed = later(slot, -3), later(slot, -2)
    make_booking(missed, State.NO_SHOW)
    address = url("day", slot.office_id, f"{empty.date:%Y-%m-%d}")
    assert 'value="close"' not in text(manager.get(address))
    page = text(manager.post(address, {"act": "close", "reason": "停电"}, follow=True))
    assert "这一天已经过去，不能停办" in page
    assert not DayClosure.objects.exists()
    address = url("day", slot.office_id, f"{missed.date:%Y-%m-%d}")
    assert "补记，撤销爽约" in text(manager.get(address))
    post_twice(manager, address, {"act": "close", "reason": "停电"})
    assert DayClosure.objects.get().date == missed.date


@pytest.mark.parametrize("name", ["marriage_services", "marriage_refusal_reasons"])
def test_lists_say_yes_in_chinese(manager, slot, name):
    page = text(manager.get(reverse(f"{name}:index")))
    assert ">是<" in "".join(page.split())
    assert "True" not in page
