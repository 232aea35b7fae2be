"""Turns for writers on SQLite, and how firmly a commit is kept.

SQLite lets one writer in at a time and makes the others poll for the lock: who polls last
may win, and somebody unlucky waits for seconds on a busy morning. A file lock queues the
writers in the kernel in the order in which they came. On PostgreSQL rows are locked, and
nobody needs to queue.
"""

import contextlib
import fcntl
from pathlib import Path

from django.db import connection, transaction

NORMAL = 1


@contextlib.contextmanager
def writing(durable: bool = True):
    """One transaction in which to write; waits for its turn where the database needs that.

    Without `durable` the commit does not wait for the disk: a power cut may lose the last
    second of it. That is for drafts and counters, never for places and bookings.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _turn(), _waiting_for_the_disk(durable), transaction.atomic():
        if not durable and connection.vendor == "postgresql":
            connection.cursor().execute("SET LOCAL synchronous_commit TO off")
        yield


@contextlib.contextmanager
def _turn():
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        yield
        return
    with Path(f"{name}.turn").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _waiting_for_the_disk(durable: bool):
    if durable or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if usual <= NORMAL:
            yield
            return
        cursor.execute(f"PRAGMA synchronous={NORMAL}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={usual}")
