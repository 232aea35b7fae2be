"""The staff pages as people with their roles see them."""

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from marriage.models import (
    Acceptance,
    AuditEntry,
    Booking,
    BookingRules,
    DayClosure,
    Office,
    OutboxMessage,
    Service,
    Slot,
    WaitingEntry,
    WeeklyTemplate,
    WorkingDay,
)
from marriage.roles import CLERK, MANAGER, set_up_roles
from marriage.states import State
from marriage.working_days import GUESS_NOTE

from .factories import make_booking, make_id_number, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"marriage_staff:{name}", args=args)


def log_in(client, django_user_model, group):
    set_up_roles()
    user = django_user_model.objects.create_user(group, password="x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def clerk(client, django_user_model):
    return log_in(client, django_user_model, CLERK)


@pytest.fixture
def manager(client, django_user_model):
    return log_in(client, django_user_model, MANAGER)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def slot(today):
    service = make_service()
    for number in range(60):
        WorkingDay.objects.create(
            date=today + timedelta(days=number), is_working=True, is_confirmed=True
        )
    return Slot.objects.create(
        office=make_office(service),
        service=service,
        date=today,
        start=time(0),
        end=time(23, 59),
        capacity=4,
    )


def later(slot, days, **fields):
    return make_slot(slot.office, slot.service, slot.date + timedelta(days=days), **fields)


def text(response):
    return response.content.decode()


def test_the_desk_shows_people_masked(clerk, slot):
    booking = make_booking(slot)
    number = booking.parties.first().person["id_number"]
    page = text(clerk.get(url("desk")))
    assert booking.display_reference in page
    assert "李**" in page
    assert f"440***********{number[-4:]}" in page
    assert number not in page
    assert "李示例" not in page
    assert "13800001234" not in page


def test_the_queries_of_the_desk_do_not_grow_with_the_list(
    clerk, slot, django_assert_max_num_queries
):
    slot.capacity = 50
    slot.save()
    for _ in range(30):
        make_booking(slot)
    clerk.get(url("desk"))
    with django_assert_max_num_queries(12):
        clerk.get(url("desk_list"))


def test_a_clerk_brings_a_visit_to_its_end(clerk, slot):
    booking = make_booking(slot)
    for step in ("checked_in", "in_service", "done"):
        response = clerk.post(url("step", booking.pk), {"step": step}, follow=True)
        assert response.status_code == 200
    booking.refresh_from_db()
    assert booking.state == State.DONE


def test_two_clerks_pressing_at_once_get_a_message_not_an_error(clerk, slot):
    booking = make_booking(slot)
    for _ in range(2):
        response = clerk.post(url("step", booking.pk), {"step": "checked_in"}, follow=True)
        assert response.status_code == 200
    assert "现在不能这样处理" in text(response)


def test_searching_one_goes_straight_to_it(clerk, slot):
    booking = make_booking(slot)
    response = clerk.get(url("desk"), {"q": booking.display_reference})
    assert response.url == url("visit", booking.pk)
    tail = booking.parties.first().person["id_number"][-4:]
    assert clerk.get(url("desk"), {"q": tail, "day": str(slot.date)}).url
    assert "没有找到" in text(clerk.get(url("desk"), {"q": "9999999999"}))


@pytest.mark.parametrize(
    "query",
    [
        {"day": "gestern", "office": "x"},
        {"day": "0001-01-01"},
        {"day": "2026-13-45", "q": "\x07" * 300},
        {"office": "9" * 30, "q": "<script>"},
    ],
)
def test_odd_addresses_are_answered(clerk, slot, query):
    assert clerk.get(url("desk"), query).status_code == 200


def test_the_list_says_when_nothing_moved(clerk, slot):
    booking = make_booking(slot)
    version = clerk.get(url("desk_list")).json()["version"]
    assert clerk.get(url("desk_list"), {"version": version}).status_code == 204
    clerk.post(url("step", booking.pk), {"step": "checked_in"})
    fresh = clerk.get(url("desk_list"), {"version": version}).json()
    assert "已报到" in fresh["html"]
    assert fresh["version"] != version


def test_the_checklist_is_ticked(clerk, slot):
    booking = make_booking(slot)
    response = clerk.post(url("tick", booking.pk), {"material": ["身份证"]}, follow=True)
    assert "材料齐全" in text(response)
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]


def test_a_first_visit_is_accepted_with_its_dates_shown(clerk, slot):
    Service.objects.filter(pk=slot.service_id).update(kind=Service.Kind.DIVORCE_APPLICATION)
    slot.refresh_from_db()
    booking = make_booking(slot, State.IN_SERVICE)
    page = text(clerk.get(url("visit", booking.pk)))
    assert "登记受理" in page
    response = clerk.post(
        url("accept", booking.pk), {"receipt_number": "", "accepted_on": "morgen"}
    )
    assert response.status_code == 422
    response = clerk.post(
        url("accept", booking.pk),
        {"receipt_number": "HZ-1", "accepted_on": f"{slot.date:%Y-%m-%d}"},
        follow=True,
    )
    assert "受理回执 HZ-1" in text(response)
    assert Acceptance.objects.get().booking == booking
    response = clerk.post(url("withdraw", booking.pk), follow=True)
    assert "已撤回申请" in text(response)
    response = clerk.post(url("withdraw", booking.pk), follow=True)
    assert "已经撤回" in text(response)


def test_a_second_visit_with_a_paper_receipt(clerk, slot, today):
    slot.service.kind = Service.Kind.DIVORCE_CERTIFICATE
    slot.service.save()
    first = today - timedelta(days=45)
    WorkingDay.objects.bulk_create(
        [
            WorkingDay(date=first + timedelta(days=n), is_working=True, is_confirmed=True)
            for n in range(120)
        ],
        ignore_conflicts=True,
    )
    booking = make_booking(slot, State.IN_SERVICE, receipt_number="SZ-1")
    page = text(clerk.get(url("visit", booking.pk)))
    assert "请先核对纸质回执" in page
    assert "办结" not in page
    accepted_on = f"{today - timedelta(days=40)}"
    form = {"paper-receipt_number": "SZ-1", "paper-accepted_on": accepted_on}
    response = clerk.post(url("paper", booking.pk), form)
    assert response.status_code == 422
    assert "请核对回执原件后勾选" in text(response)
    late = {**form, "paper-is_seen": "on", "paper-accepted_on": f"{today}"}
    assert "不在期内" in text(clerk.post(url("paper", booking.pk), late))
    response = clerk.post(url("paper", booking.pk), {**form, "paper-is_seen": "on"}, follow=True)
    assert "窗口核对的纸质回执" in text(response)
    assert "办结" in text(response)
    clerk.post(url("step", booking.pk), {"step": "done", "next": "visit"})
    booking.refresh_from_db()
    assert booking.state == State.DONE


def walk_in_data(slot, **fields):
    return {
        "service": slot.service.pk,
        "name_1": "张示例",
        "id_type_1": "id_card",
        "id_number_1": make_id_number(),
        "name_2": "王示例",
        "id_type_2": "id_card",
        "id_number_2": make_id_number(False),
        **fields,
    }


def test_walk_ins_get_a_number_and_are_checked_in(clerk, slot):
    response = clerk.post(url("walk_in"), walk_in_data(slot), follow=True)
    booking = Booking.objects.get()
    assert (booking.state, booking.is_walk_in) == (State.CHECKED_IN, True)
    assert booking.display_reference in text(response)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id_number_1": "123"}, "请输入18位身份证号码，您输入了3位"),
        ({"id_number_2": "", "name_2": ""}, "请输入身份证号码"),
        ({"name_1": "长" * 10_000}, "最多"),
        ({"service": "77777"}, "选择"),
        ({"id_type_2": "other", "id_number_2": "E12345678"}, "不办理涉外"),
        ({"id_number_1": make_id_number(born="20200101")}, "须年满22周岁"),
        ({"id_number_2": make_id_number()}, "双方性别相同"),
        ({"phone_2": "12345"}, "请输入11位手机号码，您输入了5位"),
        ({"name_1": "张3"}, "姓名里不要有数字"),
    ],
)
def test_walk_ins_are_checked_and_what_was_typed_stays(clerk, slot, fields, message):
    response = clerk.post(url("walk_in"), walk_in_data(slot, **fields))
    assert response.status_code == 422
    assert message in text(response)
    assert "王示例" in text(response) or "name_2" in fields
    assert not Booking.objects.confirmed().exists()


def test_walk_ins_are_told_when_the_day_is_full(clerk, slot):
    Slot.objects.update(capacity=0)
    response = clerk.post(url("walk_in"), walk_in_data(slot))
    assert "没有剩余名额" in text(response)


def test_walk_ins_get_an_added_place_where_the_rules_allow_it(clerk, slot):
    rules = BookingRules.load()
    rules.walk_ins_beyond = 1
    rules.save()
    Slot.objects.update(capacity=1, taken=1)
    assert "可以加号" in text(clerk.get(url("walk_in")))
    clerk.post(url("walk_in"), walk_in_data(slot))
    assert Booking.objects.get().is_walk_in
    assert "没有剩余名额" in text(clerk.post(url("walk_in"), walk_in_data(slot)))


def test_full_view_needs_the_right_and_leaves_a_trace(clerk, slot):
    booking = make_booking(slot)
    response = clerk.post(url("full", booking.pk), {"reason": "核对"})
    assert response.status_code == 302
    assert not AuditEntry.objects.exists()


def test_a_manager_sees_in_full_with_a_reason(manager, slot):
    booking = make_booking(slot)
    number = booking.parties.first().person["id_number"]
    assert number not in text(manager.post(url("full", booking.pk), {"reason": " "}, follow=True))
    page = text(manager.post(url("full", booking.pk), {"reason": "当事人来电核对"}))
    assert number in page
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.note) == ("viewed", "当事人来电核对")


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
        url("affected"), {"act": "move", "booking": [booking.pk, "x"]}, follow=True
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


def test_staff_move_and_cancel_for_people_who_call(clerk, slot):
    booking, free = make_booking(later(slot, 1)), later(slot, 4)
    assert str(free.hours) in text(clerk.get(url("rearrange", booking.pk)))
    for data in ({"act": "move", "slot": "x"}, {"act": "cancel"}):
        assert "请选择" in text(clerk.post(url("rearrange", booking.pk), data))
    clerk.post(url("rearrange", booking.pk), {"act": "move", "slot": free.pk})
    booking.refresh_from_db()
    assert booking.slot == free
    clerk.post(url("rearrange", booking.pk), {"act": "cancel", "reason": "person"})
    booking.refresh_from_db()
    assert booking.state == State.CANCELLED


@pytest.mark.parametrize("day", ["2026-02-30", "heute", "9999-99-99"])
def test_a_day_that_is_none_is_not_found(manager, slot, day):
    assert manager.get(url("day", slot.office_id, day)).status_code == 404


def test_figures_and_their_export_hold_no_personal_data(manager, slot):
    booking = make_booking(slot, State.DONE)
    page = text(manager.get(url("figures")))
    export = manager.get(url("export"))
    assert export["Content-Type"].startswith("text/csv")
    for content in (page, export.content.decode("utf-8-sig")):
        assert slot.service.title in content
        for secret in (booking.reference, "李示例", "13800001234"):
            assert secret not in content
    assert export.content.decode("utf-8-sig").splitlines()[0].startswith("日期,登记处,业务,小时")


def test_names_in_the_export_do_not_run_in_a_spreadsheet(manager, slot):
    Service.objects.filter(pk=slot.service_id).update(title="=1+1")
    make_booking(slot, State.DONE)
    assert ",'=1+1," in manager.get(url("export")).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "query",
    [
        {"first": "2026-12-31", "last": "2026-01-01"},
        {"first": "x", "last": "9999-99-99", "office": "0"},
        {"first": "2000-01-01", "last": "2100-01-01"},
    ],
)
def test_figures_of_odd_spans_are_answered(manager, slot, query):
    make_booking(slot, State.DONE)
    assert manager.get(url("figures"), query).status_code == 200
    assert manager.get(url("export"), query).status_code == 200


def test_the_audit_log_can_be_read_and_nothing_else(manager, slot):
    booking = make_booking(slot)
    manager.post(url("step", booking.pk), {"step": "checked_in"})
    page = text(manager.get(url("audit"), {"q": booking.display_reference}))
    assert "已预约 → 已报到" in page
    for method in ("post", "put", "delete", "patch"):
        assert getattr(manager, method)(url("audit")).status_code == 405
    entry = AuditEntry.objects.get()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.all().delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(note="x")


@pytest.mark.parametrize(
    "query", [{"q": "\x01"}, {"p": "-5"}, {"p": "9" * 40}, {"action": "x", "first": "y"}]
)
def test_odd_addresses_of_the_audit_log_are_answered(manager, slot, query):
    assert manager.get(url("audit"), query).status_code == 200


def test_clerks_see_neither_figures_nor_audit_log(clerk, slot):
    for name in ("figures", "export", "audit"):
        assert clerk.get(url(name)).status_code == 302


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


def test_staff_find_their_work_on_the_first_page(clerk, slot):
    make_booking(slot, State.CHECKED_IN)
    page = text(clerk.get(reverse("wagtailadmin_home")))
    assert "<strong>1</strong> 等候" in page
    assert url("desk") in page


def test_an_office_with_bookings_cannot_be_deleted(manager, slot):
    make_booking(slot)
    for name, pk in (("offices", slot.office_id), ("services", slot.service_id)):
        response = manager.post(reverse(f"marriage_{name}:delete", args=[pk]), follow=True)
        assert "不能删除" in text(response)
    empty = make_office()
    manager.post(reverse("marriage_offices:delete", args=[empty.pk]))
    assert list(Office.objects.values_list("pk", flat=True)) == [slot.office_id]


def test_failed_messages_are_listed_without_their_content_and_sent_again(manager, slot):
    booking = make_booking(later(slot, 3))
    manager.post(
        url("rearrange", booking.pk), {"act": "cancel", "reason": "office", "note": "停电"}
    )
    message = booking.messages.get()
    OutboxMessage.objects.update(state="failed", attempts=8)
    page = text(manager.get(url("messages")))
    assert booking.display_reference in page
    assert "13800001234" not in page
    assert "停电" not in page
    assert "登记处取消" in page
    assert "1条通知将重新发送" in text(manager.post(url("messages"), follow=True))
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    assert manager.get(url("messages"), {"state": "x"}).status_code == 200


def test_a_day_tells_how_many_wait_for_it(manager, slot):
    target = later(slot, 3, capacity=0)
    WaitingEntry.objects.create(service=target.service, office=target.office, date=target.date)
    page = text(manager.get(url("day", target.office_id, f"{target.date:%Y-%m-%d}")))
    assert "有1人在候补这一天" in page


def test_every_kind_of_message_has_its_word():
    from marriage.message_texts import KIND_WORDS, TEXTS

    assert set(TEXTS) == set(KIND_WORDS)


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
