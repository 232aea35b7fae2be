"""Turns for writers on SQLite, and how firmly a commit is kept.

SQLite lets one writer in at a time and makes the others poll for the lock: who polls last
may win, and somebody unlucky waits for seconds on a busy morning. Here writers draw numbers
from a file beside the database, and each waits for the one before, in whatever process that
is. A process that dies gives its place free. The queue is about fairness only: SQLite's own
lock keeps writers apart. On PostgreSQL rows are locked, and nobody needs to queue.
"""

import contextlib
import fcntl
import os
import struct

from django.db import connection, transaction

NORMAL = 1
COUNTER = 8  # Bytes of the last number drawn, at the head of the file.
FLOCK = "hhqqi4x"  # struct flock of Linux: type, whence, start, length, process.


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
    file = os.open(f"{name}.turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        number = _draw(file)
        _lock(file, number - 1, fcntl.F_RDLCK)  # Until the one before has finished.
        yield
    finally:
        os.close(file)  # Lets go of everything.


def _draw(file: int) -> int:
    """The next number, whose byte in the file is locked from now on."""
    fcntl.flock(file, fcntl.LOCK_EX)
    number = int.from_bytes(os.pread(file, COUNTER, 0), "big") + 1
    os.pwrite(file, number.to_bytes(COUNTER, "big"), 0)
    _lock(file, number, fcntl.F_WRLCK)
    fcntl.flock(file, fcntl.LOCK_UN)
    return number


def _lock(file: int, number: int, kind: int) -> None:
    """Lock the byte of a number, waiting for it. Such a lock belongs to the open file, so that
    threads of one process wait for each other too; the byte need not exist."""
    wanted = struct.pack(FLOCK, kind, os.SEEK_SET, COUNTER + number, 1, 0)
    fcntl.fcntl(file, fcntl.F_OFD_SETLKW, wanted)


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
