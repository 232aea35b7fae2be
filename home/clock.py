"""Whether the clock of the machine can be trusted.

A clock that is ahead for an hour must not mark people as absent who have not had their turn,
and must not stop the periodic jobs for as long as it was ahead.
"""

import time
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

TOLERANCE = timedelta(minutes=5)
"""Clocks of several machines differ, and are set by small steps."""


def database_now() -> datetime:
    """The time by the clock of the database, aware. On SQLite that is this machine's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        now = cursor.fetchone()[0]
    if isinstance(now, str):
        now = datetime.fromisoformat(now)
    return now if timezone.is_aware(now) else now.replace(tzinfo=UTC)


def earliest_now() -> datetime:
    """The earlier of this machine's time and the database's: by it nothing is judged too soon."""
    return min(timezone.now(), database_now())


def _steady() -> float:
    """Seconds that no setting of the clock changes; they pass while the machine sleeps too."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class ClockWatch:
    """Notices when the clock is set while the process runs."""

    def __init__(self):
        self._offset = time.time() - _steady()

    def jump(self) -> timedelta:
        """By how much the clock was set since the last question; zero within the tolerance."""
        offset = time.time() - _steady()
        jump = timedelta(seconds=offset - self._offset)
        if abs(jump) <= TOLERANCE:
            return timedelta()
        self._offset = offset
        return jump
