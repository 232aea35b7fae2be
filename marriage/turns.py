"""Turns for writers on SQLite.

SQLite lets one writer in at a time and makes the others poll for the lock: who polls last
may win, and somebody unlucky waits for seconds on a busy morning. A file lock queues the
writers in the kernel in the order in which they came. On PostgreSQL rows are locked, and
nobody needs to queue.
"""

import contextlib
import fcntl
from pathlib import Path

from django.db import connection, transaction


@contextlib.contextmanager
def writing():
    """One transaction in which to write; waits for its turn where the database needs that."""
    with _turn(), transaction.atomic():
        yield


@contextlib.contextmanager
def _turn():
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or "memory" in name:
        yield
        return
    with Path(f"{name}.turn").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
