"""Turns of writers: bookings wait for the disk, drafts do not."""

import pytest
from django.db import connection

from marriage.turns import writing


def firmness() -> int:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA synchronous").fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("durable", "inside"), [(True, 2), (False, 1)])
def test_only_what_may_be_lost_does_not_wait_for_the_disk(durable, inside):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL is asked by SET LOCAL in the transaction")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    with writing(durable=durable):
        assert firmness() == inside
    assert firmness() == 2
    connection.close()


def test_the_site_itself_runs_with_full_synchronisation():
    from pathlib import Path

    import civil_affairs.settings.base as base

    assert "synchronous=FULL" in Path(base.__file__).read_text()
