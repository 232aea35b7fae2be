"""Looking up, moving and cancelling; nothing can be guessed, nothing told twice."""

import datetime
import json

import pytest
from django.test import Client

from marriage.calendar_file import calendar_file
from marriage.models import AuditEntry, Booking, BookingRules, OutboxMessage, Service, WaitingEntry
from marriage.states import State
from tests.guides.factories import make_guide

from .couples import make_booking, make_couple, make_id_number, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def couple():
    return make_couple()


@pytest.fixture
def booked(couple):
    service = make_service("application", discreet_title="婚姻登记业务")
    return make_booking(make_slot(service, make_office([service])), couple)


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
    import re

    def answer(**changed):
        page = text_of(look_up(Client(), booked, couple, **changed))
        return re.sub(r'value="[^"]*"', "", page)

    wrong_tail = answer(tail="0000")
    assert wrong_tail == answer(reference="AAAAACCCCC") == answer(reference="张", tail="123X")
    assert "没有找到这个预约" in wrong_tail


def test_a_hold_cannot_be_looked_up(client, couple):
    from marriage import booking

    held = booking.hold(make_slot().pk)
    assert look_up(client, held, couple).status_code == 200


def test_tries_are_limited_per_reference_and_say_so(client, booked, couple):
    rules = BookingRules.load()
    rules.lookups_per_reference_hour = 3
    rules.save()
    for _ in range(3):
        assert look_up(Client(), booked, couple, tail="0000").status_code == 200
    response = look_up(Client(), booked, couple)  # Right, but too late to be told so.
    assert response.status_code == 429
    assert "次数太多" in text_of(response)


def test_tries_are_limited_per_address(client, booked, couple):
    rules = BookingRules.load()
    rules.lookups_per_address_hour = 3
    rules.save()
    for number in range(3):
        look_up(Client(), booked, couple, reference=f"AAAAACCCC{number}")
    assert look_up(Client(), booked, couple).status_code == 429
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert look_up(other, booked, couple).status_code == 302


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
    other = make_slot(booked.service, booked.office, days_ahead=9)
    look_up(client, booked, couple)
    address = f"/marriage/manage/move/{other.date}/?office={booked.office.code}"
    assert "余1" in text_of(client.get("/marriage/manage/move/"))
    assert client.post(address, {"slot": other.pk}).status_code == 302
    moved = Booking.objects.get(pk=booked.pk)
    assert (moved.slot, moved.reference) == (other, booked.reference)


def test_moving_to_a_time_just_taken_says_so_and_keeps_the_old(client, booked, couple):
    other = make_slot(booked.service, booked.office, days_ahead=9)
    make_booking(other)
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


def test_leaving_forgets_the_booking_on_this_device(client, booked, couple):
    look_up(client, booked, couple)
    client.post("/marriage/manage/leave/")
    assert client.get("/marriage/manage/booking/")["Location"] == "/marriage/manage/"


def test_a_change_of_materials_is_shown_and_told_once(client, booked, couple):
    from marriage import outbox

    from .couples import make_material

    make_material(booked.service, "新的材料")
    assert outbox.materials_changed(booked.service, "2") == 1
    outbox.materials_changed(booked.service, "2")
    assert OutboxMessage.objects.filter(kind="materials_changed").count() == 2
    look_up(client, booked, couple)
    page = text_of(client.get("/marriage/manage/booking/"))
    assert "新的材料" in page
    assert "材料有变化" in page


def test_the_waiting_list_from_joining_to_a_booking(client, booked, couple):
    from marriage import booking as guard

    slot = booked.slot
    service = slot.service
    service.asks_residence = service.asks_origin = False
    service.save()
    client.post(f"/marriage/services/{service.slug}/")
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    join = f"/marriage/waiting/{slot.office.code}/{slot.date}/"
    me = make_id_number()
    mine = {"id_number": me, "phone": "13800001111", "email": "me@example.com"}
    wrong = text_of(client.post(join, {**mine, "email": "me@"}))
    assert "邮箱的格式不对" in wrong
    assert 'value="me@"' in wrong
    page = text_of(client.post(join, mine))
    assert "第1位" in page
    entry = WaitingEntry.objects.get()
    again = text_of(client.post(join, {"id_number": me, "phone": "13800001111"}))
    assert "已经在这一天的候补名单" in again
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
        {"name": "张三", "id_number": me, "phone": "13800001111", "email": ""},
        {"name": "李四", "id_number": make_id_number(man=False), "phone": "13800001112"},
    ]
    for position, person in enumerate(people, start=1):
        client.post(f"/marriage/people/{position}/", person)
    import re

    page = text_of(client.get("/marriage/check/"))
    token = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post("/marriage/check/", {"seen": token})
    entry.refresh_from_db()
    assert entry.state == WaitingEntry.State.TAKEN
    assert Booking.objects.filter(slot=slot, state=State.BOOKED).count() == 1


def test_a_place_from_the_waiting_list_is_not_handed_to_a_friend(booked):
    from marriage import booking as guard
    from marriage import waiting_list

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
    service = make_service("marriage")
    office = make_office([service])
    late = make_slot(service, office, days_ahead=20)
    early = make_slot(service, office, days_ahead=10)
    born = early.date.replace(year=early.date.year - 22)
    couple = make_couple()
    day_after = born + datetime.timedelta(days=1)
    couple[0]["id_number"] = make_id_number(born=f"{day_after:%Y%m%d}", number=3)
    booked = make_booking(late, couple)
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
