"""Keeping the indexes of place names true.

The register announces its records (`source`) and calls `update(ids)` in the transaction that
changes them. The embedded index is written at once, in that transaction.
For a search server a row of the outbox is written, and sent after the commit.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import transaction

from .embedded import EmbeddedEngine, cells
from .embedded.writing import filling
from .source import source

BATCH = 500


_collected: ContextVar[set[int] | None] = ContextVar("collected", default=None)


def update(ids: Iterable[int]) -> None:
    """Bring the index up to date for these places: changed, new, withdrawn or deleted ones."""
    ids = set(ids)
    collected = _collected.get()
    if collected is not None:
        collected |= ids
        return
    _write(sorted(ids))


@contextmanager
def collecting() -> Iterator[None]:
    """Within it, changes are noted and written together at its end (in one transaction).

    For imports and forms that save a record together with its parts.
    """
    if _collected.get() is not None:
        yield
        return
    ids: set[int] = set()
    with transaction.atomic():
        token = _collected.set(ids)
        try:
            yield
        finally:
            _collected.reset(token)
        _write(sorted(ids))


@transaction.atomic
def _write(ids: list[int]) -> None:
    engine = EmbeddedEngine()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        places = list(source().places(some))
        engine.index(places)
        found = {place.id for place in places}
        engine.delete(place_id for place_id in some if place_id not in found)
    if settings.SEARCH_URL and ids:
        from .server import outbox

        outbox.add(ids)


def send_waiting() -> int:
    """The periodic job: send changes that the search server has not taken yet."""
    if not settings.SEARCH_URL:
        return 0
    from .server import outbox

    return outbox.send_waiting()


def repair() -> None:
    """The daily job: mend what bulk statements and changed settings left behind."""
    repair_embedded()
    if settings.SEARCH_URL:
        from .server import building

        building.repair()


def rebuild_embedded(progress: Callable[[int, int], object] = lambda done, total: None) -> int:
    """Rebuild the embedded index. Searches go on: each batch is one transaction."""
    engine = EmbeddedEngine()
    ids = source().ids()
    engine.delete(engine.ids().difference(ids))
    with filling():
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            with transaction.atomic():
                places = list(source().places(some))
                engine.index(places)
                found = {place.id for place in places}
                engine.delete(place_id for place_id in some if place_id not in found)
            progress(min(start + BATCH, len(ids)), len(ids))
    cells.rebuild()
    engine.mark_built()
    return len(ids)


def repair_embedded() -> dict[str, int]:
    """Compare the embedded index with the register and mend what differs; counts by fault.

    `incomplete`: the document is right, but not all of its tokens and facets are there, or
    some that should not be. `cells`: 1 where the numbers for the map were wrong.
    """
    engine = EmbeddedEngine()
    wanted = source().ids()
    surplus = engine.ids().difference(wanted)
    engine.delete(surplus)
    missing = changed = incomplete = 0
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        with transaction.atomic():
            stored = engine.sources(some)
            wrong, right = [], []
            for place in source().places(some):
                if place.id not in stored:
                    missing += 1
                elif stored[place.id] != place.to_json():
                    changed += 1
                else:
                    right.append(place)
                    continue
                wrong.append(place)
            broken = engine.incomplete(right)
            incomplete += len(broken)
            engine.index([*wrong, *broken])
    wrong_cells = cells.rebuild()
    return {
        "missing": missing,
        "changed": changed,
        "incomplete": incomplete,
        "surplus": len(surplus) + engine.delete_orphans(),
        "cells": int(wrong_cells),
    }
