"""What was begun and not finished: on a shared computer, and in two tabs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marriage.models import Booking, BookingRules, Draft
from marriage.wizard import drafts

from ..factories import make_service
from ..steps import answer_questions, choose_time, enter_people, text_of

pytestmark = pytest.mark.django_db


def grow_old(minutes):
    Draft.objects.update(updated_at=timezone.now() - timedelta(minutes=minutes))


def test_every_page_and_the_start_offer_to_clear_what_was_typed(client, slot):
    choose_time(client, slot)
    enter_people(client)
    for address in ("/marriage/", "/marriage/questions/kinship/", "/marriage/people/1/"):
        assert 'href="/marriage/abandon/"' in text_of(client.get(address))
    assert "放弃这次预约吗" in text_of(client.get("/marriage/abandon/"))
    assert Draft.objects.exists(), "asking deletes nothing"
    response = client.post("/marriage/abandon/", follow=True)
    assert "已经从这台设备上清除" in text_of(response)
    assert not Draft.objects.exists()
    assert not client.cookies[drafts.COOKIE].value
    assert not Booking.objects.filter(state="held").exists()
    assert client.get("/marriage/abandon/").status_code == 302


def test_personal_data_are_forgotten_after_half_an_hour_without_an_answer(client, slot):
    choose_time(client, slot)
    enter_people(client)
    grow_old(29)
    assert 'value="张三"' in text_of(client.get("/marriage/people/1/"))
    grow_old(31)
    page = text_of(client.get("/marriage/questions/kinship/"))
    assert "超过30分钟没有操作" in page
    assert "张三" not in text_of(client.get("/marriage/people/1/"))
    assert client.get("/marriage/check/")["Location"] == "/marriage/people/1/"
    assert "checked" in text_of(client.get("/marriage/questions/kinship/")), "the rest stays"


def test_how_long_is_a_rule(client, slot):
    BookingRules.objects.update_or_create(defaults={"draft_personal_minutes": 5})
    BookingRules._kept = None
    choose_time(client, slot)
    enter_people(client)
    grow_old(6)
    assert "张三" not in text_of(client.get("/marriage/people/1/"))


def test_a_second_service_does_not_destroy_the_first_without_asking(client, slot):
    other = make_service(slug="replacement", title="补领婚姻登记证")
    answer_questions(client, slot)
    response = client.post(f"/marriage/services/{other.slug}/")
    assert response.status_code == 409
    assert "您有一个没有完成的预约" in text_of(response)
    assert client.get("/marriage/continue/")["Location"] == "/marriage/materials/"
    response = client.post(f"/marriage/services/{other.slug}/", {"again": "1"})
    assert response.status_code == 302
    page = text_of(client.get("/marriage/"))
    assert "补领婚姻登记证，填过的内容" in page
