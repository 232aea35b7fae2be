"""Few files are read at once, or a handful of large ones would keep everybody else waiting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import BusyError

AT_ONCE = 2
"""In each process: with two web processes of four threads, half of them answer other requests."""
WAIT_SECONDS = 10

_semaphore = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def limited() -> Iterator[None]:
    """Counts as one of the readers; raises BusyError while there are too many for too long."""
    if not _semaphore.acquire(timeout=WAIT_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _semaphore.release()
