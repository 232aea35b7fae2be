"""With the database locked by somebody else pages answer: what only counts is given up."""

import contextlib
import sqlite3

import pytest
from django.db import connection

from home import brief_writes
from home.models import FeedbackReport, FeedbackSettings, PageOpinion
from search.models import QueryCount, SearchSettings
from tests.home.factories import make_home

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("home_ratecount", "home_pageopinion", "home_feedbackreport", "search_querycount")


@contextlib.contextmanager
def locked():
    """Another writer holds the database (SQLite) or the tables (PostgreSQL); reading goes on."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        other = sqlite3.connect(given["NAME"], isolation_level=None, timeout=20)
        other.execute("BEGIN IMMEDIATE")
    else:
        import psycopg

        other = psycopg.connect(
            dbname=given["NAME"],
            user=given["USER"],
            password=given["PASSWORD"],
            host=given["HOST"],
            port=given["PORT"] or None,
        )
        other.execute(f"LOCK TABLE {', '.join(TABLES)} IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.fixture
def busy(client):
    """A site with its settings made, whose database is then locked."""
    home = make_home()
    SearchSettings.load()
    FeedbackSettings.for_site(home.get_site())
    client.get("/search/", {"q": "没有这样的词语"})
    client.get("/feedback/")
    QueryCount.objects.all().delete()
    with locked():
        yield client


def test_the_lock_of_the_test_is_real(busy):
    assert not brief_writes.try_briefly(lambda: QueryCount.objects.create(query="a"))


def test_a_search_without_results_answers(busy):
    response = busy.get("/search/", {"q": "没有这样的词语"})
    assert response.status_code == 200
    assert not QueryCount.objects.exists()


def test_an_opened_result_is_not_waited_for(busy):
    assert busy.post("/search/clicked/", {"q": "结婚"}).status_code == 204


def test_an_opinion_is_thanked_for(busy):
    response = busy.post("/feedback/opinion/", {"page": "/search/", "answer": "yes"})
    assert response.status_code == 200
    assert not PageOpinion.objects.exists()


def test_a_report_that_cannot_be_stored_says_so_and_loses_nothing(busy, monkeypatch):
    monkeypatch.setattr("home.views.feedback.PATIENCE", 0.2)
    text = "电话少了一位数字"
    response = busy.post("/feedback/", {"path": "/", "kind": "wrong", "text": text})
    assert response.status_code == 503
    html = response.content.decode()
    assert "没有收到" in html
    assert text in html
    assert not FeedbackReport.objects.exists()


@pytest.fixture
def impatient(busy):
    """The same site, whose connection gives up waiting for a lock after a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 200")
        else:
            cursor.execute("SET lock_timeout = 200")
    yield busy
    connection.close()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/marriage/manage/", {"reference": "ABCD1234", "tail": "123X"}),
        ("/admin/login/", {"username": "clerk", "password": "a-wrong-password"}),
    ],
)
def test_what_must_be_written_is_refused_in_words(impatient, path, data):
    impatient.raise_request_exception = True
    response = impatient.post(path, data)
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "系统正忙" in response.content.decode()


@pytest.mark.usefixtures("busy")
def test_the_usual_patience_comes_back():
    brief_writes.try_briefly(lambda: QueryCount.objects.create(query="a"))
    query = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchone()[0] in (20_000, "0")
