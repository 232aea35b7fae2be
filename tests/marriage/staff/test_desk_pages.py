"""The desk and its visits as a clerk sees them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marriage.models import (
    Acceptance,
    AuditEntry,
    Booking,
    BookingRules,
    Service,
    Slot,
    WorkingDay,
)
from marriage.states import State
from tests.marriage.factories import make_booking, make_id_number

from .pages import later, text, url, walk_in_data

pytestmark = pytest.mark.django_db


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


def test_a_reason_that_no_database_takes_is_refused(manager, slot):
    booking = make_booking(slot)
    answer = manager.post(url("full", booking.pk), {"reason": "核对\x00"})
    assert answer.status_code == 400
    assert not booking.audit.filter(action="viewed").exists()


def test_a_manager_sees_in_full_with_a_reason(manager, slot):
    booking = make_booking(slot)
    number = booking.parties.first().person["id_number"]
    assert number not in text(manager.post(url("full", booking.pk), {"reason": " "}, follow=True))
    page = text(manager.post(url("full", booking.pk), {"reason": "当事人来电核对"}))
    assert number in page
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.note) == ("viewed", "当事人来电核对")


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


def test_staff_find_their_work_on_the_first_page(clerk, slot):
    make_booking(slot, State.CHECKED_IN)
    page = text(clerk.get(reverse("wagtailadmin_home")))
    assert "<strong>1</strong> 等候" in page
    assert url("desk") in page
