"""What every test may use. Each app keeps its own factories in tests/<app>/factories.py."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import connection
from hypothesis import HealthCheck, settings

# How long an example takes says something of the machine only.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another left in the cache."""
    for cache in caches.all():
        cache.clear()
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def committed(db, django_capture_on_commit_callbacks):
    """`with committed():` does what follows a commit, in a test that is rolled back."""

    @contextmanager
    def doing():
        connection.run_on_commit.clear()  # Of earlier changes, which this would do again.
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return doing


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
