"""Django's migrate, with a lock for each database.

Two servers that start together would both apply the same migrations, and the second would fail
half way at a table that the first has just created.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.commands import migrate
from django.db import connections

# Any number that no other program uses on this database.
ADVISORY_LOCK = 4401050001


class Command(migrate.Command):
    help = "Updates database schema; waits while another process does so."

    def execute(self, *args, **options) -> str | None:
        # Not in handle(): the checks before it connect, and of two processes that switch a new
        # SQLite file to WAL one is told at once that the database is locked.
        connection = connections[options["database"]]
        # Both locks end with the process, even if it is killed.
        locked = _server_lock if connection.vendor == "postgresql" else _file_lock
        with locked(connection, self.tell_of_waiting):
            return super().execute(*args, **options)

    def tell_of_waiting(self) -> None:
        self.stdout.write(
            "Another process is migrating this database. Waiting until it has finished …"
        )
        self.stdout.flush()


@contextmanager
def _server_lock(connection, tell_of_waiting) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            tell_of_waiting()
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    try:
        yield
    finally:
        # A connection that broke has lost the lock with it.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


@contextmanager
def _file_lock(connection, tell_of_waiting) -> Iterator[None]:
    database = Path(connection.settings_dict["NAME"])
    if connection.is_in_memory_db():
        yield
        return
    with database.with_name(f"{database.name}.migrating").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell_of_waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
