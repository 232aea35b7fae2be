import os
from uuid import uuid4

import pytest

from home.cache import memoize
from search.places.embedded import EmbeddedEngine
from search.places.server.connection import connect
from search.places.server.documents import PlaceNameDocument
from search.places.server.engine import ElasticsearchEngine
from tests.templates import GAZETTEER, in_copy_of

from .gazetteer import all_places


@pytest.fixture(autouse=True)
def fresh_catalogue(monkeypatch):
    """Titles kept in memory by another test, which was rolled back, are not met again."""
    monkeypatch.setattr(memoize, "_memory", ((), {}))


gazetteer = in_copy_of(GAZETTEER)


@pytest.fixture(scope="session")
def server_url():
    """The Elasticsearch of the tests. Without one its tests are skipped, but where the server
    was promised they fail, so that no one takes a skipped test for a passed one."""
    url = os.environ.get("TEST_SEARCH_URL", "")
    if not url:
        if os.environ.get("CI") and os.environ.get("ES_PROMISED") == "1":
            pytest.fail("Elasticsearch was promised, but TEST_SEARCH_URL is not set.")
        pytest.skip("no Elasticsearch: TEST_SEARCH_URL is not set (.ci/elasticsearch start)")
    return url


@pytest.fixture(scope="module")
def server_engine(server_url, gazetteer, django_db_blocker):
    """The gazetteer on the server, in an index of its own."""
    client = connect(server_url, 60)
    engine = ElasticsearchEngine(client, f"test-{uuid4().hex}")
    PlaceNameDocument.init(index=engine.index_name, using=client)
    with django_db_blocker.unblock():
        engine.index(all_places())
    client.indices.refresh(index=engine.index_name)
    yield engine
    client.indices.delete(index=engine.index_name)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request, gazetteer, db):
    """Each engine over the whole gazetteer: what holds for one holds for all."""
    if request.param == "elasticsearch":
        return request.getfixturevalue("server_engine")
    return EmbeddedEngine()
