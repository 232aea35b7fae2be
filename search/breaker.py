"""A circuit breaker for the search server: a failure spares the next questions the wait.

One for each server and process, shared by the search of places and of pages: whichever of
them meets the failure, both answer from the database for RETRY_AFTER seconds.
"""

import logging
from functools import lru_cache
from time import monotonic

logger = logging.getLogger("civil_affairs.search")

RETRY_AFTER = 10.0
"""Seconds after a failure in which the server is left alone."""


class Breaker:
    """Closed while the server answers. Both changes are logged once."""

    def __init__(self):
        self._open_until = 0.0
        self._error = ""

    @property
    def is_open(self) -> bool:
        return monotonic() < self._open_until

    def note_failure(self, error: str) -> None:
        if not self._error:
            logger.warning("Search server away, the embedded index answers: %s", error)
        self._error = error
        self._open_until = monotonic() + RETRY_AFTER

    def note_success(self) -> None:
        if self._error:
            logger.warning("Search server answers again")
        self._error, self._open_until = "", 0.0


@lru_cache(maxsize=4)
def breaker(url: str) -> Breaker:
    return Breaker()
