"""The desk and its visits as a clerk sees them."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from marriage.divorce import acceptance
from marriage.models import (
    Acceptance,
    AuditEntry,
    Booking,
    BookingRules,
    OutboxMessage,
    Service,
    Slot,
    WorkingDay,
)
from marriage.models.states import State
from tests.marriage.factories import make_booking, make_id_number

from .pages import later, press, text, url, walk_in_data

pytestmark = pytest.mark.django_db


def test_the_desk_shows_people_masked(clerk, slot):
    booking = make_booking(slot)
    number = booking.parties.first().person["id_number"]
    page = text(clerk.get(url("desk")))
    assert booking.display_reference in page
    assert "李**" in page
    assert f"440*************{number[-2:]}" in page
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
        response = press(clerk, "step", booking, {"step": step}, follow=True)
        assert response.status_code == 200
    booking.refresh_from_db()
    assert booking.state == State.DONE


def test_two_clerks_pressing_at_once_get_a_message_not_an_error(clerk, slot):
    booking = make_booking(slot)
    for _ in range(2):
        response = press(clerk, "step", booking, {"step": "checked_in"}, follow=True)
        assert response.status_code == 200
    assert "现在不能这样处理" in text(response)


def test_searching_one_goes_straight_to_it(clerk, slot):
    booking = make_booking(slot)
    response = clerk.post(url("desk"), {"q": booking.display_reference})
    assert response.url == url("visit", booking.pk)
    tail = booking.parties.first().person["id_number"][-4:]
    assert clerk.post(f"{url('desk')}?day={slot.date}", {"q": tail}).url
    assert "没有找到" in text(clerk.post(url("desk"), {"q": "9999999999"}))


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
    press(clerk, "step", booking, {"step": "checked_in"})
    fresh = clerk.get(url("desk_list"), {"version": version}).json()
    assert "已报到" in fresh["html"]
    assert fresh["version"] != version


def test_the_checklist_is_ticked(clerk, slot):
    booking = make_booking(slot, materials_ticked=[])
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
        {"receipt_number": "SZ-2026-1", "accepted_on": f"{slot.date:%Y-%m-%d}"},
        follow=True,
    )
    assert "受理回执 SZ-2026-1" in text(response)
    assert Acceptance.objects.get().booking == booking
    assert "登记撤回申请" in text(clerk.get(url("withdraw", booking.pk), follow=True))


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
    form = {"paper-receipt_number": "SZ-2026-1", "paper-accepted_on": accepted_on}
    response = clerk.post(url("paper", booking.pk), form)
    assert response.status_code == 422
    assert "请核对回执原件后勾选" in text(response)
    late = {**form, "paper-is_seen": "on", "paper-accepted_on": f"{today}"}
    assert "不在期内" in text(clerk.post(url("paper", booking.pk), late))
    response = clerk.post(url("paper", booking.pk), {**form, "paper-is_seen": "on"}, follow=True)
    assert "已核对回执SZ-2026-1" in text(response)
    assert "其他系统的回执" in text(response)
    assert "办结" in text(response)


def test_a_receipt_that_the_ledger_has_is_not_called_unknown(clerk, slot, today):
    """Entered from its paper before: the page names it and asks to compare, in the same words."""
    Service.objects.filter(pk=slot.service_id).update(kind=Service.Kind.DIVORCE_CERTIFICATE)
    slot.refresh_from_db()
    booking = make_booking(slot, State.IN_SERVICE)
    couple = [party.person for party in booking.parties.all()]
    receipt = acceptance.record_foreign(
        slot.office, "SZ-2026-88", today - timedelta(days=40), couple
    )
    page = text(clerk.get(url("visit", booking.pk)))
    assert "台账里有双方的回执" in page
    assert url("receipt", receipt.pk) in page
    for words in ("不在本站的记录里", "不要照抄", "纸质回执"):
        assert words not in page
    form = {
        "paper-receipt_number": "SZ-2026-88",
        "paper-accepted_on": f"{receipt.accepted_on}",
        "paper-is_that_day": "on",
        "paper-is_seen": "on",
    }
    page = text(clerk.post(url("paper", booking.pk), form, follow=True))
    assert "已核对回执SZ-2026-88" in page
    assert "纸质" not in page


@pytest.mark.parametrize(
    ("kind", "state", "button"),
    [
        (Service.Kind.DIVORCE_APPLICATION, State.IN_SERVICE, "accept"),
        (Service.Kind.DIVORCE_CERTIFICATE, State.IN_SERVICE, "paper"),
        (Service.Kind.MARRIAGE, State.IN_SERVICE, "step"),
        (Service.Kind.MARRIAGE, State.CHECKED_IN, "step"),
    ],
)
def test_what_is_ticked_goes_along_with_the_button_that_goes_on(clerk, slot, kind, state, button):
    Service.objects.filter(pk=slot.service_id).update(kind=kind)
    slot.refresh_from_db()
    booking = make_booking(slot, state, materials_ticked=[])
    page = BeautifulSoup(text(clerk.get(url("visit", booking.pk))), "html.parser")
    form = page.find("form", action=url(button, booking.pk))
    for name in ("material", "lists_materials"):
        assert page.find("input", {"name": name})["form"] == form["id"]
    for words in ("保存核对结果", "不能办理"):
        saving = page.find("button", string=words)
        assert (saving["form"], saving["formaction"]) == (form["id"], url("tick", booking.pk))


TICKED = {"lists_materials": "1", "material": ["身份证"]}


def test_ticks_are_kept_whatever_else_is_wrong(clerk, slot):
    """Ticked, not saved, and 受理 with a wrong date: the page comes back with the ticks."""
    Service.objects.filter(pk=slot.service_id).update(kind=Service.Kind.DIVORCE_APPLICATION)
    slot.refresh_from_db()
    booking = make_booking(slot, State.IN_SERVICE, materials_ticked=[])
    data = {"receipt_number": "SZ-2026-1", "accepted_on": "morgen", **TICKED}
    page = text(clerk.post(url("accept", booking.pk), data))
    assert "还有材料没有勾选" not in page
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]
    clerk.post(url("accept", booking.pk), {**data, "accepted_on": f"{slot.date}"})
    booking.refresh_from_db()
    assert booking.state == State.DONE


def test_a_visit_ends_with_the_ticks_of_its_page(clerk, slot):
    booking = make_booking(slot, State.IN_SERVICE, materials_ticked=[])
    press(clerk, "step", booking, {"step": "done", **TICKED})
    booking.refresh_from_db()
    assert (booking.state, booking.materials_ticked) == (State.DONE, ["身份证"])


def test_a_step_from_the_list_leaves_the_ticks_alone(clerk, slot):
    booking = make_booking(slot, State.IN_SERVICE)
    press(clerk, "step", booking, {"step": "checked_in"})
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]


def test_the_way_to_a_refusal_keeps_the_ticks(clerk, slot):
    booking = make_booking(slot, State.IN_SERVICE, materials_ticked=[])
    answer = clerk.post(url("tick", booking.pk), {**TICKED, "after": "refuse"})
    assert answer.url == url("refuse", booking.pk)
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]
    press(clerk, "step", booking, {"step": "done", "next": "visit"})
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
        ({"id_number_2": "", "name_2": ""}, "请输入证件号码"),
        ({"name_1": "长" * 10_000}, "最多"),
        ({"service": "77777"}, "选择"),
        ({"id_type_2": "passport", "id_number_2": "E12345678"}, "没有办理涉外"),
        ({"id_number_1": make_id_number(born="20200101")}, "须年满22周岁"),
        ({"id_number_2": make_id_number()}, "双方都是男性"),
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


@pytest.mark.parametrize(
    ("row", "words"),
    [({"is_working": False}, "今天休息"), ({"is_working": True}, "今天没有剩余名额")],
)
def test_the_walk_in_desk_says_that_today_is_a_day_of_rest(clerk, slot, row, words):
    WorkingDay.objects.update_or_create(date=slot.date, defaults={"is_confirmed": True, **row})
    data = walk_in_data(slot)
    slot.delete()
    assert words in text(clerk.get(url("walk_in")))
    response = clerk.post(url("walk_in"), data)
    assert response.status_code == 422
    assert ("今天休息" in text(response)) == (not row["is_working"])


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
    assert str(free.hours) in text(clerk.get(url("rebooking", booking.pk)))
    for data in ({"act": "move", "slot": "x"}, {"act": "cancel"}):
        assert "请选择" in text(press(clerk, "rebooking", booking, data))
    press(clerk, "rebooking", booking, {"act": "move", "slot": free.pk})
    booking.refresh_from_db()
    assert booking.slot == free
    press(clerk, "rebooking", booking, {"act": "cancel", "reason": "person"})
    booking.refresh_from_db()
    assert booking.state == State.CANCELLED


def test_staff_find_their_work_on_the_first_page(clerk, slot):
    make_booking(slot, State.CHECKED_IN)
    page = text(clerk.get(reverse("wagtailadmin_home")))
    assert "<strong>1</strong> 等候" in page
    assert url("desk") in page


def test_a_day_without_anybody_leads_to_the_nearest_days_with_people(clerk, slot):
    before, after = later(slot, -2), later(slot, 3)
    for _ in range(2):
        make_booking(before, State.DONE)
    make_booking(after)
    make_booking(later(slot, 9))
    page = text(clerk.get(url("desk"), {"day": f"{slot.date:%Y-%m-%d}"}))
    assert f"{before.date.month}月{before.date.day}日" in page
    assert f"day={before.date:%Y-%m-%d}" in page
    assert f"day={after.date:%Y-%m-%d}" in page
    page = text(clerk.get(url("desk"), {"day": f"{after.date:%Y-%m-%d}"}))
    assert "有预约的最近的日子" not in page


def test_a_checklist_cannot_be_changed_after_the_end(clerk, slot):
    booking = make_booking(slot, State.DONE)
    assert "保存核对结果" not in text(clerk.get(url("visit", booking.pk)))
    page = text(clerk.post(url("tick", booking.pk), {"material": []}, follow=True))
    assert "材料清单不能再改" in page
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]


def test_a_stale_page_does_not_make_a_no_show_of_somebody_present(clerk, slot):
    booking = make_booking(slot)
    page = text(clerk.get(url("desk"), {"office": slot.office_id}))
    assert f'name="shown" value="booked-{slot.pk}"' in page
    press(clerk, "step", booking, {"step": "checked_in"})
    for shown, words in ((f"booked-{slot.pk}", "您看的页面已经过时"), ("", "没有完整打开")):
        stale = {"step": "no_show", "shown": shown}
        assert words in text(press(clerk, "step", booking, stale, follow=True))
        booking.refresh_from_db()
        assert booking.state == State.CHECKED_IN


STALE_ACTS = [
    ("step", {"step": "checked_in"}, State.BOOKED),
    ("rebooking", {"act": "cancel", "reason": "office"}, State.BOOKED),
    ("rebooking", {"act": "move"}, State.BOOKED),
    ("refuse", {"kind": "papers_missing", "missing": ["身份证"], "note": "照片"}, State.IN_SERVICE),
]


@pytest.mark.parametrize(("name", "data", "state"), STALE_ACTS)
@pytest.mark.parametrize("shown", [None, "", "booked", "checked_in-{slot}", "{state}-0"])
def test_nothing_is_done_from_a_page_that_showed_something_else(
    clerk, slot, name, data, state, shown
):
    """Among them: a colleague has moved the booking since (another slot, the same state)."""
    booking = make_booking(slot, state)
    data = {"slot": later(slot, 3).pk, **data}
    if shown is not None:
        data["shown"] = shown.format(slot=slot.pk, state=state)
    page = text(clerk.post(url(name, booking.pk), data, follow=True))
    assert "没有作任何改动" in page
    if "note" in data:
        assert data["note"] in page
    booking.refresh_from_db()
    assert (booking.state, booking.slot) == (state, slot)
    assert not booking.messages.exists()
    del data["shown" if shown is not None else "slot"]
    press(clerk, name, booking, {"slot": later(slot, 4).pk, **data})
    booking.refresh_from_db()
    assert (booking.state, booking.slot) != (state, slot)


@pytest.fixture
def replacement(slot):
    Service.objects.filter(pk=slot.service_id).update(kind=Service.Kind.REPLACEMENT)
    slot.refresh_from_db()
    return slot


ALONE = {"name_2": "", "id_number_2": ""}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "divorced", "lost": "divorce", **ALONE}, ""),
        ({"status": "widowed", "lost": "marriage_one", **ALONE}, ""),
        ({"status": "married", "lost": "marriage_both"}, ""),
        ({"status": "remarried", "lost": "marriage_one"}, ""),
        ({"status": "married", "lost": "marriage_both", **ALONE}, "请输入姓名"),
        ({"status": "divorced", "lost": "divorce"}, "由本人一个人办理"),
        ({"status": "divorced", "lost": "marriage_one", **ALONE}, "结婚证不再补发"),
        ({"status": "married", "lost": "none"}, "不需要补领"),
        ({**ALONE}, "补领要选这一项"),
    ],
)
def test_a_replacement_at_the_desk_asks_what_it_asks_online(clerk, replacement, facts, words):
    """One person alone after a divorce or a death, both when still married; nothing is made out
    again when nothing is lost (规范 2025, chapter on 补领)."""
    page = text(clerk.post(url("walk_in"), walk_in_data(replacement, **facts), follow=True))
    assert words in page
    assert Booking.objects.count() == (0 if words else 1)
    if not words:
        booking = Booking.objects.get()
        assert booking.parties.count() == (1 if "name_2" in facts else 2)
        assert booking.details["answers"]["lost"] == facts["lost"]


def test_other_services_are_not_asked_what_is_lost(clerk, slot):
    assert 'name="lost"' not in text(clerk.get(url("walk_in")))


def test_a_couple_that_has_a_booking_is_led_to_it(clerk, slot):
    """On another day: the clerk is told which, and where to move or cancel it."""
    booking = make_booking(later(slot, 5))
    people = [party.person["id_number"] for party in booking.parties.all()]
    data = walk_in_data(slot, id_number_1=people[0], id_number_2=people[1])
    page = text(clerk.post(url("walk_in"), data))
    assert f"预约号{booking.display_reference}" in page
    assert url("visit", booking.pk) in page


def test_a_second_visit_that_cannot_succeed_today_gets_no_number(clerk, slot, today):
    Service.objects.filter(pk=slot.service_id).update(kind=Service.Kind.DIVORCE_CERTIFICATE)
    slot.refresh_from_db()
    data = walk_in_data(slot)
    couple = [
        {"name": data[f"name_{n}"], "id_type": "id_card", "id_number": data[f"id_number_{n}"]}
        for n in (1, 2)
    ]
    acceptance.record_foreign(slot.office, "SZ-2026-3", today - timedelta(days=1), couple)
    page = text(clerk.post(url("walk_in"), data))
    assert "才能领证" in page
    assert not Booking.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_who_stands_at_the_counter_gets_no_message_of_their_number(clerk, slot):
    clerk.post(url("walk_in"), walk_in_data(slot, phone_1="13800138000"))
    assert Booking.objects.get().state == State.CHECKED_IN
    assert not OutboxMessage.objects.exists()


def take_number(clerk, slot, **typed):
    clerk.post(url("walk_in"), walk_in_data(slot, **typed))
    return Booking.objects.get(is_walk_in=True)


def test_a_mistyped_number_is_put_right_without_a_new_ticket(clerk, slot):
    visit = take_number(clerk, slot, phone_2="13800004321")
    assert "录错了，更正当事人" in text(clerk.get(url("visit", visit.pk)))
    right = make_id_number(man=False)
    typed = {"name_2": "王示例", "id_type_2": "id_card", "id_number_2": right}
    assert press(clerk, "correct", visit, typed).status_code == 422, "the reason is missing"
    page = text(press(clerk, "correct", visit, {**typed, "reason": "看错一位"}, follow=True))
    assert "已更正" in page
    assert "更正乙方：看错一位" in page
    changed = Booking.objects.get()
    assert (changed.ticket, changed.reference) == (visit.ticket, visit.reference)
    first, second = changed.parties.all()
    assert first.person == visit.parties.get(position=1).person
    assert (second.person["id_number"], second.person["phone"]) == (right, "13800004321")
    assert text(clerk.post(url("desk"), {"q": right}, follow=True)).count(changed.display_reference)
    assert not OutboxMessage.objects.exists()


def test_a_correction_keeps_the_checks_of_the_desk(clerk, slot):
    visit = take_number(clerk, slot)
    man = {"name_2": "王示例", "id_type_2": "id_card", "reason": "看错"}
    page = text(press(clerk, "correct", visit, {**man, "id_number_2": make_id_number()}))
    assert "双方都是男性" in page
    assert 'value="王示例"' in page, "nothing typed is lost"
    other = make_booking(slot)
    taken = other.parties.get(position=2).person["id_number"]
    page = text(press(clerk, "correct", visit, {**man, "id_number_2": taken}))
    assert f"预约号{other.display_reference}" in page
    good = {**man, "id_number_2": make_id_number(man=False)}
    page = text(clerk.post(url("correct", visit.pk), {**good, "shown": "booked-1"}, follow=True))
    assert "您看的页面已经过时" in page
    assert "只有现场取号录入的" in text(clerk.get(url("correct", other.pk), follow=True))
    assert (
        visit.parties.get(position=2).person
        == Booking.objects.get(pk=visit.pk).parties.get(position=2).person
    )


def test_two_who_were_typed_the_wrong_way_round_are_exchanged(clerk, slot):
    visit = take_number(clerk, slot)
    first, second = (party.person for party in visit.parties.all())
    sides = ((1, second), (2, first))
    typed = {f"{name}_{n}": person[name] for n, person in sides for name in ("name", "id_number")}
    typed |= {"id_type_1": "id_card", "id_type_2": "id_card", "reason": "左右颠倒"}
    assert press(clerk, "correct", visit, typed).status_code == 302
    numbers = [party.person["id_number"] for party in visit.parties.all()]
    assert numbers == [second["id_number"], first["id_number"]]


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("step", "visit"),
        ("accept", "visit"),
        ("tick", "visit"),
        ("call", "visit"),
        ("full", "visit"),
    ],
)
def test_a_button_that_comes_by_get_leads_to_its_page(manager, slot, name, leads_to):
    """As after logging in again: the address is that of the button."""
    booking = make_booking(slot)
    response = manager.get(url(name, booking.pk), follow=True)
    assert response.redirect_chain == [(url(leads_to, booking.pk), 302)]
    assert "刚才的操作没有办成，没有作任何改动" in text(response)


@pytest.mark.parametrize("name", ["receipt_withdraw", "receipt_undo", "receipt_print"])
def test_a_button_of_a_receipt_leads_to_the_receipt(clerk, slot, name):
    couple = [{"name": "李示例", "id_number": make_id_number(n)} for n in (1, 2)]
    receipt = acceptance.record_foreign(slot.office, "SZ-2026-1", slot.date, couple)
    assert clerk.get(url(name, receipt.pk)).url == url("receipt", receipt.pk)


def test_the_ticket_is_said_found_and_not_given_twice_unnoticed(clerk, slot):
    data = walk_in_data(slot)
    page = text(clerk.post(url("walk_in"), data, follow=True))
    assert "已取号A001：" in page
    assert "今天已经办结过" not in page
    first = Booking.objects.get()
    for typed in ("A001", "a1", "Ａ００１"):
        assert clerk.post(url("desk"), {"q": typed}).url == url("visit", first.pk), typed
    press(clerk, "step", first, {"step": "in_service"})
    press(clerk, "step", first, {"step": "done", "missing_reason": "示例"})
    page = text(clerk.post(url("walk_in"), data, follow=True))
    assert "这两位中有人今天已经办结过这项业务" in page
    assert first.display_reference in page


def test_a_note_that_is_too_long_is_refused_not_cut(clerk, slot):
    visit = make_booking(slot, State.CHECKED_IN)
    assert 'maxlength="300"' not in text(clerk.get(url("refuse", visit.pk)))
    data = {"kind": "papers_missing", "missing": ["身份证"], "note": "补" * 301}
    response = press(clerk, "refuse", visit, data)
    assert response.status_code == 422
    assert "补充说明最多300个字，现在有301个" in text(response)
