"""What the databases of tests may be filled with, each loaded once; see tests/databases.py."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from search.places import indexing

from .databases import Template, filled
from .search.gazetteer import fill_register


def _gazetteer() -> None:
    fill_register()
    indexing.rebuild_embedded()


# 5,832 names in the register and the embedded index.
GAZETTEER = filled("gazetteer", _gazetteer)
# Everything that a newcomer sees.
DEMONSTRATION = filled(
    "demonstration", lambda: call_command("load_demonstration", verbosity=0, stdout=StringIO())
)


def in_copy_of(template: Template):
    """A fixture: the tests of a module work in a copy of the template, and each of them takes
    back its own changes."""

    @pytest.fixture(scope="module")
    def copied(django_db_setup, databases, django_db_blocker):
        with django_db_blocker.unblock(), databases.use(template), django_db_blocker.block():
            yield

    return copied


def made_once(make: Callable[[], object]):
    """A fixture: what `make` writes is there for all tests of a module, in a transaction that
    ends with it; each test takes back its own changes. Tests read objects from the database
    for themselves, for those that `make` has seen are shared.

    Not for tests that commit, nor for a clock that each test sets.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            make()
            connection.run_on_commit.clear()  # A test would take them for its own.
            with django_db_blocker.block():
                yield
            transaction.set_rollback(True)

    return made
