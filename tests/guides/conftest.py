import pytest
from django.db import transaction

import guides.demonstration
import home.demonstration


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The pages and figures of the demonstration, loaded once for all tests of a module; each
    test takes back its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        home.demonstration.load(progress=lambda text: None)
        guides.demonstration.load(progress=lambda text: None)
        yield
        transaction.set_rollback(True)
