"""Requests of programs pass by the middleware of pages, without becoming less safe."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from place_names.ogc import views
from tests.place_names.factories import make_place

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/place-names/items"


def test_data_comes_without_what_only_pages_need(client, django_assert_max_num_queries):
    make_place("仁和里")
    with django_assert_max_num_queries(6):
        answer = client.get(ITEMS)
    assert answer.json()["numberMatched"] == 1
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "RateLimit" in answer.headers
    assert not answer.cookies


def test_a_page_at_the_same_address_comes_as_pages_do(client):
    answer = client.get(ITEMS, headers={"Accept": "text/html"})
    assert "form-action" in answer.headers["Content-Security-Policy"]
    assert "form-action" in client.get(f"{ITEMS}?f=html").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "status"),
    [(f"{ITEMS}?limit=x", 400), (f"{ITEMS}/0", 404), (f"{ITEMS}?name=%00", 400), ("/ogc/no", 404)],
)
def test_errors_are_problem_documents_as_before(client, address, status):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        status,
        "application/problem+json",
    )
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Frame-Options" in answer.headers
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert int(answer.headers.get("Content-Length", len(answer.content))) == len(answer.content)


def test_a_page_is_made_once(client, monkeypatch):
    made, page = [], views.features.collection_page
    monkeypatch.setattr(
        views.features, "collection_page", lambda *args: made.append(1) or page(*args)
    )
    assert client.get(f"{ITEMS}?f=html").status_code == 200
    assert made == [1]


def test_a_foreign_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get(ITEMS, headers={"host": "evil.example"}).status_code == 400


def test_a_database_that_is_away_is_told(client, monkeypatch):
    def away(*args):
        raise OperationalError("no connection")

    monkeypatch.setattr(views.features, "collection_page", away)
    answer = client.get(ITEMS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")


def test_a_change_is_seen_at_once(client, django_capture_on_commit_callbacks):
    place = make_place("仁和里")
    item = reverse("ogc:item", args=["place-names", place.code])
    assert client.get(item).json()["properties"]["name"] == "仁和里"
    with django_capture_on_commit_callbacks(execute=True):
        place.name = "仁和坊"
        place.save()
    assert client.get(item).json()["properties"]["name"] == "仁和坊"
    assert client.get(ITEMS).json()["features"][0]["properties"]["name"] == "仁和坊"
    with django_capture_on_commit_callbacks(execute=True):
        place.live = False
        place.save()
    assert client.get(item).status_code == 404
    assert client.get("/api/v1/place-names/suggest?q=仁和").json() == []
