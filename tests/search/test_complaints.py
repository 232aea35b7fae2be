"""Which words are a complaint, and whom to ring for it, is what staff wrote."""

import pytest

from search.models import SafetyCard
from search.site_search.answering import answer
from tests.home.factories import make_home

pytestmark = pytest.mark.django_db

COMPLAINTS = SafetyCard.Kind.COMPLAINT


@pytest.fixture(autouse=True)
def home_page():
    return make_home()


def answered(query: str) -> str:
    card = answer(query).card
    return card.answer if card else ""


@pytest.mark.parametrize("query", ["投诉", "楼上噪音", "装修扰民找谁", "我要舉報"])
def test_a_new_site_knows_complaints(query):
    assert answered(query) == "请打12345"


@pytest.mark.parametrize("query", ["举报家暴", "邻居老打小孩怎么举报", "结婚登记"])
def test_what_has_numbers_of_its_own_is_none(query):
    assert answered(query) == ""


def test_staff_add_words_and_change_the_number():
    assert answered("差评") == ""
    card = SafetyCard.objects.get(kind=COMPLAINTS)
    card.words += "\n差评"
    card.numbers = "12345 热线\n020-1234 监督电话"
    card.text = ""
    card.save()
    assert answered("差评") == "请打12345、020-1234"
    assert answer("差评").card.facts == ()
    card.delete()
    assert answered("投诉") == ""


def test_a_complaint_takes_the_results_away_from_nobody():
    """Unlike a card for somebody in danger."""
    found = answer("投诉")
    assert found.safety is None
    assert found.results.object_list
