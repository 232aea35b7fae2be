"""A couple books in traditional characters; what they typed stays as it was."""

import pytest

from marriage.models import Booking
from marriage.models.states import State

from ..factories import make_couple
from ..steps import book, choose_time, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def test_a_booking_in_traditional_characters(client, slot):
    client.cookies["display"] = "traditional"
    choose_time(client, slot)
    wrong = {**make_couple()[0], "name": "张发", "phone": "1"}
    page = text_of(client.post("/marriage/people/1/", wrong))
    assert "錯誤：" in page
    assert 'value="张发"' in page
    assert book(client, slot)["Location"] == "/marriage/done/"
    booked = Booking.objects.get(state=State.BOOKED)
    page = text_of(client.get("/marriage/done/"))
    assert booked.display_reference in page
    assert "預約號" in page
    assert "张*" in page
