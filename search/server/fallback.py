"""Answers from the server, and from the embedded index while the server is away."""

import logging
from functools import lru_cache
from time import monotonic

from search.embedded import EmbeddedEngine
from search.engine import Engine, EngineAwayError

from .connection import connect
from .engine import ElasticsearchEngine

logger = logging.getLogger("civil_affairs.search")

RETRY_AFTER = 10.0
"""Seconds after a failure in which the server is left alone."""


class GuardedEngine:
    """Has the questions of `Engine`; each is put to the server first.

    After a failure the embedded index answers, for RETRY_AFTER seconds without a try; the
    next success ends that. Both changes are logged once.
    """

    name = "elasticsearch"

    def __init__(self, server: Engine, embedded: Engine):
        self.server = server
        self.embedded = embedded
        self._away_until = 0.0
        self._away = ""

    def search(self, *args, **kwargs):
        return self._ask("search", *args, **kwargs)

    def suggest(self, *args, **kwargs):
        return self._ask("suggest", *args, **kwargs)

    def nearest(self, *args, **kwargs):
        return self._ask("nearest", *args, **kwargs)

    def match(self, *args, **kwargs):
        return self._ask("match", *args, **kwargs)

    def _ask(self, question: str, *args, **kwargs):
        if monotonic() >= self._away_until:
            try:
                answer = getattr(self.server, question)(*args, **kwargs)
            except EngineAwayError as error:
                self.note_away(str(error))
            else:
                self.note_back()
                return answer
        return getattr(self.embedded, question)(*args, **kwargs)

    def note_away(self, error: str) -> None:
        if not self._away:
            logger.warning("Search server away, the embedded index answers: %s", error)
        self._away = error
        self._away_until = monotonic() + RETRY_AFTER

    def note_back(self) -> None:
        if self._away:
            logger.warning("Search server answers again")
        self._away, self._away_until = "", 0.0

    @property
    def is_away(self) -> bool:
        return monotonic() < self._away_until

    @property
    def state(self) -> str:
        """For monitors: asks the server now, whatever was met before."""
        try:
            self.server.suggest("路", 1)
        except EngineAwayError as error:
            self.note_away(str(error))
            return f"embedded (elasticsearch away: {error})"
        self.note_back()
        return self.name


@lru_cache(maxsize=4)
def guarded(url: str) -> GuardedEngine:
    return GuardedEngine(ElasticsearchEngine(connect(url)), EmbeddedEngine())
