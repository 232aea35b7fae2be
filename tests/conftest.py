"""What every test may use. Each app keeps its own factories in tests/<app>/factories.py."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another left in the cache."""
    cache.clear()
    yield
    cache.clear()


def pytest_collection_modifyitems(items):
    """Every test that commits puts back what the migrations had put into the database.

    Such a test empties all tables afterwards; without this the next one would find no
    locale, no root page and no groups.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        commits = marker is not None and marker.kwargs.get("transaction")
        if commits or {"live_server", "transactional_db"} & set(item.fixturenames):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )
