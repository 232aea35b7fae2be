"""Looking up, moving and cancelling; nothing can be guessed, nothing told twice."""

import datetime
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from marriage.booking import bookings, lookup_sessions, waiting_list
from marriage.booking.holds import hold
from marriage.calendar.dates import day_in_words
from marriage.messages.calendar_file import calendar_file
from marriage.models import (
    AuditEntry,
    Booking,
    BookingRules,
    Draft,
    LookupSession,
    OutboxMessage,
    Service,
    WaitingEntry,
)
from marriage.models.states import State
from marriage.planning.closures import close_day
from marriage.wizard import drafts
from tests.guides.factories import make_guide

from ..factories import (
    make_asking_service,
    make_coming_slot,
    make_confirmed_booking,
    make_couple,
    make_id_number,
    make_office,
    make_person,
)
from ..steps import answer_questions, book, prove_telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def couple():
    return make_couple()


@pytest.fixture
def booked(couple):
    service = make_asking_service("application", discreet_title="婚姻登记业务")
    return make_confirmed_booking(make_coming_slot(service, make_office(service)), couple)


def look_up(client, booked, couple, **changed):
    form = {"reference": booked.display_reference, "tail": couple[1]["id_number"][-4:], **changed}
    return client.post("/marriage/manage/", form)


def text_of(response) -> str:
    return response.content.decode()


def test_reference_and_tail_of_either_party_open_the_booking(client, booked, couple):
    for person in couple:
        response = look_up(Client(), booked, couple, tail=person["id_number"][-4:].lower())
        assert response["Location"] == "/marriage/manage/booking/"
    look_up(client, booked, couple, reference=booked.reference.lower())
    page = text_of(client.get("/marriage/manage/booking/"))
    assert booked.display_reference in page
    assert couple[0]["id_number"] not in page
    assert "440***********" in page


def test_wrong_reference_and_wrong_tail_get_the_same_answer(
    client, booked, couple, django_assert_num_queries
):
    def answer(**changed):
        page = text_of(look_up(Client(), booked, couple, **changed))
        return re.sub(r'value="[^"]*"', "", page)

    wrong_tail = answer(tail="0000")
    assert wrong_tail == answer(reference="AAAAACCCCC") == answer(reference="张", tail="123X")
    assert "没有找到这个预约" in wrong_tail


def test_a_hold_cannot_be_looked_up(client, couple):
    from marriage.booking import bookings

    held = bookings.hold(make_coming_slot().pk)
    assert look_up(client, held, couple).status_code == 422


def test_tries_are_limited_per_reference_and_say_so(client, booked, couple):
    rules = BookingRules.load()
    rules.lookups_per_reference_hour = 3
    rules.save()
    for _ in range(3):
        assert look_up(Client(), booked, couple, tail="0000").status_code == 422
    response = look_up(Client(), booked, couple)  # Right, but too late to be told so.
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "次数太多" in text_of(response)


def test_the_mistakes_of_others_behind_one_address_lock_nobody_out(client, booked, couple):
    """A whole office shares one address."""
    for number in range(60):
        look_up(Client(), booked, couple, reference=f"AAAAACC{number:03}")
    assert look_up(Client(), booked, couple).status_code == 302


def test_many_networks_cannot_guess_about_one_reference(client, booked, couple):
    rules = BookingRules.load()
    rules.lookups_of_reference_hour = 3
    rules.save()
    for number in range(3):
        look_up(Client(REMOTE_ADDR=f"10.9.8.{number}"), booked, couple, tail="0000")
    assert look_up(Client(REMOTE_ADDR="10.9.9.9"), booked, couple).status_code == 429


def test_a_cookie_made_up_opens_nothing(client, booked):
    client.cookies["booking_view"] = f"{booked.pk}:1"
    for address in ("booking", "cancel", "move", "my-data"):
        assert client.get(f"/marriage/manage/{address}/")["Location"] == "/marriage/manage/"


def test_a_visit_never_cancels_and_a_post_does_once(client, booked, couple):
    look_up(client, booked, couple)
    assert "真的要取消吗" in text_of(client.get("/marriage/manage/cancel/"))
    assert Booking.objects.get(pk=booked.pk).state == State.BOOKED
    for _ in range(2):
        assert client.post("/marriage/manage/cancel/").status_code == 302
    assert Booking.objects.get(pk=booked.pk).state == State.CANCELLED
    assert OutboxMessage.objects.filter(kind="cancelled").count() == 2


def test_cancelling_needs_the_token_against_forgery(booked, couple):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/marriage/manage/cancel/").status_code == 403


def test_moving_keeps_the_reference(client, booked, couple):
    other = make_coming_slot(booked.service, booked.office, days_ahead=9)
    look_up(client, booked, couple)
    address = f"/marriage/manage/move/{other.date}/?office={booked.office.code}"
    assert "余1" in text_of(client.get("/marriage/manage/move/"))
    asked = client.post(address, {"slot": other.pk})
    assert "改到这个时间吗" in text_of(asked)
    assert Booking.objects.get(pk=booked.pk).slot == booked.slot
    done = client.post(address, {"slot": other.pk, "sure": "1"}, follow=True)
    assert "已改期，新的时间是" in text_of(done)
    moved = Booking.objects.get(pk=booked.pk)
    assert (moved.slot, moved.reference) == (other, booked.reference)


def test_moving_to_a_time_just_taken_says_so_and_keeps_the_old(client, booked, couple):
    other = make_coming_slot(booked.service, booked.office, days_ahead=9)
    make_confirmed_booking(other)
    look_up(client, booked, couple)
    address = f"/marriage/manage/move/{other.date}/?office={booked.office.code}"
    response = client.post(address, {"slot": other.pk})
    assert response.status_code == 409
    assert "原来的时间还在" in text_of(response)
    assert Booking.objects.get(pk=booked.pk).slot == booked.slot


def test_the_calendar_file_is_discreet_and_well_formed(client, booked, couple):
    look_up(client, booked, couple)
    response = client.get("/marriage/manage/appointment.ics")
    assert response["Content-Type"].startswith("text/calendar")
    text = response.content.decode()
    assert "离婚" not in text
    assert "张三" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    start = f"{booked.slot.date:%Y%m%d}T010000Z"  # 09:00 in Guangzhou
    assert f"DTSTART:{start}" in text
    assert text.endswith("END:VCALENDAR\r\n")


def test_a_cancelled_appointment_leaves_the_calendar(client, booked, couple):
    before = calendar_file(booked).decode()
    assert "STATUS:CONFIRMED" in before
    assert "BEGIN:VALARM" in before
    look_up(client, booked, couple)
    page = text_of(client.post("/marriage/manage/cancel/", follow=True))
    assert "预约已取消" in page
    booked.refresh_from_db()
    after = calendar_file(booked).decode()
    assert "STATUS:CANCELLED" in after
    assert "BEGIN:VALARM" not in after
    uid = re.compile(r"UID:.*")
    assert uid.search(before)[0] == uid.search(after)[0]


def test_messages_lead_back_to_the_address_that_was_asked(client, slot):
    book(client, slot)
    body = OutboxMessage.objects.filter(kind="confirmed")[0].content["body"]
    assert "http://testserver/marriage/manage/" in body
    assert "当天办理：" in body


def test_the_message_of_a_cancellation_says_which_day_it_was(client, booked, couple):
    look_up(client, booked, couple)
    client.post("/marriage/manage/cancel/")
    body = OutboxMessage.objects.filter(kind="cancelled")[0].content["body"]
    assert f"您{day_in_words(booked.slot.date)}{booked.slot.hours}" in body
    assert booked.office.name in body


def test_no_message_names_a_deadline_that_has_passed(slot):
    rules = BookingRules.load()
    rules.cancel_days_ahead = 30
    rules.save()
    make_confirmed_booking(slot)
    body = OutboxMessage.objects.filter(kind="confirmed")[0].content["body"]
    assert "不能再在网上改期或取消" in body
    assert "当天办理" not in body


def test_messages_and_addresses_never_say_what_it_is_about(booked):
    from django.urls import get_resolver

    for message in OutboxMessage.objects.all():
        assert "离婚" not in message.content["body"] + message.content["subject"]
        assert "divorce" not in message.content["body"]
    from marriage.urls import urlpatterns

    assert get_resolver()
    assert not [p for p in urlpatterns if "divorce" in str(p.pattern)]
    assert "离婚" not in calendar_file(booked).decode()


def test_a_person_gets_the_data_held_on_them_and_not_the_partners(client, booked, couple):
    look_up(client, booked, couple)
    page = text_of(client.get("/marriage/manage/my-data/"))
    assert couple[1]["id_number"] in page
    assert couple[0]["id_number"] not in page
    response = client.post("/marriage/manage/my-data/")
    assert json.loads(response.content)["姓名"] == "李四"
    assert AuditEntry.objects.filter(action="exported", booking=booked).count() == 1


def test_viewing_ones_data_is_on_record_each_time(client, booked, couple):
    look_up(client, booked, couple)
    viewed = AuditEntry.objects.filter(action="viewed", booking=booked)
    page = text_of(client.get("/marriage/manage/my-data/"))
    assert [entry.note for entry in viewed] == ["当事人2"]
    assert "申请人查看完整个人信息" in page
    client.head("/marriage/manage/my-data/")
    client.get("/marriage/manage/booking/")  # Masked.
    assert viewed.count() == 1


def test_a_picture_of_a_booking_does_not_open_it(client, booked, couple):
    look_up(client, booked, couple)
    page = text_of(client.get("/marriage/manage/booking/"))
    assert booked.display_reference in page
    for person in couple:
        assert person["id_number"][-4:] not in page


def test_a_cancelled_booking_is_erased_on_request(client, booked, couple):
    look_up(client, booked, couple)
    before = text_of(client.get("/marriage/manage/my-data/"))
    assert "现在就删除" not in before
    assert "先取消预约，再回到这一页" in before
    client.post("/marriage/manage/my-data/erase/")
    assert booked.parties.exclude(encrypted="").count() == 2
    client.post("/marriage/manage/cancel/")
    assert "现在就删除" in text_of(client.get("/marriage/manage/my-data/"))
    waiting = OutboxMessage.objects.filter(booking=booked, state="queued").count()
    assert "已经删除" in text_of(client.post("/marriage/manage/my-data/erase/"))
    booked.refresh_from_db()
    assert (booked.encrypted, booked.state, booked.purged_at is None) == ("", "cancelled", False)
    assert not booked.parties.exclude(encrypted="", tail_hash="").exists()
    kept = OutboxMessage.objects.filter(booking=booked).exclude(encrypted="")
    assert kept.count() == waiting > 0
    assert not kept.exclude(state="queued").exists()
    assert booked.audit.get(action="purged").actor_label == "当事人2"
    assert client.get("/marriage/manage/booking/")["Location"] == "/marriage/manage/"
    look_up(client, booked, couple)
    assert client.get("/marriage/manage/booking/")["Location"] == "/marriage/manage/"


def test_leaving_forgets_the_booking_on_this_device(client, booked, couple):
    look_up(client, booked, couple)
    client.post("/marriage/manage/leave/")
    assert client.get("/marriage/manage/booking/")["Location"] == "/marriage/manage/"


def test_a_copy_of_the_cookies_opens_nothing_after_leaving(client, booked, couple):
    """Left on a shared computer, a copy once showed name and number for half an hour."""
    look_up(client, booked, couple)
    copied = {name: morsel.value for name, morsel in client.cookies.items()}
    other = Client()
    other.cookies.load(copied)
    assert couple[1]["id_number"] in text_of(other.get("/marriage/manage/my-data/"))
    client.post("/marriage/manage/leave/")
    for address in ("booking/", "cancel/", "move/", "my-data/", "appointment.ics"):
        response = other.get(f"/marriage/manage/{address}")
        assert response["Location"] == "/marriage/manage/"
    assert other.post("/marriage/manage/my-data/")["Location"] == "/marriage/manage/"


def test_leaving_deletes_what_was_typed_and_frees_the_time(client, couple):
    service = make_asking_service()
    slot = make_coming_slot(service, make_office(service))
    held = hold(slot.pk)
    draft = drafts.Answers(key="a-copied-key")
    draft.data = {"service": service.slug, "token": held.hold_token, "people": {"1": couple[0]}}
    draft.save()
    client.cookies[drafts.COOKIE] = "a-copied-key"
    client.post("/marriage/manage/leave/")
    assert not Draft.objects.exists()
    assert Booking.objects.get(pk=held.pk).state == State.RELEASED


def test_one_who_leaves_leaves_for_herself_alone(booked, couple):
    first, second = Client(), Client()
    for client in (first, second):
        look_up(client, booked, couple)
    first.post("/marriage/manage/leave/")
    assert second.get("/marriage/manage/booking/").status_code == 200


def test_a_look_up_lasts_half_an_hour(client, booked, couple):
    look_up(client, booked, couple)
    LookupSession.objects.update(expires_at=timezone.now())
    assert client.get("/marriage/manage/booking/")["Location"] == "/marriage/manage/"
    assert lookup_sessions.clear_expired() == 1
    assert not LookupSession.objects.exists()


def test_the_database_does_not_tell_the_cookie(client, booked, couple):
    look_up(client, booked, couple)
    assert client.cookies["booking_view"].value not in str(list(LookupSession.objects.values()))


def test_a_change_of_materials_is_shown_and_told_once(client, booked, couple):
    from marriage.messages import outbox

    from ..factories import make_material

    make_material(booked.service, "新的材料")
    assert outbox.materials_changed(booked.service, "2") == 1
    outbox.materials_changed(booked.service, "2")
    assert OutboxMessage.objects.filter(kind="materials_changed").count() == 2
    look_up(client, booked, couple)
    page = text_of(client.get("/marriage/manage/booking/"))
    assert "新的材料" in page
    assert "材料有变化" in page


def test_the_waiting_list_from_joining_to_a_booking(client, booked, couple):
    from marriage.booking import bookings as guard

    slot = booked.slot
    service = slot.service
    service.asks_residence = service.asks_origin = False
    service.save()
    client.post(f"/marriage/services/{service.slug}/")
    facts = {"registered_in": "mainland", "agreement": "agreed", "certificates": "both"}
    for key, answer in facts.items():
        client.post(f"/marriage/questions/{key}/", {"answer": answer})
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    join = f"/marriage/waiting/{slot.office.code}/{slot.date}/"
    me = make_id_number()
    mine = {
        "id_type": "id_card",
        "id_number": me,
        "phone": "13800001111",
        "email": "me@example.com",
    }
    wrong = text_of(client.post(join, {**mine, "email": "me@"}))
    assert "邮箱的格式不对" in wrong
    assert 'value="me@"' in wrong
    page = text_of(client.post(join, mine))
    assert "现在有1人在排队" in page
    entry = WaitingEntry.objects.get()
    # A stranger who types the number learns nothing: not even the reference is on the page.
    again = text_of(client.post(join, {**mine, "phone": "13800002222", "email": ""}))
    assert "已加入候补" in again
    assert entry.reference[:5] not in page + again
    reference = OutboxMessage.objects.get(kind="waiting_joined", channel="sms")
    assert reference.content["to"] == "13800001111"
    assert f"{entry.reference[:5]}-{entry.reference[5:]}" in reference.content["body"]
    guard.cancel(booked)
    told = OutboxMessage.objects.filter(kind="waiting_offer")
    assert {(one.channel, one.content["to"]) for one in told} == {
        ("sms", "13800001111"),
        ("mail", "me@example.com"),
    }
    form = {"reference": entry.reference, "tail": me[-4:]}
    assert "要这个名额" in text_of(client.post("/marriage/waiting/", form))
    response = client.post("/marriage/waiting/", {**form, "action": "take"})
    assert response["Location"] == "/marriage/people/1/"
    people = [
        {"name": "张三", **mine},
        make_person("李四", man=False),
    ]
    for position, person in enumerate(people, start=1):
        client.post(f"/marriage/people/{position}/", person)
    prove_telephone(client)
    page = text_of(client.get("/marriage/check/"))
    token = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post("/marriage/check/", {"seen": token})
    entry.refresh_from_db()
    assert entry.state == WaitingEntry.State.TAKEN
    assert Booking.objects.filter(slot=slot, state=State.BOOKED).count() == 1


def test_leaving_by_get_leads_back_and_ends_nothing(client, booked, couple):
    look_up(client, booked, couple)
    assert client.get("/marriage/manage/leave/")["Location"] == "/marriage/manage/booking/"
    assert booked.display_reference in text_of(client.get("/marriage/manage/booking/"))


def test_an_offer_of_the_night_says_when_it_is_told(client, time_machine):
    time_machine.move_to(timezone.make_aware(datetime.datetime(2026, 6, 8, 23, 0)), tick=False)
    slot = make_coming_slot(date=datetime.date(2026, 6, 20))
    booked, me = make_confirmed_booking(slot), make_person()
    entry = waiting_list.join(slot.service, slot.office, slot.date, me)
    bookings.cancel(booked)
    form = {"reference": entry.reference, "tail": me["id_number"][-4:]}
    page = text_of(client.post("/marriage/waiting/", form))
    assert "夜间不发通知，6月9日08:00通知您" in page
    assert "已通知" not in page
    assert "为您保留到2026年6月9日10:00" in page
    client.post("/marriage/waiting/", {**form, "action": "take"})
    client.post("/marriage/waiting/", {**form, "action": "leave"})
    page = text_of(client.get("/marriage/other-times/"))
    assert "您已退出候补" in page
    assert "分钟内确认" not in page


def test_a_day_that_is_not_full_is_not_called_full(client):
    slot = make_coming_slot()
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    page = text_of(client.get(f"/marriage/waiting/{slot.office.code}/{slot.date}/"))
    assert "这一天又有名额了" in page
    assert "约满了" not in page


def test_nobody_waits_for_a_day_on_which_he_is_too_young(client):
    slot = make_coming_slot()
    make_confirmed_booking(slot)
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    join = f"/marriage/waiting/{slot.office.code}/{slot.date}/"
    mine = {"id_type": "id_card", "phone": "13800001111", "email": ""}
    young = make_id_number(born=f"{slot.date - datetime.timedelta(days=8030):%Y%m%d}")
    assert "须年满22周岁" in text_of(client.post(join, {**mine, "id_number": young}))
    assert not WaitingEntry.objects.exists()
    old = make_id_number(born=f"{slot.date - datetime.timedelta(days=8040):%Y%m%d}")
    assert "已加入候补" in text_of(client.post(join, {**mine, "id_number": old}))


def test_a_place_from_the_waiting_list_is_not_handed_to_a_friend(booked):
    from marriage.booking import bookings as guard
    from marriage.booking import waiting_list

    me = {"id_number": make_id_number(), "phone": "13800001111"}
    slot = booked.slot
    entry = waiting_list.join(slot.service, slot.office, slot.date, me)
    guard.cancel(booked)
    entry.refresh_from_db()
    with pytest.raises(guard.NotOnOfferError, match="本人"):
        guard.confirm(entry.booking.hold_token, make_couple())
    mine = [{**make_couple()[0], **me}, make_couple()[1]]
    guard.confirm(entry.booking.hold_token, mine)
    entry.refresh_from_db()
    assert entry.state == WaitingEntry.State.TAKEN


def test_moving_to_a_day_before_the_age_is_reached_is_refused(client):
    service = make_asking_service("marriage")
    office = make_office(service)
    late = make_coming_slot(service, office, days_ahead=20)
    early = make_coming_slot(service, office, days_ahead=10)
    born = early.date.replace(year=early.date.year - 22)
    couple = make_couple()
    day_after = born + datetime.timedelta(days=1)
    couple[0]["id_number"] = make_id_number(born=f"{day_after:%Y%m%d}", number=3)
    booked = make_confirmed_booking(late, couple)
    look_up(client, booked, couple)
    address = f"/marriage/manage/move/{early.date}/?office={office.code}"
    response = client.post(address, {"slot": early.pk})
    assert response.status_code == 409
    assert "年满22周岁" in text_of(response)


def test_a_booking_leads_to_the_guide_with_what_else_it_says(client, booked, couple):
    guide = make_guide(title="怎样登记结婚")
    Service.objects.filter(pk=booked.service.pk).update(guide=guide)
    look_up(client, booked, couple)
    page = client.get("/marriage/manage/booking/").content.decode()
    assert f'<a href="{guide.url}">看办事指南：怎样登记结婚</a>' in page


def test_a_displaced_booking_is_cancelled_by_the_citizen(client, booked, couple):
    close_day(booked.office, booked.slot.date, "停电")
    look_up(client, booked, couple)
    page = text_of(client.post("/marriage/manage/cancel/", follow=True))
    assert "您已取消预约，因登记处停办，不计入取消次数。" in page
    assert "这个预约已取消，不计入取消次数。" in page
    assert "登记处取消" not in page


def test_who_is_booked_on_a_closed_time_is_warned_first_and_has_nothing_to_show(
    client, booked, couple
):
    look_up(client, booked, couple)
    assert "到场时出示" in text_of(client.get("/marriage/manage/booking/"))
    close_day(booked.office, booked.slot.date, "停电")
    page = text_of(client.get("/marriage/manage/booking/"))
    assert page.index("请不要前往") < page.index("原来约的")
    assert "到场时出示" not in page
    assert "存到手机日历" not in page


def test_the_cancellation_that_bans_says_so_before_and_after(client, couple):
    """Three within 30 days by the rules; each is told of their own ban alone."""
    slot = make_coming_slot(make_asking_service())
    other = make_person(man=True)
    for people in ([other, couple[1]], [other, couple[1]]):
        bookings.cancel(make_confirmed_booking(slot, people))
    booked = make_confirmed_booking(slot, couple)
    look_up(client, booked, couple)
    page = text_of(client.get("/marriage/manage/cancel/"))
    assert "算上这一次，您30天内取消预约3次" in page
    until = timezone.localdate() + datetime.timedelta(days=180)
    until = f"{until.year}年{until.month}月{until.day}日"
    assert until in page
    page = text_of(client.post("/marriage/manage/cancel/", follow=True))
    assert f"预约已取消。因30天内取消预约3次，{until}" in page
    told = booked.messages.filter(kind__startswith="cancelled")
    bodies = {row.content["to"]: row.content["body"] for row in told if row.channel == "sms"}
    assert until in bodies[couple[1]["phone"]]
    assert "重新预约" not in bodies[couple[1]["phone"]]
    assert "重新预约" in bodies[couple[0]["phone"]]


def test_who_is_far_from_a_ban_is_not_threatened(client, booked, couple):
    look_up(client, booked, couple)
    assert "算上这一次" not in text_of(client.get("/marriage/manage/cancel/"))
    assert "不能网上预约，" not in text_of(client.post("/marriage/manage/cancel/", follow=True))


def test_every_state_makes_a_sentence(client, booked, couple):
    look_up(client, booked, couple)
    for state, words in [
        (State.CANCELLED_BY_OFFICE, "这个预约已由登记处取消，不计入取消次数。"),
        (State.NO_SHOW, "这个预约当天没有到场。"),
        (State.DONE, "这个预约已办结。"),
    ]:
        Booking.objects.filter(pk=booked.pk).update(state=state)
        assert words in text_of(client.get("/marriage/manage/booking/"))


def test_a_displaced_time_is_not_said_to_be_kept(client, booked, couple):
    other = make_coming_slot(booked.service, booked.office, days_ahead=9)
    close_day(booked.office, booked.slot.date, "停电")
    look_up(client, booked, couple)
    address = f"/marriage/manage/move/{other.date}/?office={booked.office.code}"
    for page in (
        client.get("/marriage/manage/move/"),
        client.get(address),
        client.post(address, {"slot": other.pk}),
    ):
        assert "已经停办" in text_of(page)
        assert "一直保留" not in text_of(page)
        assert "放给其他人" not in text_of(page)


def test_a_day_past_its_deadline_is_called_by_name_and_never_an_offer(client, couple):
    service = make_asking_service("application")
    slot = make_coming_slot(service, make_office(service), days_ahead=1)
    booked = make_confirmed_booking(slot, couple)
    look_up(client, booked, couple)
    for address in ("booking", "cancel", "move"):
        page = text_of(client.get(f"/marriage/manage/{address}/"))
        assert "约的是明天，不能再在网上" in page
        assert "含当日）前可以" not in page
        assert "截止到" not in page


def test_moving_to_tomorrow_warns_first(client, booked, couple):
    near = make_coming_slot(booked.service, booked.office, days_ahead=1, hour=14)
    look_up(client, booked, couple)
    address = f"/marriage/manage/move/{near.date}/?office={booked.office.code}"
    for page in (client.get(address), client.post(address, {"slot": near.pk})):
        assert "约的是明天，改期后不能在网上取消、改期" in text_of(page)
