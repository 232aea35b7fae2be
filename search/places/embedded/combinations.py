"""Counts by facet from one grouped query.

A document keeps its values of all facets in one short string. There are few of these
combinations, so the database groups by them once and the rest is arithmetic here.
"""

from collections.abc import Iterable
from functools import lru_cache

from search.places.filters import FACETS
from search.places.place import Place


def combination(place: Place) -> str:
    """The place's values of all facets, e.g. `23510 23000|440105009|standard|0`."""
    return "|".join(" ".join(dict.fromkeys(place.facets[facet])) for facet in FACETS)


@lru_cache(maxsize=20_000)
def _values(stored: str) -> tuple[tuple[str, ...], ...]:
    """The values of each facet, in the order of FACETS."""
    return tuple(tuple(part.split()) for part in stored.split("|"))


def has(stored: str, chosen: dict[str, str]) -> bool:
    """Whether a combination has the chosen value of each facet."""
    values = _values(stored)
    return all(chosen[facet] in values[at] for at, facet in enumerate(FACETS) if facet in chosen)


def counts_by_facet(
    grouped: Iterable[tuple[str, int]], chosen: dict[str, str]
) -> dict[str, dict[str, int]]:
    """Places by value of each facet, each as if nothing were chosen in itself.

    `grouped` has combinations and how many places have them, `chosen` the chosen values. What
    it gives is kept for the next who ask the same: read it, never change it.
    """
    return _counts(tuple(grouped), tuple(sorted(chosen.items())))


@lru_cache(maxsize=50)
def _counts(
    grouped: tuple[tuple[str, int], ...], asked: tuple[tuple[str, str], ...]
) -> dict[str, dict[str, int]]:
    chosen = dict(asked)
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    wanted = [(at, chosen[facet]) for at, facet in enumerate(FACETS) if facet in chosen]
    each = list(enumerate(counts.values()))
    for stored, number in grouped:
        values = _values(stored)
        refused = [at for at, value in wanted if value not in values[at]]
        if len(refused) > 1:
            continue
        for at, counted in [each[refused[0]]] if refused else each:
            for value in values[at]:
                counted[value] = counted.get(value, 0) + number
    return counts
