"""What every test may use. Each app keeps its own factories in tests/<app>/factories.py."""

import gc
import os
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from .databases import EMPTY, TestDatabases

# How long an example takes says something of the machine only.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# The objects of Django, Wagtail and the word lists live as long as the process: looking for
# garbage among them at Python's usual pace takes a twelfth of the run.
gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def databases(django_test_environment, django_db_blocker):
    """The databases of this worker; `databases.use(template)` changes to another one."""
    with django_db_blocker.unblock():
        made = TestDatabases(os.environ.get("PYTEST_XDIST_WORKER", "main"))
        yield made
        connection.close()
        made.drop()


@pytest.fixture(scope="session")
def django_db_setup(databases, django_db_blocker):
    """What the migrations make. Tests that commit put it back by copying it once more, which
    takes a fraction of emptying each table and keeps what the migrations had put there."""
    teardown = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: databases.restore()
    with django_db_blocker.unblock(), databases.use(EMPTY), django_db_blocker.block():
        yield
    TransactionTestCase._fixture_teardown = teardown


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
    """What uses the database is run on each engine; the rest cannot differ there. Long tests
    come first: at the end one worker would wait for the other."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker(pytest.mark.database)
