"""Which engine answers: the embedded one, or the search server that SEARCH_URL names."""

from django.conf import settings

from .embedded import EmbeddedEngine
from .engine import Engine

_embedded = EmbeddedEngine()


def place_search() -> Engine:
    """The engine for place names; with a server it falls back to the embedded one by itself."""
    if not settings.SEARCH_URL:
        return _embedded
    from .server.fallback import guarded

    return guarded(settings.SEARCH_URL)


def state() -> str:
    """For /readyz: which engine answers now, and that the server is away if it is."""
    engine = place_search()
    return getattr(engine, "state", engine.name)
