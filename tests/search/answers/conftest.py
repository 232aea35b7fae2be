"""Ask all providers, as the result page does, on a fixed day."""

from datetime import datetime

import pytest
from django.utils import timezone

from search.site_search.answers import answer_card
from search.site_search.catalogue import catalogue
from tests.home.factories import make_home


@pytest.fixture
def ask(db, time_machine):
    """The card for a query on Monday, 8 June 2026, at ten o'clock; None for no card."""
    moment = datetime(2026, 6, 8, 10, tzinfo=timezone.get_default_timezone())
    time_machine.move_to(moment, tick=False)
    make_home()
    return lambda query: answer_card(catalogue().read(query))
