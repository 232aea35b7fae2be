"""The office and the time: what is left, what is full, and how often it is worked out."""

import time

import pytest

from marriage.models import BookingRules, Slot

from .couples import make_office, make_slot
from .steps import answer_questions, choose_time, text_of

pytestmark = pytest.mark.django_db


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


def test_a_linked_office_leads_to_the_province(client, slot):
    make_office([slot.service], mode="link", link="https://province.example.gov.cn/")
    answer_questions(client, slot)
    client.post("/marriage/materials/")
    assert "https://province.example.gov.cn/" in text_of(client.get("/marriage/office/"))


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
