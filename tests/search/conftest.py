import pytest
from django.db import transaction

from search import catalogue, indexing
from search.embedded import EmbeddedEngine

from .gazetteer import fill_register


@pytest.fixture(autouse=True)
def fresh_catalogue(monkeypatch):
    """Titles kept in memory by another test, which was rolled back, are not met again."""
    monkeypatch.setattr(catalogue, "_kept", None)


@pytest.fixture(scope="module")
def gazetteer(django_db_setup, django_db_blocker):
    """5,832 names in the register and the embedded index; taken back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill_register()
        indexing.rebuild_embedded()
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["embedded"])
def engine(request, gazetteer, db):
    """Each engine over the whole gazetteer: what holds for one holds for all."""
    return EmbeddedEngine()
