"""A couple books through the pages: forward, back, twice, too late, with odd names."""

import datetime
import re
import time

import pytest
from django.test import Client
from django.utils import timezone

from home.models import ServicePlace
from marriage import booking, drafts
from marriage.models import Booking, BookingRules, Draft, Slot
from marriage.states import State

from .couples import (
    make_booking,
    make_couple,
    make_id_number,
    make_material,
    make_office,
    make_service,
    make_slot,
)

pytestmark = pytest.mark.django_db
ANSWERS = {
    "residence": "guangzhou",
    "origin": "mainland",
    "earlier_marriage": ["never"],
    "age": "yes",
}
FORM = {"name": "张三", "phone": "13800001234", "email": ""}


@pytest.fixture
def slot():
    service = make_service(slug="marriage")
    make_material(service, "双方身份证")
    make_material(service, "离婚证或者判决书", "earlier_marriage=divorced")
    return make_slot(service, make_office([service]), capacity=2)


def answer_questions(client, slot, **changed):
    client.post(f"/marriage/services/{slot.service.slug}/")
    for key, answer in {**ANSWERS, **changed}.items():
        client.post(f"/marriage/questions/{key}/", {"answer": answer})


def choose_time(client, slot, **changed):
    answer_questions(client, slot, **changed)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    return client.post("/marriage/hold/", {"slot": slot.pk})


def enter_people(client, couple=None):
    for position, person in enumerate(couple or make_couple(), start=1):
        response = client.post(f"/marriage/people/{position}/", person)
        assert response.status_code == 302, text_of(response)
    return response


def seen(client) -> str:
    return re.search(r'name="seen" value="(\w+)"', text_of(client.get("/marriage/check/")))[1]


def text_of(response) -> str:
    return response.content.decode()


def book(client, slot, couple=None):
    choose_time(client, slot)
    enter_people(client, couple)
    return client.post("/marriage/check/", {"seen": seen(client)})


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


def run_out(slot):
    Booking.objects.filter(state=State.HELD).update(
        hold_expires=timezone.now() - datetime.timedelta(seconds=1)
    )


def test_an_expired_hold_offers_other_times_and_keeps_all_answers(client, slot):
    other = make_slot(slot.service, slot.office, hour=11)
    choose_time(client, slot)
    client.post("/marriage/people/1/", make_couple(11)[0])
    run_out(slot)
    assert client.get("/marriage/people/2/")["Location"] == "/marriage/other-times/"
    page = text_of(client.get("/marriage/other-times/"))
    assert "已过期" in page
    assert f'value="{other.pk}"' in page
    assert client.post("/marriage/hold/", {"slot": other.pk})["Location"] == "/marriage/people/2/"


def test_a_form_sent_after_the_hold_ran_out_is_kept(client, slot):
    choose_time(client, slot)
    run_out(slot)
    response = client.post("/marriage/people/1/", make_couple(12)[0])
    assert response["Location"] == "/marriage/other-times/"
    client.post("/marriage/hold/", {"slot": slot.pk})
    assert 'value="张三"' in text_of(client.get("/marriage/people/1/"))


def test_confirming_after_the_hold_ran_out_books_nothing(client, slot):
    choose_time(client, slot)
    enter_people(client)
    token = seen(client)
    run_out(slot)
    response = client.post("/marriage/check/", {"seen": token})
    assert response["Location"] == "/marriage/other-times/"
    assert not Booking.objects.confirmed().exists()


def test_a_double_submission_and_the_back_button_make_one_booking(client, slot):
    choose_time(client, slot)
    enter_people(client)
    token = seen(client)
    for _ in range(2):
        response = client.post("/marriage/check/", {"seen": token})
        assert response["Location"] == "/marriage/done/"
    for address in ("check", "people/1", "day", "questions/age"):
        assert client.get(f"/marriage/{address}/")["Location"] == "/marriage/done/"
    assert Booking.objects.confirmed().count() == 1


def test_a_page_older_than_the_answers_cannot_confirm_them(client, slot):
    choose_time(client, slot)
    enter_people(client)
    first_window = seen(client)
    client.post("/marriage/people/1/", {**make_couple(21)[0], "name": "王五"})
    response = client.post("/marriage/check/", {"seen": first_window})
    assert response.status_code == 409
    assert "另一个窗口" in text_of(response)
    assert not Booking.objects.confirmed().exists()


def test_a_second_window_that_starts_anew_gives_the_first_hold_back(client, slot):
    choose_time(client, slot)
    choose_time(client, slot)
    assert Slot.objects.get(pk=slot.pk).taken == 1


def test_a_full_time_offers_others(client, slot):
    other = make_slot(slot.service, slot.office, days_ahead=8)
    Slot.objects.filter(pk=slot.pk).update(taken=2)
    response = choose_time(client, slot)
    assert response.status_code == 409
    assert "刚刚约满" in text_of(response)
    assert f'value="{other.pk}"' in text_of(response)
    assert "候补" in text_of(response)


def test_the_calendar_says_in_words_what_is_left_and_why_not(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    page = text_of(client.get("/marriage/day/"))
    assert "余2" in page
    assert "须提前1天预约" in page


def test_foreign_parties_see_only_offices_with_that_power(client, slot):
    special = make_office([slot.service], accepts_foreign=True)
    answer_questions(client, slot, origin="foreign")
    client.post("/marriage/materials/")
    page = text_of(client.get("/marriage/office/"))
    assert f'value="{special.pk}"' in page
    assert f'name="office" id="office-1" value="{slot.office.pk}"' not in page
    assert "没有办理涉外" in page
    response = client.post("/marriage/hold/", {"slot": slot.pk})
    assert response["Location"] == "/marriage/office/"


def test_a_residence_permit_needs_the_matching_answer(client, slot):
    choose_time(client, slot)
    form = {**FORM, "id_number": make_id_number(area="810000")}
    assert "港澳台" in text_of(client.post("/marriage/people/1/", form))


def test_a_linked_office_leads_to_the_province(client, slot):
    make_office([slot.service], mode="link", link="https://province.example.gov.cn/")
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    assert "https://province.example.gov.cn/" in text_of(client.get("/marriage/office/"))


def test_drafts_and_sessions_hold_no_readable_personal_data(client, slot):
    couple = make_couple()
    choose_time(client, slot)
    enter_people(client, couple)
    row = Draft.objects.get()
    assert couple[0]["id_number"] not in str(Draft.objects.values())
    assert client.cookies[drafts.COOKIE].value not in row.key
    client.post("/marriage/check/", {"seen": seen(client)})
    assert "people" not in drafts.unseal(Draft.objects.get().sealed)


def test_another_browser_sees_nothing_of_it(client, slot):
    book(client, slot)
    assert Client().get("/marriage/done/")["Location"] == "/marriage/manage/"


def test_limits_per_device_say_so_and_keep_the_answers(client, slot):
    rules = BookingRules.load()
    rules.holds_per_device_hour = 1
    rules.save()
    choose_time(client, slot)
    response = client.post("/marriage/hold/", {"slot": slot.pk})
    assert response.status_code == 429
    assert "每小时最多选1次" in text_of(response)


def test_a_question_in_words_comes_only_after_many_tries(client, slot):
    choose_time(client, slot)
    day = f"/marriage/day/{slot.date}/"
    assert "小问题" not in text_of(client.get(day))
    rules = BookingRules.load()
    rules.challenge_after = 1
    rules.save()
    page = text_of(client.get(day))
    first, second = re.search(r"小问题：(.)加(.)等于几", page).groups()
    key = re.search(r'name="question" value="([^"]+)"', page)[1]
    assert client.post("/marriage/hold/", {"slot": slot.pk}).status_code == 429
    digits = "零一二三四五六七八九"
    answer = str(digits.index(first) + digits.index(second))
    right = {"slot": slot.pk, "question": key, "answer": answer}
    assert client.post("/marriage/hold/", {**right, "answer": "99"}).status_code == 429
    assert client.post("/marriage/hold/", right).status_code == 302


ODD = ["%00", "\ud800", "9" * 400, "-1", "<script>", "2026-13-45", "\x07", "’ OR 1=1"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_is_never_an_error_of_ours(client, slot, odd):
    choose_time(client, slot)
    data = dict.fromkeys(("answer", "slot", "office", "name", "id_number", "seen", "tail"), odd)
    data["reference"] = odd
    for address in (
        "questions/origin",
        "office",
        "hold",
        "people/1",
        "check",
        "manage",
        "waiting",
        "materials",
    ):
        response = client.post(f"/marriage/{address}/", encoded(data))
        assert response.status_code < 500, address
    for address in ("planner/?accepted_on=", "manage/move/?office=", "?x="):
        assert (
            client.get(f"/marriage/{address}{odd.encode('utf-8', 'replace').hex()}").status_code
            < 500
        )
    assert client.get("/marriage/day/2026-99-99/").status_code < 500
    assert client.get("/marriage/services/unknown/").status_code == 404


def encoded(data):
    return {
        key: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        for key, value in data.items()
    }


def test_pages_stay_within_twelve_queries_however_many_days(
    client, slot, django_assert_max_num_queries
):
    for hour in range(10, 17):
        for days in range(2, 20):
            make_slot(slot.service, slot.office, days_ahead=days, hour=hour)
    choose_time(client, slot)
    for address in ("", "office/", "day/", f"day/{slot.date}/", "people/1/", "manage/", "planner/"):
        with django_assert_max_num_queries(12):
            client.get(f"/marriage/{address}")


def test_the_calendar_is_made_once_for_many_and_soon_anew(client, slot, settings):
    settings.CALENDAR_SECONDS = 1
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    assert "余2" in text_of(client.get("/marriage/day/"))
    Slot.objects.filter(pk=slot.pk).update(taken=2)
    page = text_of(client.get("/marriage/day/"))
    assert "余2" in page
    assert '<ol class="month__days">' in page
    time.sleep(1.1)
    assert "约满" in text_of(client.get("/marriage/day/"))


def test_somebody_refused_sees_that_time_as_full_though_the_page_is_kept(client, slot, settings):
    settings.CALENDAR_SECONDS = 60
    choose_time(client, slot)
    other = make_slot(slot.service, slot.office, hour=15)
    address = f"/marriage/day/{slot.date}/"
    assert "15:00" in text_of(client.get(address))
    Slot.objects.filter(pk=other.pk).update(taken=1)
    assert "15:00" in text_of(client.get(address))  # The kept page does not know yet.
    response = client.post("/marriage/hold/", {"slot": other.pk})
    assert response.status_code == 409
    page = text_of(response)
    assert "刚刚约满" in page
    assert f'value="{other.pk}"' not in page


def test_changed_rules_are_seen_at_once_by_the_process_that_changed_them(settings):
    settings.CALENDAR_SECONDS = 60
    rules = BookingRules.load()
    rules.hold_minutes = 7
    assert BookingRules.load().hold_minutes == 10
    rules.save()
    assert BookingRules.load().hold_minutes == 7
    BookingRules._kept = None


def test_coming_back_to_a_refused_choice_of_time_goes_on_where_one_was(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    response = client.get("/marriage/hold/", follow=True)
    assert response.redirect_chain[-1][0] == "/marriage/day/"
