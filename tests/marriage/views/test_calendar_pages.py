"""The office and the time: what is left, what is full, and how often it is worked out."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache

from marriage.models import BookingRules, PeakDay, Service, Slot

from ..factories import make_asking_service, make_coming_slot, make_office, today
from ..steps import answer_questions, book, choose_time, enter_people, text_of

pytestmark = pytest.mark.django_db


def test_a_full_time_offers_others(client, slot):
    other = make_coming_slot(slot.service, slot.office, days_ahead=8)
    Slot.objects.filter(pk=slot.pk).update(taken=2)
    response = choose_time(client, slot)
    assert response.status_code == 409
    assert "刚刚约满" in text_of(response)
    assert f'value="{other.pk}"' in text_of(response)
    assert "候补" in text_of(response)


def test_a_full_time_is_refused_without_a_write(client, slot, django_assert_max_num_queries):
    """5,000 want 500: a refusal counts for no limit, so it only reads."""
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    Slot.objects.filter(pk=slot.pk).update(taken=slot.capacity)
    client.post("/marriage/hold/", {"slot": slot.pk})
    with django_assert_max_num_queries(17) as queries:
        assert client.post("/marriage/hold/", {"slot": slot.pk}).status_code == 409
    written = [each["sql"] for each in queries if not each["sql"].startswith("SELECT")]
    assert written == []


def test_the_calendar_says_in_words_what_is_left_and_why_not(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    page = text_of(client.get("/marriage/day/"))
    assert "余2" in page
    assert "须提前1天预约" in page


def test_foreign_parties_see_only_offices_with_that_power(client, slot):
    special = make_office(slot.service, accepts_foreign=True)
    answer_questions(client, slot, origin="foreign")
    client.post("/marriage/materials/")
    page = text_of(client.get("/marriage/office/"))
    assert f'value="{special.pk}"' in page
    assert f'name="office" id="office-1" value="{slot.office.pk}"' not in page
    assert "没有办理涉外" in page
    assert "不能办理" in page
    assert "不在本站预约" not in page
    assert "全国任何一个婚姻登记处都可以办理" not in page
    response = client.post("/marriage/hold/", {"slot": slot.pk})
    assert response["Location"] == "/marriage/office/"


def test_a_linked_office_leads_to_the_province(client, slot):
    make_office(slot.service, mode="link", link="https://province.example.gov.cn/")
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    assert "https://province.example.gov.cn/" in text_of(client.get("/marriage/office/"))


def test_pages_stay_within_14_queries_however_many_days(
    client, slot, django_assert_max_num_queries
):
    for hour in range(10, 17):
        for days in range(2, 20):
            make_coming_slot(slot.service, slot.office, days_ahead=days, hour=hour)
    choose_time(client, slot)
    for address in ("", "office/", "day/", f"day/{slot.date}/", "people/1/", "manage/", "planner/"):
        with django_assert_max_num_queries(14):
            client.get(f"/marriage/{address}")


def test_the_calendar_is_made_once_for_many_and_soon_again(client, slot, settings):
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


def test_somebody_refused_sees_that_time_as_full_though_the_page_is_cached(client, slot, settings):
    settings.CALENDAR_SECONDS = 60
    choose_time(client, slot)
    other = make_coming_slot(slot.service, slot.office, hour=15)
    address = f"/marriage/day/{slot.date}/"
    assert "15:00" in text_of(client.get(address))
    Slot.objects.filter(pk=other.pk).update(taken=1)
    assert "15:00" in text_of(client.get(address))  # The cached page does not know yet.
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
    BookingRules._cached = None


def test_tomorrow_warns_before_and_after_it_is_booked(client, slot):
    """Bookings for tomorrow are past the deadline for moving and cancelling at once."""
    near = make_coming_slot(slot.service, slot.office, days_ahead=1)
    choose_time(client, near)
    enter_people(client)
    for address in (f"day/{near.date}/", "check/"):
        page = text_of(client.get(f"/marriage/{address}"))
        assert "约的是明天，预约后不能在网上取消、改期" in page
        assert "来不了请打电话" in page
        assert "含当日）前可以" not in page
    book(client, near)
    page = text_of(client.get("/marriage/done/"))
    assert "约的是明天，不能再在网上改期、取消" in page
    assert "含当日）前可以" not in page


def test_a_day_with_time_to_cancel_names_the_deadline(client, slot):
    choose_time(client, slot)
    enter_people(client)
    page = text_of(client.get("/marriage/check/"))
    assert "含当日）前可以在网上取消或者改期" in page
    assert "约的是" not in page


def test_the_time_that_is_held_reads_whole_without_a_script(client, slot):
    choose_time(client, slot)
    page = text_of(client.get("/marriage/people/1/"))
    assert "这个时间为您保留到" in page
    assert "还有<b></b>" not in page


def test_a_receipt_of_an_office_not_booked_here_says_what_to_do(client):
    service = make_asking_service(
        "certificate", title="离婚登记（领证）", asks_residence=False, asks_origin=False
    )
    make_office(service)
    linked = make_office(service, mode="link", name="示例外区登记处")
    client.post(f"/marriage/services/{service.slug}/")
    assert "受理的登记处不在上面" in text_of(client.get("/marriage/receipt/"))
    typed = {
        "receipt_number": "SZ-2026-1",
        "is_that_day": "on",
        "accepted_on": str(today() - timedelta(days=20)),
        "office": linked.pk,
    }
    page = text_of(client.post("/marriage/receipt/", typed))
    assert "领证须到原来受理的登记处" in page
    assert "请打电话给示例外区登记处" in page


def test_the_way_back_from_a_day_is_the_calendar(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    page = text_of(client.get(f"/marriage/day/{slot.date}/"))
    assert '<a href="/marriage/day/">返回上一步</a>' in page
    assert '<a href="/marriage/office/">返回上一步</a>' in text_of(client.get("/marriage/day/"))
    Slot.objects.filter(pk=slot.pk).update(taken=slot.capacity)
    refused = client.post("/marriage/hold/", {"slot": slot.pk})
    assert '<a href="/marriage/day/">返回上一步</a>' in text_of(refused)


@pytest.mark.parametrize("kind", ["marriage", "replacement"])
def test_the_number_of_steps_is_told_for_both_and_for_one_alone(client, slot, kind):
    """One person alone types one person less; the count on the pages then is the one told."""
    Service.objects.filter(pk=slot.service_id).update(kind=kind)
    page = text_of(client.get(f"/marriage/services/{slot.service.slug}/"))
    assert ("一个人办理的共" in page) == (kind == "replacement")
    client.post(f"/marriage/services/{slot.service.slug}/")
    where = client.get("/marriage/continue/")["Location"]
    number = re.search(r"第1步，共(\d+)步", text_of(client.get(where)))[1]
    assert f"共{number}步" in page
    if kind == "replacement":
        client.post("/marriage/questions/status/", {"answer": "divorced"})
        number = re.search(r"共(\d+)步", text_of(client.get("/marriage/questions/lost/")))[1]
        assert f"一个人办理的共{number}步" in page


def test_the_heart_is_explained_where_a_peak_day_is_shown(client, slot):
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    assert "高峰日：" not in text_of(client.get("/marriage/day/"))
    PeakDay.objects.create(date=slot.date, until=slot.date, title="情人节")
    cache.clear()
    assert '<span\n  class="legend__item legend__item--peak">高峰日：情人节</span>' in text_of(
        client.get("/marriage/day/")
    )


def test_who_comes_too_early_is_told_the_first_day_and_from_when_to_book(client, time_machine):
    """Accepted on 2026-11-30: the cooling-off time ends on 12-30 (Civil Code art. 1077), a
    Wednesday; New Year's Day is off and the two days after it are a weekend."""
    time_machine.move_to("2026-11-30 10:00+08:00")
    service = make_asking_service("certificate")
    office = make_office(service)
    client.post(f"/marriage/services/{service.slug}/")
    form = {"receipt_number": "SZ-2026-1", "accepted_on": "2026-11-30", "office": office.pk}
    page = text_of(client.post("/marriage/receipt/", form))
    assert "来得太早" in page
    assert "最早2026年12月31日（星期四）可以领证" in page
    assert "2026年12月1日（星期二）08:30起可以预约" in page
    time_machine.move_to("2026-12-01 09:00+08:00")
    response = client.post("/marriage/receipt/", form)
    assert response.status_code == 302
