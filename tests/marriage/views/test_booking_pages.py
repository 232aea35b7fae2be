"""A couple books through the pages: forward, back, with odd names and wrong fields."""

import datetime
import re
from pathlib import Path

import pytest
from django.test import Client

import marriage
from home.models import ServicePlace
from marriage.booking import bookings, standing
from marriage.models import Booking, OutboxMessage
from marriage.models.states import State

from ..factories import make_confirmed_booking, make_couple, make_id_number, make_office
from ..steps import (
    ANSWERS,
    FORM,
    answer_questions,
    book,
    choose_time,
    enter_people,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_a_whole_booking_and_its_confirmation(client, slot):
    ServicePlace.objects.update(longitude=113.265, latitude=23.101)
    response = book(client, slot)
    assert response["Location"] == "/marriage/done/"
    booked = Booking.objects.get(state=State.BOOKED)
    page = text_of(client.get("/marriage/done/"))
    assert booked.display_reference in page
    assert "<svg" in page
    assert f"/marriage/offices/{slot.office.code}/position.geojson" in page
    assert "双方身份证" in page
    assert "离婚证或者判决书" not in page
    assert "张*" in page
    assert "张三" not in page


@pytest.mark.parametrize(("gateway", "promised"), [("console", 0), ("file", 0), ("http", 1)])
def test_a_message_is_promised_only_where_one_is_sent(client, slot, settings, gateway, promised):
    book(client, slot)
    settings.MESSAGE_GATEWAYS = {**settings.MESSAGE_GATEWAYS, "sms": gateway}
    page = text_of(client.get("/marriage/done/"))
    assert "请记下预约号" in page
    assert page.count("短信也会发到您的手机") == promised


def test_no_page_promises_a_text_message_unasked():
    """telephone.html is shown where a code is sent, and says where it goes."""
    folder = Path(marriage.__file__).parent / "templates" / "marriage"
    promises = {
        f"{path.name}: {line.strip()[:60]}"
        for path in folder.glob("*.html")
        if path.name != "telephone.html"
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search("发短信|手机短信|短信里|短信也", line) and "{% if sends %}" not in line
    }
    assert promises == set()


@pytest.mark.parametrize(("gateway", "count"), [("console", 0), ("http", 2)])
def test_the_lookup_speaks_of_messages_only_where_they_are_sent(client, settings, gateway, count):
    settings.MESSAGE_GATEWAYS = {**settings.MESSAGE_GATEWAYS, "sms": gateway}
    main = text_of(client.get("/marriage/manage/")).partition("<main")[2]
    assert main.count("短信") == count


def test_the_printed_list_says_which_registration_which_couple_and_where(client, slot):
    other = make_office(slot.service, accepts_foreign=True)
    answer_questions(client, slot)
    page = text_of(client.get("/marriage/materials/"))
    paper = page.partition('class="summary-list print-only"')[2].partition("</dl>")[0]
    for words in (slot.service.title, "内地居民", slot.office.place.name, other.place.name):
        assert words in paper
    assert '<p class="muted no-print">用的是别人的' in page
    client.post("/marriage/questions/origin/", {"answer": ["mainland", "hong_kong"]})
    page = text_of(client.get("/marriage/materials/"))
    paper = page.partition('class="summary-list print-only"')[2].partition("</dl>")[0]
    assert "香港居民" in paper
    assert f"{other.place.name}，" in paper
    assert f"{slot.office.place.name}，" not in paper


def test_every_step_leads_to_the_next_and_none_can_be_skipped(client, slot):
    assert client.get("/marriage/office/")["Location"] == "/marriage/"
    client.post("/marriage/services/marriage/")
    assert client.get("/marriage/check/")["Location"] == "/marriage/questions/origin/"
    order = []
    for key, answer in ANSWERS.items():
        order.append(client.post(f"/marriage/questions/{key}/", {"answer": answer})["Location"])
    order.append(client.post("/marriage/materials/")["Location"])
    order.append(client.post("/marriage/office/", {"office": slot.office.pk})["Location"])
    order.append(client.post("/marriage/hold/", {"slot": slot.pk})["Location"])
    assert order == [
        "/marriage/questions/residence/",
        "/marriage/questions/earlier_marriage/",
        "/marriage/questions/kinship/",
        "/marriage/questions/age/",
        "/marriage/materials/",
        "/marriage/office/",
        "/marriage/day/",
        "/marriage/people/1/",
    ]


def test_going_back_keeps_everything_and_returns_to_where_one_was(client, slot):
    choose_time(client, slot)
    enter_people(client)
    page = text_of(client.get("/marriage/people/1/"))
    assert 'value="张三"' in page
    response = client.post("/marriage/questions/residence/", {"answer": "elsewhere"})
    assert response["Location"] == "/marriage/materials/"  # The list may differ: seen again.
    assert client.post("/marriage/materials/")["Location"] == "/marriage/check/"


def test_answers_make_the_list_of_materials(client, slot):
    answer_questions(client, slot, earlier_marriage=["divorced"])
    assert "离婚证或者判决书" in text_of(client.get("/marriage/materials/"))


def test_an_empty_answer_is_told_above_and_beside(client, slot):
    client.post("/marriage/services/marriage/")
    page = text_of(client.post("/marriage/questions/origin/"))
    assert "error-summary" in page
    assert 'class="field__error"' in page


def test_contradicting_answers_are_refused(client, slot):
    answer_questions(client, slot, earlier_marriage=["never", "divorced"])
    assert client.get("/marriage/materials/")["Location"] == "/marriage/questions/earlier_marriage/"


def test_too_young_on_the_day_stops_kindly(client, slot):
    client.post("/marriage/services/marriage/")
    for key in ("origin", "residence", "earlier_marriage", "kinship"):
        client.post(f"/marriage/questions/{key}/", {"answer": ANSWERS[key]})
    page = text_of(client.post("/marriage/questions/age/", {"answer": "no"}))
    assert "22周岁" in page
    assert "修改回答" in page


def test_age_is_taken_from_the_number_on_the_day_of_the_appointment(client, slot):
    choose_time(client, slot)
    birthday = slot.date.replace(year=slot.date.year - 22)
    day_after = birthday + datetime.timedelta(days=1)
    young = {**FORM, "id_number": make_id_number(born=f"{day_after:%Y%m%d}", number=1)}
    assert "年满22周岁" in text_of(client.post("/marriage/people/1/", young))
    old_enough = {**FORM, "id_number": make_id_number(born=f"{birthday:%Y%m%d}", number=1)}
    assert client.post("/marriage/people/1/", old_enough).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("id_number", "44010519900307001", "您输入了17位"),
        ("id_number", "440105199003070011", "最后一位"),
        ("name", "", "请输入姓名"),
        ("name", "王" * 10_000, "最多60个字"),
        ("name", "Zhang3", "不要有数字"),
        ("phone", "1380000123", "您输入了10位"),
        ("phone", "abc", "只能是数字"),
        ("email", "x@", "邮箱的格式"),
    ],
)
def test_a_wrong_field_is_named_and_the_others_kept(client, slot, field, value, message):
    choose_time(client, slot)
    form = {**FORM, "name": "阿依古丽", "id_number": make_id_number(), field: value}
    page = text_of(client.post("/marriage/people/1/", form))
    assert message in page
    assert f'href="#id_{field}"' in page
    if field != "name":
        assert 'value="阿依古丽"' in page


@pytest.mark.parametrize("name", ["王䶮", "𠮷田", "阿依古丽·买买提", "Maria O'Neil", "欧阳娜娜"])
def test_rare_characters_and_dots_are_names(client, slot, name):
    couple = make_couple()
    couple[0]["name"] = name
    book(client, slot, couple)
    assert Booking.objects.get(state=State.BOOKED).parties.first().person["name"] == name


def test_the_same_person_twice_and_two_men_are_told_beside_the_field(client, slot):
    choose_time(client, slot)
    number = make_id_number(number=7)
    client.post("/marriage/people/1/", {**FORM, "id_number": number})
    page = text_of(client.post("/marriage/people/2/", {**FORM, "id_number": number}))
    assert "号码相同" in page
    other_man = {**FORM, "id_number": make_id_number(number=8)}
    assert "都是男性" in text_of(client.post("/marriage/people/2/", other_man))


def refusal(client, slot, couple) -> str:
    response = book(client, slot, couple)
    assert response.status_code == 409
    return " ".join(
        re.search(r'<div class="error-summary.*?</div>', text_of(response), re.S)[0].split()
    )


def test_nobody_learns_whether_somebody_has_booked_or_is_banned(client, slot):
    """The same words for both, and none before the telephone is proved."""
    slot.capacity = 6
    slot.save()
    booked, banned = make_couple(), make_couple()
    make_confirmed_booking(slot, booked)
    for _ in range(3):
        bookings.cancel(make_confirmed_booking(slot, banned))
    me = make_couple()[1]
    words = refusal(Client(), slot, [booked[0], me])
    assert standing.not_possible() in words
    assert 'href="/marriage/manage/"' in words
    assert words == refusal(Client(), slot, [banned[0], me])
    assert "已经预约" not in words
    told = OutboxMessage.objects.filter(kind="not_booked").order_by("pk")
    assert [message.content["to"] for message in told] == [booked[0]["phone"], banned[0]["phone"]]
    assert "已有预约" in told[0].content["body"]
    assert "30天内取消预约3次" in told[1].content["body"]


def test_what_is_typed_about_somebody_known_is_taken_like_any_other(client, slot):
    couple = make_couple()
    make_confirmed_booking(slot, couple)
    choose_time(client, slot)
    response = client.post("/marriage/people/1/", couple[0])
    assert response["Location"] == "/marriage/people/2/"


def test_a_residence_permit_needs_the_matching_answer(client, slot):
    choose_time(client, slot)
    form = {**FORM, "id_number": make_id_number(area="810000")}
    page = text_of(client.post("/marriage/people/1/", form))
    assert "前面选的是内地居民，这是香港居民的证件" in page


def test_coming_back_to_a_refused_choice_of_time_goes_on_where_one_was(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    response = client.get("/marriage/hold/", follow=True)
    assert response.redirect_chain[-1][0] == "/marriage/day/"


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31", "2026-13-01"])
def test_a_day_of_another_century_leads_to_the_calendar(client, slot, day):
    choose_time(client, slot)
    assert client.get(f"/marriage/day/{day}/")["Location"] == "/marriage/day/"
