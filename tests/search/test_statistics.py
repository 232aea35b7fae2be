"""Counts of searches: what is written, what is never written, and for how long."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from search import statistics
from search.models import QueryCount, SearchSettings
from tests.home.factories import make_home

from .factories import plain_page

pytestmark = pytest.mark.django_db


def rows() -> dict:
    return {r.query: (r.without_result, r.clicks) for r in QueryCount.objects.all()}


def test_a_query_without_result_is_counted_and_one_with_results_is_not(client):
    plain_page("结婚登记")
    client.get("/search/", {"q": "结婚登记"})
    for _ in range(3):
        client.get("/search/", {"q": " 火星旅游 "})
    assert rows() == {"火星旅游": (3, 0)}


def test_an_opened_result_is_counted(client):
    assert client.post(reverse("search:clicked"), {"q": "结婚登记"}).status_code == 204
    assert rows() == {"结婚登记": (0, 1)}


@pytest.mark.parametrize(
    "query",
    [
        "440105199001011234",
        "44010519900101123X",
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "预约号 20261123001",
        "someone@example.org",
        "新港西路135号之二302房",
        "我叫某某住在某某街某某号我的情况是这样的请问怎么办",
        "",
        "。。。",
        "\u200f",
    ],
)
def test_what_may_be_about_a_person_is_never_written(client, query):
    make_home()
    client.get("/search/", {"q": query})
    client.post(reverse("search:clicked"), {"q": query})
    assert rows() == {}


def test_the_number_of_different_queries_a_day_is_limited(monkeypatch):
    monkeypatch.setattr(statistics, "MAX_QUERIES_A_DAY", 2)
    monkeypatch.setattr(statistics, "_new_queries", (None, 0))
    for query in ("甲", "乙", "丙", "甲"):
        statistics.count(query, "without_result")
    assert rows() == {"甲": (2, 0), "乙": (1, 0)}


def test_counting_can_be_turned_off():
    settings = SearchSettings.load()
    settings.counting = False
    settings.save()
    statistics.count("火星", "without_result")
    assert rows() == {}


def test_old_counts_are_forgotten():
    today = timezone.localdate()
    settings = SearchSettings.load()
    settings.keep_days = 30
    settings.save()
    for days in (0, 29, 30, 200):
        QueryCount.objects.create(day=today - timedelta(days=days), query=str(days))
    assert statistics.forget_old() == 2
    assert set(rows()) == {"0", "29"}


def test_the_report_leaves_out_what_was_asked_seldom():
    for query, times in (("甲", 1), ("乙", 2), ("丙", 5)):
        for _ in range(times):
            statistics.count(query, "without_result")
    assert [row["query"] for row in statistics.report(7)] == ["丙", "乙"]


def test_days_are_added_up_in_the_report():
    today = timezone.localdate()
    for days in (0, 3, 40):
        QueryCount.objects.create(
            day=today - timedelta(days=days), query="甲", without_result=2, clicks=1
        )
    assert statistics.report(7) == [{"query": "甲", "without_result": 4, "clicks": 2, "times": 6}]
