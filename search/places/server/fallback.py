"""Answers from the server, and from the embedded index while the server is away."""

from functools import lru_cache

from search.breaker import Breaker, breaker
from search.places.embedded import EmbeddedEngine
from search.places.engine import Engine, EngineAwayError

from .connection import connect
from .engine import ElasticsearchEngine


class GuardedEngine:
    """Has the questions of `Engine`; each is put to the server first, unless the breaker is
    open: then the embedded index answers without a try."""

    name = "elasticsearch"

    def __init__(self, server: Engine, embedded: Engine, breaker: Breaker):
        self.server = server
        self.embedded = embedded
        self.breaker = breaker

    def search(self, *args, **kwargs):
        return self._ask("search", *args, **kwargs)

    def suggest(self, *args, **kwargs):
        return self._ask("suggest", *args, **kwargs)

    def nearest(self, *args, **kwargs):
        return self._ask("nearest", *args, **kwargs)

    def _ask(self, question: str, *args, **kwargs):
        if not self.breaker.is_open:
            try:
                answer = getattr(self.server, question)(*args, **kwargs)
            except EngineAwayError as error:
                self.breaker.note_failure(str(error))
            else:
                self.breaker.note_success()
                return answer
        return getattr(self.embedded, question)(*args, **kwargs)

    @property
    def state(self) -> str:
        """For monitors: asks the server now, whatever was met before."""
        try:
            self.server.suggest("路", 1)
        except EngineAwayError as error:
            self.breaker.note_failure(str(error))
            return f"embedded (elasticsearch away: {error})"
        self.breaker.note_success()
        return self.name


@lru_cache(maxsize=4)
def guarded(url: str) -> GuardedEngine:
    return GuardedEngine(ElasticsearchEngine(connect(url)), EmbeddedEngine(), breaker(url))
