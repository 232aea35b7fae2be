"""A couple books through the pages: forward, back, with odd names and wrong fields."""

import datetime

import pytest

from home.models import ServicePlace
from marriage import booking
from marriage.models import Booking
from marriage.states import State

from .couples import make_booking, make_couple, make_id_number
from .steps import ANSWERS, FORM, answer_questions, book, choose_time, enter_people, text_of

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


def test_every_step_leads_to_the_next_and_none_can_be_skipped(client, slot):
    assert client.get("/marriage/office/")["Location"] == "/marriage/"
    client.post("/marriage/services/marriage/")
    assert client.get("/marriage/check/")["Location"] == "/marriage/questions/residence/"
    order = []
    for key, answer in ANSWERS.items():
        order.append(client.post(f"/marriage/questions/{key}/", {"answer": answer})["Location"])
    order.append(client.post("/marriage/materials/")["Location"])
    order.append(client.post("/marriage/office/", {"office": slot.office.pk})["Location"])
    order.append(client.post("/marriage/hold/", {"slot": slot.pk})["Location"])
    assert order == [
        "/marriage/questions/origin/",
        "/marriage/questions/earlier_marriage/",
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
    page = text_of(client.post("/marriage/questions/residence/"))
    assert "error-summary" in page
    assert 'class="field__error"' in page


def test_contradicting_answers_are_refused(client, slot):
    answer_questions(client, slot, earlier_marriage=["never", "divorced"])
    assert client.get("/marriage/materials/")["Location"] == "/marriage/questions/earlier_marriage/"


def test_too_young_on_the_day_stops_kindly(client, slot):
    client.post("/marriage/services/marriage/")
    for key in ("residence", "origin", "earlier_marriage"):
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


@pytest.mark.parametrize("name", ["王䶮", "𠮷田", "阿依古丽·买买提", "Maria O'Neil", "欧阳 娜娜"])
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


def test_somebody_who_has_booked_is_told_beside_the_field(client, slot):
    couple = make_couple()
    make_booking(slot, couple)
    choose_time(client, slot)
    page = text_of(client.post("/marriage/people/1/", couple[0]))
    assert "已经预约了这项业务" in page


def test_somebody_banned_is_told_why_and_until_when(client, slot):
    couple = make_couple()
    for _ in range(3):
        booking.cancel(make_booking(slot, couple))
    choose_time(client, slot)
    page = text_of(client.post("/marriage/people/1/", couple[0]))
    assert "30天内取消预约3次" in page
    assert "起可以再次预约" in page


def test_a_residence_permit_needs_the_matching_answer(client, slot):
    choose_time(client, slot)
    form = {**FORM, "id_number": make_id_number(area="810000")}
    assert "港澳台" in text_of(client.post("/marriage/people/1/", form))


def test_coming_back_to_a_refused_choice_of_time_goes_on_where_one_was(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    response = client.get("/marriage/hold/", follow=True)
    assert response.redirect_chain[-1][0] == "/marriage/day/"
