"""Writes that wait for a busy database for a short time only.

A visitor who searches must not wait twenty seconds, and then see an error, because a count
could not be written. What only counts is tried briefly and given up; what matters waits
longer, and its view says in words that nothing was stored.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import InternalError, OperationalError, connection, transaction

logger = logging.getLogger("civil_affairs.database")

# InternalError: a server that was turned into a standby takes no writes.
UNAVAILABLE = (OperationalError, InternalError)


@contextmanager
def lock_timeout(seconds: float) -> Iterator[None]:
    """One transaction in which a lock is waited for at most `seconds`.

    Raises OperationalError when it was not free by then.
    """
    milliseconds = int(seconds * 1000)
    if connection.vendor == "postgresql":
        with transaction.atomic():
            connection.cursor().execute(f"SET LOCAL lock_timeout = {milliseconds}")
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {min(milliseconds, usual)}")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def try_briefly(write: Callable[[], object], seconds: float = 0.25) -> bool:
    """Does a write that may be lost; False where the database is busy, full or away."""
    try:
        with lock_timeout(seconds):
            write()
    except UNAVAILABLE as error:
        # The type only: the text of an error may hold what a visitor typed.
        logger.warning("A count was given up: %s", type(error).__name__)
        return False
    return True
