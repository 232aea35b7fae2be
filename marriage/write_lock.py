"""Fair write lock for SQLite, and the durability of a commit.

SQLite admits one writer at a time and makes the others poll: whoever polls last may win, and
an unlucky request waits for seconds under load. Here writers take a ticket from a file beside
the database, and each waits for the ticket before, across processes. The lock of a process
that dies is freed by the kernel. This queue only adds fairness: SQLite's own lock keeps
writers apart. On PostgreSQL rows are locked, and nobody queues.
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
def write_transaction(durable: bool = True):
    """A transaction in which to write; on SQLite it waits for the write lock first.

    Without `durable` the commit does not wait for the disk, so that a power failure may lose
    the last second of writes: for drafts and counters, never for bookings.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _write_lock(), _durability(durable), transaction.atomic():
        if not durable and connection.vendor == "postgresql":
            connection.cursor().execute("SET LOCAL synchronous_commit TO off")
        yield


@contextlib.contextmanager
def _write_lock():
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
        os.close(file)  # Releases every lock on the file.


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
def _durability(durable: bool):
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
