"""The interface of the place-name engines, and what both do alike.

An engine fetches candidates for a tier of lookups, counts and groups; deciding how far to
search, ranking, filtering and paging of a handful of candidates are the same for all.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from search.analysis import Query, analyse

from .filters import FACETS, Filters
from .place import Place
from .ranking import WHOLE, Ranked, rank
from .results import MAX_PAGE, PAGE_SIZE, Hit, Result, distance, hit_for, hit_of, plain_hit
from .retrieval import Tier, tiers

CANDIDATES = 80
"""At most so many are ranked; what a broad query finds beyond them follows by name."""
VERIFIED = 300
"""So many are looked at where the ranking decides what is a hit."""
ENOUGH = 10
"""With so many hits no more lenient tier is tried."""
COUNT_CAP = 10_000
"""Totals are counted up to here; beyond it is said that there are more."""

Sort = Literal["relevance", "name", "distance"]


class EngineAwayError(Exception):
    """The search server does not answer."""


class Engine(ABC):
    name: str

    @abstractmethod
    def fetch(
        self,
        tier: Tier | None,
        filters: Filters,
        *,
        order: Literal["size", "name", "distance"] = "size",
        near: tuple[float, float] | None = None,
        limit: int = CANDIDATES,
        offset: int = 0,
        exclude: Sequence[int] = (),
    ) -> list[Place]:
        """Places with a token of each group of the tier (all, for None), in a fixed order."""

    @abstractmethod
    def count(self, tier: Tier | None, filters: Filters) -> int:
        """How many there are, at most COUNT_CAP + 1."""

    @abstractmethod
    def facets(self, tier: Tier | None, filters: Filters) -> dict[str, dict[str, int]]:
        """For each facet the number of places by value, as if nothing were chosen in it."""

    @abstractmethod
    def index(self, places: Iterable[Place]) -> int: ...

    @abstractmethod
    def delete(self, ids: Iterable[int]) -> None: ...

    # What all engines do alike.

    def search(
        self,
        text: str = "",
        filters: Filters | None = None,
        *,
        sort: Sort = "relevance",
        near: tuple[float, float] | None = None,
        page: int = 1,
        page_size: int = PAGE_SIZE,
        facets: bool = True,
        resembling: bool = True,
    ) -> Result:
        """A page of places for what was typed; all places for an empty text.

        Without `resembling` names that only sound or look alike are not looked for.
        `near` is (lon, lat): hits carry their distance, and `sort="distance"` orders by it.
        A text in which nothing is to be read (only punctuation) finds nothing.
        """
        filters = filters or Filters()
        page = min(max(1, page), MAX_PAGE)
        if sort == "distance" and near is None:
            sort = "relevance"
        window = slice((page - 1) * page_size, page * page_size)
        query = analyse(text)
        if not text.strip():
            return self._broad(None, query, [], filters, sort, near, window, page, facets)
        plan = tiers(query, resembling)
        if not plan:
            nothing = {facet: {} for facet in FACETS} if facets else {}
            return Result([], 0, False, nothing, page, page_size)
        ranked, broad = self._gather(query, plan)
        if broad:
            candidates = ranked
            if filters != Filters():
                candidates = rank(query, self.fetch(plan[0], filters))
            return self._broad(
                plan[0], query, candidates, filters, sort, near, window, page, facets
            )
        admitted = _ordered([r for r in ranked if filters.admit(r.place)], sort, near)
        counts = _facets_of([r.place for r in ranked], filters) if facets else {}
        hits = [hit_of(r, near) for r in admitted[window]]
        return Result(hits, len(admitted), False, counts, page, page_size)

    def suggest(self, text: str, limit: int = 8, resembling: bool = True) -> list[Hit]:
        """The best few names while somebody types; `resembling` as for `search`."""
        query = analyse(text)
        plan = tiers(query, resembling)
        if not plan:
            return []
        ranked, _ = self._gather(query, plan)
        return [hit_of(r, None) for r in ranked[:limit]]

    def nearest(
        self, lon: float, lat: float, limit: int = 10, filters: Filters | None = None
    ) -> list[Hit]:
        """The places nearest to a point, with their distance in metres."""
        places = self.fetch(
            None, filters or Filters(), order="distance", near=(lon, lat), limit=limit
        )
        return [plain_hit(place, (lon, lat)) for place in places]

    def _gather(self, query: Query, plan: list[Tier]) -> tuple[list[Ranked], bool]:
        """Ranked candidates of as many tiers as it takes; whether the first is too broad."""
        places: dict[int, Place] = {}
        ranked: list[Ranked] = []
        for number, tier in enumerate(plan):
            if not _wanted(tier, ranked):
                continue
            limit = VERIFIED if tier.verify else CANDIDATES
            found = self.fetch(tier, Filters(), limit=limit, exclude=tuple(places))
            if number == 0 and len(found) >= CANDIDATES and not tier.verify:
                return rank(query, found), True
            if found:
                places |= {place.id: place for place in found}
                ranked = rank(query, places.values())
        return ranked, False

    def _broad(
        self,
        tier: Tier | None,
        query: Query,
        ranked: list[Ranked],
        filters: Filters,
        sort: Sort,
        near: tuple[float, float] | None,
        window: slice,
        page: int,
        facets: bool,
    ) -> Result:
        """A page of more places than are ranked: the best first, then the others by name."""
        size = window.stop - window.start
        if sort != "relevance" or not ranked:
            order = "distance" if sort == "distance" else "name"
            places = self.fetch(
                tier, filters, order=order, near=near, limit=size, offset=window.start
            )
            hits = [hit_for(query, place, near) for place in places]
        else:
            hits = [hit_of(r, near) for r in ranked[window]]
            if len(hits) < size and len(ranked) >= CANDIDATES:
                rest = self.fetch(
                    tier,
                    filters,
                    order="name",
                    limit=size - len(hits),
                    offset=max(0, window.start - len(ranked)),
                    exclude=[r.place.id for r in ranked],
                )
                hits += [hit_for(query, place, near) for place in rest]
        counts = self.facets(tier, filters) if facets else {}
        if facets:
            # Every place has one status, so its counts add up to all of them.
            by_status = counts["status"]
            chosen = filters.status
            total = by_status.get(chosen, 0) if chosen else sum(by_status.values())
        elif tier is not None and ranked and len(ranked) < CANDIDATES:
            total = len(ranked)
        else:
            total = self.count(tier, filters)
        return Result(hits, min(total, COUNT_CAP), total > COUNT_CAP, counts, page, size)


def _wanted(tier: Tier, ranked: list[Ranked]) -> bool:
    """Whether a more lenient tier adds more than noise below what is found."""
    if tier.when == "always" or not ranked:
        return True
    if tier.when == "nothing" or len(ranked) >= ENOUGH:
        return False
    return tier.when == "few" or ranked[0].match.kind not in WHOLE


def _ordered(ranked: list[Ranked], sort: Sort, near: tuple[float, float] | None) -> list[Ranked]:
    if sort == "name":
        return sorted(ranked, key=lambda r: (r.place.sort_key, r.place.id))
    if sort == "distance" and near:
        return sorted(
            ranked,
            key=lambda r: (
                distance(near, r.place) if r.place.lon is not None else float("inf"),
                r.place.id,
            ),
        )
    return ranked


def _facets_of(places: list[Place], filters: Filters) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        others = filters.without(facet)
        counter = Counter(
            value for place in places if others.admit(place) for value in place.facets[facet]
        )
        counts[facet] = dict(counter)
    return counts
