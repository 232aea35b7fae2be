"""While the search server is away the site answers, says so, and recovers by itself."""

import contextlib
import logging
import socket
import threading

import pytest
from wagtail.models import Page

from search import breaker
from search.backends import elasticsearch
from search.breaker import RETRY_AFTER, Breaker
from search.places import engines
from search.places.engine import EngineAwayError
from search.places.server import fallback
from tests.place_names.factories import make_place


class Server:
    """A server that can be taken away."""

    name = "elasticsearch"
    away = False
    asked = 0

    def search(self, *args, **kwargs):
        self.asked += 1
        if self.away:
            raise EngineAwayError("gone")
        return "server"

    suggest = nearest = match = search


class Embedded:
    def search(self, *args, **kwargs):
        return "embedded"

    suggest = nearest = match = search


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(breaker, "monotonic", lambda: now[0])
    return now


def test_the_embedded_index_answers_until_the_server_is_back(clock, caplog):
    server = Server()
    engine = fallback.GuardedEngine(server, Embedded(), Breaker())
    assert engine.search("路") == "server"
    server.away = True
    with caplog.at_level(logging.INFO, "civil_affairs.search"):
        assert [engine.search("路") for _ in range(5)] == ["embedded"] * 5
        assert server.asked == 2  # It is not asked at every search while it is away.
        clock[0] += RETRY_AFTER + 1
        assert engine.suggest("路") == "embedded"
        server.away = False
        assert engine.search("路") == "embedded"
        clock[0] += RETRY_AFTER + 1
        assert engine.search("路") == "server"
        assert engine.search("路") == "server"
    assert [record.getMessage() for record in caplog.records] == [
        "Search server away, the embedded index answers: gone",
        "Search server answers again",
    ]


def test_monitors_see_which_engine_answers(clock):
    server = Server()
    engine = fallback.GuardedEngine(server, Embedded(), Breaker())
    assert engine.state == "elasticsearch"
    server.away = True
    assert engine.state == "embedded (elasticsearch away: gone)"
    server.away = False
    assert engine.state == "elasticsearch"
    assert engine.search("路") == "server"


@pytest.fixture
def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.django_db
def test_a_server_that_does_not_exist_hinders_nobody(
    client, settings, closed_port, django_capture_on_commit_callbacks
):
    settings.SEARCH_URL = f"http://127.0.0.1:{closed_port}"
    with django_capture_on_commit_callbacks(execute=True):
        make_place("江南大道中")
    assert [hit.title for hit in engines.place_search().search("jndd").hits] == ["江南大道中"]
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"]["search"].startswith("embedded (elasticsearch away")


@pytest.mark.django_db
def test_without_a_server_the_embedded_engine_is_said_to_answer(client):
    assert client.get("/readyz").json()["checks"]["search"] == "embedded"


@pytest.fixture
def hanging_server():
    """A server that takes connections and never answers: (its address, those it took)."""
    taken = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def take():
            with contextlib.suppress(OSError):
                while True:
                    taken.append(listening.accept()[0])

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", taken
    for connection in taken:
        connection.close()


@pytest.mark.django_db
def test_a_hanging_server_is_waited_for_once_by_places_and_pages_together(
    hanging_server, settings, monkeypatch
):
    url, taken = hanging_server
    settings.SEARCH_URL = url
    monkeypatch.setattr(elasticsearch, "TIMEOUT", 0.5)
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": [url],
            "INDEX_PREFIX": "hanging-",
        },
        "embedded": settings.WAGTAILSEARCH_BACKENDS["default"],
    }
    make_place("江南大道中")
    before = len(taken)
    for words in ("收费", "结婚", "低保"):
        assert list(Page.objects.search(words)) == []
        assert Page.objects.search(words).count() == 0
    assert [hit.title for hit in engines.place_search().search("jndd").hits] == ["江南大道中"]
    assert len(taken) == before + 1
