"""Cache backends that fail open: trouble with the cache costs time, never a page.

A full disk, a truncated or overwritten file, an entry that a newer release cannot unpickle, a
server that does not answer: reading then finds nothing (and drops the entry), writing does
nothing. `state` tells /readyz whether the cache works.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, InvalidCacheKey
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from django.utils.crypto import get_random_string
from redis.exceptions import RedisError

logger = logging.getLogger("civil_affairs.cache")
LOG_SECONDS = 60
"""The same trouble is logged once in this time."""


class FailOpenMixin:
    """Put before a backend of Django.

    After an error of `PAUSES_AFTER` nothing is asked of the backend for `PAUSE_SECONDS`,
    because each attempt at a server that hangs costs its timeout.
    """

    PAUSES_AFTER: tuple[type[Exception], ...] = ()
    PAUSE_SECONDS = 5.0
    _logged_at = float("-inf")
    _paused_until = float("-inf")

    def get(self, key, default=None, version=None):
        parent = super()
        found = self._try(lambda: parent.get(key, default, version), _FAILED)
        if found is not _FAILED:
            return found
        # What cannot be read now may never be readable: a broken entry is dropped.
        self.delete(key, version)
        return default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        parent = super()
        return self._try(lambda: parent.set(key, value, timeout, version), None)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        parent = super()
        return self._try(lambda: parent.add(key, value, timeout, version), False)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        parent = super()
        return self._try(lambda: parent.touch(key, timeout, version), False)

    def delete(self, key, version=None):
        parent = super()
        return self._try(lambda: parent.delete(key, version), False)

    def has_key(self, key, version=None):
        parent = super()
        return self._try(lambda: parent.has_key(key, version), False)

    def _try(self, call: Callable[[], Any], otherwise: Any) -> Any:
        kind = type(self)
        if time.monotonic() < kind._paused_until:
            return otherwise
        try:
            return call()
        except InvalidCacheKey:
            raise  # A mistake of the caller.
        except Exception as error:
            # Disks, pickles, zlib and network clients raise errors of many classes.
            now = time.monotonic()
            if isinstance(error, self.PAUSES_AFTER):
                kind._paused_until = now + self.PAUSE_SECONDS
            if now - kind._logged_at >= LOG_SECONDS:
                kind._logged_at = now
                logger.warning("%s does not work: %s", kind.__name__, type(error).__name__)
            return otherwise


_FAILED = object()


class FileCache(FailOpenMixin, FileBasedCache):
    """Files in a folder that all processes of one machine share."""

    def __init__(self, dir, params):
        with suppress(OSError):  # It is made again by the first write that succeeds.
            super().__init__(dir, params)


class ServerCache(FailOpenMixin, RedisCache):
    """A Redis or Valkey server that several machines share."""

    PAUSES_AFTER = (RedisError, OSError)


def state(alias: str = "default") -> str:
    """`ok` if an entry written now can be read back, else `unavailable`."""
    cache, word = caches[alias], get_random_string(8)
    key = f"state:{word}"
    cache.set(key, word, 60)
    found = cache.get(key)
    cache.delete(key)
    return "ok" if found == word else "unavailable"
