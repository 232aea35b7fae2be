"""A time that is held runs out, is sent twice, or is open in two windows."""

import datetime

import pytest
from django.utils import timezone

from marriage.models import Booking, Slot
from marriage.models.states import State

from ..factories import make_coming_slot, make_couple
from ..steps import choose_time, enter_people, seen, text_of

pytestmark = pytest.mark.django_db


def run_out(slot):
    Booking.objects.filter(state=State.HELD).update(
        hold_expires=timezone.now() - datetime.timedelta(seconds=1)
    )


def test_an_expired_hold_offers_other_times_and_keeps_all_answers(client, slot):
    other = make_coming_slot(slot.service, slot.office, hour=11)
    choose_time(client, slot)
    client.post("/marriage/people/1/", make_couple(11)[0])
    run_out(slot)
    assert client.get("/marriage/people/2/")["Location"] == "/marriage/other-times/"
    page = text_of(client.get("/marriage/other-times/"))
    assert "已过期" in page
    assert f'value="{other.pk}"' in page
    assert client.post("/marriage/hold/", {"slot": other.pk})["Location"] == "/marriage/people/2/"


def test_a_form_sent_after_the_hold_ran_out_is_cached(client, slot):
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
    couple = make_couple(21)
    enter_people(client, couple)
    first_window = seen(client)
    client.post("/marriage/people/1/", {**couple[0], "name": "王五"})
    response = client.post("/marriage/check/", {"seen": first_window})
    assert response.status_code == 409
    assert "另一个窗口" in text_of(response)
    assert not Booking.objects.confirmed().exists()


def test_a_second_window_that_starts_again_gives_the_first_hold_back(client, slot):
    choose_time(client, slot)
    choose_time(client, slot)
    assert Slot.objects.get(pk=slot.pk).taken == 1
