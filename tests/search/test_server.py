"""The index on a real Elasticsearch: kept true on commit, rebuilt without a gap."""

from uuid import uuid4

import pytest

from place_names.models import PlaceName
from search.breaker import breaker
from search.models import IndexState, PlaceOutbox
from search.places import indexing
from search.places.engine import EngineAwayError
from search.places.engines import place_search
from search.places.server import building
from search.places.server.connection import alias, connect
from search.places.server.engine import ElasticsearchEngine
from search.places.server.fallback import guarded
from search.places.source import source
from tests.place_names.factories import make_place

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def server(server_url, settings, monkeypatch):
    """The server with an index prefix of its own; its indices are removed at the end."""
    settings.SEARCH_URL = server_url
    settings.SEARCH_INDEX_PREFIX = f"test_{uuid4().hex}_"
    connect.cache_clear()
    guarded.cache_clear()
    breaker.cache_clear()
    monkeypatch.setattr("search.places.server.connection.TIMEOUT", 60)
    client = connect(server_url).options(request_timeout=60)
    yield client
    for index in client.indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}*"):
        client.indices.delete(index=index)
    connect.cache_clear()
    guarded.cache_clear()
    breaker.cache_clear()


@pytest.fixture
def saving(django_capture_on_commit_callbacks):
    """What is saved in it is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(client, text: str) -> list[str]:
    client.indices.refresh(index=alias())
    return [hit.title for hit in ElasticsearchEngine(client).search(text).hits]


def test_changes_reach_the_server_on_commit(server, saving):
    building.rebuild()
    with saving():
        place = make_place("石榴岗路")
        assert PlaceOutbox.objects.filter(place_id=place.pk).exists()
    assert found(server, "榴岗") == ["石榴岗路"]
    with saving():
        place.name = "石榴岗东路"
        place.save()
    assert found(server, "榴岗") == ["石榴岗东路"]
    with saving():
        place.delete()
    assert found(server, "榴岗") == []
    assert not PlaceOutbox.objects.exists()


def test_the_site_asks_the_server(server, saving):
    with saving():
        make_place("江南大道中")
    building.rebuild()
    assert place_search().state == "elasticsearch"
    assert [hit.title for hit in place_search().search("jndd").hits] == ["江南大道中"]


def test_changes_wait_while_the_server_is_away(server, saving, settings):
    building.rebuild()
    url, settings.SEARCH_URL = settings.SEARCH_URL, "http://127.0.0.1:9"
    with saving():
        make_place("怡乐路")
    assert indexing.send_waiting() == 0
    assert PlaceOutbox.objects.exists()
    settings.SEARCH_URL = url
    assert found(server, "怡乐路") == []
    assert indexing.send_waiting() > 0
    assert found(server, "怡乐路") == ["怡乐路"]
    assert not PlaceOutbox.objects.exists()


def test_without_an_index_changes_wait_and_the_embedded_one_answers(server, saving):
    with saving():
        make_place("怡乐路")
    assert PlaceOutbox.objects.exists()
    with pytest.raises(EngineAwayError):
        ElasticsearchEngine(server).search("怡乐路")
    assert [hit.title for hit in place_search().search("怡乐路").hits] == ["怡乐路"]
    assert "away" in place_search().state
    # No index may come into being by writing to its name.
    assert not server.indices.exists(index=alias())


def test_a_late_old_version_changes_nothing(server, saving):
    with saving():
        place = make_place("新名路")
    building.rebuild()
    engine = ElasticsearchEngine(server)
    (current,) = source().places([place.pk])
    PlaceName.objects.filter(pk=place.pk).update(name="旧名路")
    (old,) = source().places([place.pk])
    engine.index([old], version=1)
    assert found(server, "新名路") == ["新名路"]
    engine.delete([place.pk], version=10**6)
    engine.index([current], version=10**6 - 1)
    assert found(server, "新名路") == []


def test_rebuilding_leaves_no_moment_without_answers_and_loses_no_change(server, saving):
    with saving():
        make_place("滨江东路")
    building.rebuild()
    (before,) = server.indices.get(index=f"{alias()}-*")
    seen = []

    def meanwhile(done, total):
        seen.append(found(server, "滨江东路"))
        with saving():
            make_place("滨江西路")

    building.rebuild(meanwhile)
    assert seen == [["滨江东路"]]
    (after,) = server.indices.get(index=f"{alias()}-*")
    assert after != before
    assert found(server, "滨江") == ["滨江东路", "滨江西路"]
    assert IndexState.objects.get(engine="elasticsearch").building == ""


def test_a_build_that_fails_leaves_the_old_index_in_place(server, saving, monkeypatch):
    with saving():
        make_place("滨江东路")
    building.rebuild()

    def stop(done, total):
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        building.rebuild(stop)
    assert found(server, "滨江东路") == ["滨江东路"]
    assert len(server.indices.get(index=f"{alias()}-*")) == 1
    assert not PlaceOutbox.objects.exists()
    # Fewer places on the server than in the register: not put in place.
    monkeypatch.setattr(ElasticsearchEngine, "index", lambda *a, **k: 0)
    with pytest.raises(building.BuildingError, match="0 places instead of 1"):
        building.rebuild()
    assert found(server, "滨江东路") == ["滨江东路"]
    monkeypatch.undo()


def test_two_builds_at_once_are_refused(server):
    building.rebuild()
    building._claim("other")
    with pytest.raises(building.BuildingError, match="already"):
        building.rebuild()


def test_repair_compares_and_mends(server, saving):
    with saving():
        missing, changed = make_place("甲路"), make_place("乙路")
        surplus = make_place("丙路")
    building.rebuild()
    engine = ElasticsearchEngine(server)
    engine.delete([missing.pk], version=building.next_version())
    PlaceName.objects.filter(pk=changed.pk).update(name="丁路")
    PlaceName.objects.filter(pk=surplus.pk).update(status="pending")
    server.indices.refresh(index=alias())
    assert building.repair() == {"missing": 1, "changed": 1, "surplus": 1}
    assert sorted(found(server, "路")) == ["丁路", "甲路"]
    assert building.repair() == {"missing": 0, "changed": 0, "surplus": 0}


def test_repair_builds_a_missing_index(server, saving):
    with saving():
        make_place("甲路")
    assert building.repair()["missing"] == 1
    assert found(server, "甲路") == ["甲路"]
