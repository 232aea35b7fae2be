"""Safety cards: shown for what tells of danger, however it is written, and for nothing else."""

import re

import pytest

from demonstration.search import loading
from search.models import SafetyCard
from search.site_search.catalogue import catalogue
from tests.home.factories import make_home

from .factories import guide_page

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def cards(db):
    make_home()
    loading._make_safety_cards()
    return catalogue()


def number(cards, query: str) -> str:
    alarm = cards.safety.alarm_for(cards.read(query))
    return alarm.card.numbers[0][0] if alarm else ""


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("不想活了", "120"),
        ("我真的唔想生啦", "120"),
        ("活著沒意思", "120"),
        ("不想火了", "120"),
        ("老公打我", "110"),
        ("老公打我點算好", "110"),
        ("家爆怎么办", "110"),
        ("家庭暴历", "110"),
        ("家爆", "110"),
        ("遗书", "120"),
        ("自沙", "120"),
        ("邻居打小孩", "110"),
        ("细路俾人打", "110"),
        ("孩子走丢了", "110"),
        ("有个阿婆倒在路边", "120"),
        ("有人晕到在马路边", "120"),
        ("今晚没饭吃", "12345"),
        ("冇錢食飯", "12345"),
        ("没有地方住", "12345"),
        ("有人打小朋友 救命", "110"),
        ("小朋友被打", "110"),
        ("救命啊", "110"),
        ("房子着火了", "110"),
    ],
)
def test_danger_brings_the_number_to_ring(cards, query, first):
    assert number(cards, query) == first


@pytest.mark.parametrize(
    "query",
    [
        "老公打算和我离婚", "我同老婆打结婚证", "路牌倒在地上", "紫砂", "长者饭堂", "结婚登记",
        "国家报销", "残疾人补贴", "低保", "请打我电话", "第一次遇到老人过世", "火灾救助",
        "遗属", "医书", "遗属待遇",
    ],
)  # fmt: skip
def test_other_queries_bring_no_card(cards, query):
    assert number(cards, query) == ""


def test_the_card_stands_above_everything(cards, client):
    html = client.get("/search/", {"q": "不想活了"}).content.decode()
    assert 'href="tel:120"' in html
    assert html.index("<h1>") < html.index("safety-card") < html.index("</main>")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("我不想活了", ["找社工帮忙"]),
        ("老公打我", ["找社工帮忙"]),
        ("老公打我 想离婚登记", ["找社工帮忙", "离婚登记"]),
        ("邻居打小孩", ["孩子求助"]),
    ],
)
def test_below_the_card_stand_its_page_and_what_was_asked_besides(db, client, query, found):
    """Nothing that only happens to share a word: no 不想离了 below 不想活."""
    guide_page("找社工帮忙", slug="social-work-station")
    guide_page("孩子求助", slug="child-protection-help")
    guide_page("离婚登记", summary="不想离了可以撤回，老公老婆一起来")
    loading._make_safety_cards()
    results = client.get("/search/", {"q": query}).context["answer"].results.object_list
    assert [re.sub("</?mark>", "", result.title) for result in results] == found


def test_a_card_without_a_page_says_nothing_of_nothing_found(cards, client):
    assert "没有找到" not in client.get("/search/", {"q": "不想活了"}).content.decode()


def test_a_card_that_is_not_in_use_is_not_shown(cards, client):
    SafetyCard.objects.update(is_active=False)
    assert "safety-card" not in client.get("/search/", {"q": "不想活了"}).content.decode()


def test_nothing_found_always_tells_whom_to_ring(client, db):
    make_home()
    html = client.get("/search/", {"q": "火星旅游"}).content.decode()
    assert 'href="tel:12345"' in html
