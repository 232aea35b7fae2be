"""What the pages keep to themselves, how many tries they allow, and what they make of nonsense."""

import re

import pytest
from django.test import Client

from marriage.booking.challenges import DIGITS
from marriage.models import BookingRules, Draft
from marriage.wizard import drafts

from ..factories import make_couple
from ..steps import book, choose_time, enter_people, seen, text_of

pytestmark = pytest.mark.django_db


ODD = ["%00", "\ud800", "9" * 400, "-1", "<script>", "2026-13-45", "\x07", "’ OR 1=1"]


def test_drafts_and_sessions_hold_no_readable_personal_data(client, slot):
    couple = make_couple()
    choose_time(client, slot)
    enter_people(client, couple)
    row = Draft.objects.get()
    assert couple[0]["id_number"] not in str(Draft.objects.values())
    assert client.cookies[drafts.COOKIE].value not in row.key
    client.post("/marriage/check/", {"seen": seen(client)})
    assert "people" not in drafts.decrypt(Draft.objects.get().encrypted)


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
    assert client.post("/marriage/hold/", {"slot": slot.pk}).status_code == 429

    def answered(answer: str = "") -> int:
        page = text_of(client.get(day))
        first, second = re.search(r"小问题：(.)加(.)等于几", page).groups()
        key = re.search(r'name="question" value="([^"]+)"', page)[1]
        total = str(DIGITS.index(first) + DIGITS.index(second))
        form = {"slot": slot.pk, "question": key, "answer": answer or total}
        return client.post("/marriage/hold/", form).status_code

    assert answered("99") == 429
    assert answered() == 302


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
