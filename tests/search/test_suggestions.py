"""What is offered while a citizen types."""

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from home.cache import invalidation
from search.models import Synonym
from tests.home.factories import make_home

from .factories import guide_page, notice_page
from .test_backends import ODD_QUERIES
from .test_site_search import Places

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def site():
    make_home()
    guide_page("内地居民结婚登记")
    guide_page("结婚登记档案查询")
    notice_page("结婚登记高峰日提示")


def suggest(client, query) -> dict:
    response = client.get("/search/suggest/", {"q": query})
    assert response.status_code == 200
    return {g["label"]: [i["text"] for i in g["items"]] for g in response.json()["groups"]}


@pytest.mark.parametrize("query", ["结婚", "jiehun", "jhdj", "結婚", "jie婚", "婚登"])
def test_titles_are_offered_from_any_part_of_them(client, site, query):
    assert "内地居民结婚登记" in suggest(client, query)["办事和政策"]


def test_guides_stand_before_notices_and_beginnings_before_middles(client, site):
    offered = suggest(client, "结婚登记")["办事和政策"]
    assert offered[0] == "结婚登记档案查询"
    assert offered.index("内地居民结婚登记") < 3


def test_a_saying_offers_the_official_title(client, site):
    Synonym.objects.create(said="领证", official="结婚登记")
    assert "内地居民结婚登记" in suggest(client, "领证")["办事和政策"]


def test_names_are_a_group_of_their_own(client, site, monkeypatch):
    from search.site_search import sources

    monkeypatch.setattr(sources, "_sources", {"place": Places("结婚街", "结婚里")})
    offered = suggest(client, "结婚")
    assert list(offered) == ["办事和政策", "地名"]
    assert offered["地名"] == ["结婚街", "结婚里"]


def test_titles_come_from_memory(client, site, monkeypatch, django_assert_num_queries):
    from search.site_search import sources

    monkeypatch.setattr(sources, "_sources", {})
    # As after the commit of the pages: only then they are remembered.
    monkeypatch.setattr(invalidation, "is_pending", lambda: False)
    suggest(client, "结婚")
    with django_assert_num_queries(0):
        suggest(client, "登记")


@pytest.mark.parametrize("whole", ["jiehundengji", "jhdj", "结hun"])
def test_suggestions_stand_while_a_syllable_is_unfinished(client, site, whole):
    for end in range(2, len(whole) + 1):
        offered = suggest(client, whole[:end])
        assert "内地居民结婚登记" in offered.get("办事和政策", []), whole[:end]


def test_booking_actions_are_offered_by_pinyin(client, site):
    assert "查询、改期、取消预约" in suggest(client, "quxiaoyu")["办事和政策"]
    assert "查询、改期、取消预约" in suggest(client, "取消")["办事和政策"]


def test_names_that_only_sound_alike_are_not_offered_beside_a_document(client, site, monkeypatch):
    from search.site_search import sources

    monkeypatch.setattr(sources, "_sources", {"place": Places("洁婚里", score=12)})
    assert list(suggest(client, "结婚")) == ["办事和政策"]
    assert list(suggest(client, "洁婚里")) == ["地名"]


def test_best_bets_come_first(client, site):
    page = notice_page("预约说明")
    query = Query.objects.create(query_string="预约结婚")
    SearchPromotion.objects.create(query=query, page=page)
    assert suggest(client, "预约")["办事和政策"][0] == "预约说明"


@pytest.mark.parametrize("query", ODD_QUERIES, ids=lambda text: ascii(text[:12]))
def test_odd_input_is_answered(client, site, query):
    suggest(client, query)
