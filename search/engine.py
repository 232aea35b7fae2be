"""The interface of the place-name engines, and what both do alike.

An engine fetches candidates for a tier of lookups, counts and groups; deciding how far to
search, ranking, filtering and paging of a handful of candidates are the same for all.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from .analysis import Query, analyse
from .place import Place
from .ranking import WHOLE, Ranked, best_match, rank
from .retrieval import Tier, tiers

CANDIDATES = 80
"""At most so many are ranked; what a broad query finds beyond them follows by name."""
VERIFIED = 300
"""So many are looked at where the ranking decides what is a hit."""
ENOUGH = 10
"""With so many hits no more lenient tier is tried."""
COUNT_CAP = 10_000
"""Totals are counted up to here; beyond it is said that there are more."""
PAGE_SIZE = 20
MAX_PAGE = 500

FACETS = ("category", "subdistrict", "status", "has_variant")
Sort = Literal["relevance", "name", "distance"]


@dataclass(frozen=True)
class Filters:
    """What a place must have; None asks nothing.

    `category` a 5-digit code (the classes below it count in), `subdistrict` a 9-digit code,
    `year` a year in which the name was valid, `bbox` west, south, east, north in degrees.
    """

    category: str | None = None
    subdistrict: str | None = None
    status: str | None = None
    year: int | None = None
    has_variant: bool | None = None
    bbox: tuple[float, float, float, float] | None = None

    def by_facet(self) -> dict[str, str]:
        """The chosen value of each facet, as it is stored."""
        chosen = {
            "category": self.category,
            "subdistrict": self.subdistrict,
            "status": self.status,
            "has_variant": None if self.has_variant is None else str(int(self.has_variant)),
        }
        return {facet: value for facet, value in chosen.items() if value is not None}

    def without(self, facet: str) -> "Filters":
        return replace(self, **{facet: None})

    def admit(self, place: Place) -> bool:
        if any(value not in place.facets[facet] for facet, value in self.by_facet().items()):
            return False
        if self.year is not None and (
            (place.since is not None and place.since > self.year)
            or (place.until is not None and place.until < self.year)
        ):
            return False
        if self.bbox is not None:
            west, south, east, north = self.bbox
            if place.lon is None or place.lat is None:
                return False
            return west <= place.lon <= east and south <= place.lat <= north
        return True


@dataclass(frozen=True)
class Hit:
    """One place found. `reason` says in Chinese why, empty where it is plain to see;
    `distance` in metres where a point was given; `whole` that a whole name matched."""

    id: int
    code: str
    title: str
    reason: str = ""
    matched: str = ""
    kind: str = ""
    score: int = 0
    whole: bool = False
    distance: float | None = None
    place: Place | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Result:
    """A page of hits. `total` counts all; with `more`, at least that many."""

    hits: list[Hit]
    total: int
    more: bool = False
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    page: int = 1
    page_size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return min(MAX_PAGE, max(1, -(-self.total // self.page_size)))


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
    def group(
        self, tier: Tier | None, filters: Filters, facets: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        """For each facet asked for, the number of places by value."""

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
    ) -> Result:
        """A page of places for what was typed; all places for an empty text.

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
        plan = tiers(query)
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
        hits = [_hit(r, near) for r in admitted[window]]
        return Result(hits, len(admitted), False, counts, page, page_size)

    def suggest(self, text: str, limit: int = 8) -> list[Hit]:
        """The best few names while somebody types."""
        query = analyse(text)
        plan = tiers(query)
        if not plan:
            return []
        ranked, _ = self._gather(query, plan)
        return [_hit(r, None) for r in ranked[:limit]]

    def nearest(
        self, lon: float, lat: float, limit: int = 10, filters: Filters | None = None
    ) -> list[Hit]:
        """The places nearest to a point, with their distance in metres."""
        places = self.fetch(
            None, filters or Filters(), order="distance", near=(lon, lat), limit=limit
        )
        return [_plain_hit(place, (lon, lat)) for place in places]

    def match(
        self, texts: Sequence[str], limit: int = 3, filters: Filters | None = None
    ) -> list[list[Hit]]:
        """For each text (a name or an address) its best candidates; for geocoding of lists."""
        return [
            self.search(text, filters, page_size=limit, facets=False).hits if text.strip() else []
            for text in texts
        ]

    def _gather(self, query: Query, plan: list[Tier]) -> tuple[list[Ranked], bool]:
        """Ranked candidates of as many tiers as it takes; whether the first is too broad."""
        places: dict[int, Place] = {}
        ranked: list[Ranked] = []
        for number, tier in enumerate(plan):
            if not _wanted(tier, ranked):
                continue
            found = self.fetch(tier, Filters(), limit=VERIFIED if tier.verify else CANDIDATES)
            if number == 0 and len(found) >= CANDIDATES and not tier.verify:
                return rank(query, found), True
            fresh = {place.id: place for place in found if place.id not in places}
            if fresh:
                places |= fresh
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
            hits = [_found(query, place, near) for place in places]
        else:
            hits = [_hit(r, near) for r in ranked[window]]
            if len(hits) < size and len(ranked) >= CANDIDATES:
                rest = self.fetch(
                    tier,
                    filters,
                    order="name",
                    limit=size - len(hits),
                    offset=max(0, window.start - len(ranked)),
                    exclude=[r.place.id for r in ranked],
                )
                hits += [_found(query, place, near) for place in rest]
        if tier is not None and ranked and len(ranked) < CANDIDATES:
            total = len(ranked)
        else:
            total = self.count(tier, filters)
        counts = self._facets(tier, filters) if facets else {}
        return Result(hits, min(total, COUNT_CAP), total > COUNT_CAP, counts, page, size)

    def groups(
        self, tier: Tier | None, asked: Sequence[tuple[Filters, Sequence[str]]]
    ) -> dict[str, dict[str, int]]:
        """Several `group`s, each with filters of its own."""
        counts: dict[str, dict[str, int]] = {}
        for filters, facets in asked:
            counts |= self.group(tier, filters, facets)
        return counts

    def _facets(self, tier: Tier | None, filters: Filters) -> dict[str, dict[str, int]]:
        """Counts by facet; each facet as if nothing were chosen in itself."""
        chosen = filters.by_facet()
        asked = [(filters, [facet for facet in FACETS if facet not in chosen])]
        asked += [(filters.without(facet), [facet]) for facet in chosen]
        return self.groups(tier, [(f, facets) for f, facets in asked if facets])


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


def _hit(ranked: Ranked, near: tuple[float, float] | None) -> Hit:
    place, match = ranked.place, ranked.match
    return Hit(
        id=place.id,
        code=place.code,
        title=place.title,
        reason=match.reason,
        matched=match.name.shown,
        kind=match.kind,
        score=match.points,
        whole=match.kind in WHOLE,
        distance=distance(near, place) if near else None,
        place=place,
    )


def _found(query: Query, place: Place, near: tuple[float, float] | None) -> Hit:
    match = best_match(query, place) if query.key else None
    return _hit(Ranked(place, match), near) if match else _plain_hit(place, near)


def _plain_hit(place: Place, near: tuple[float, float] | None) -> Hit:
    away = distance(near, place) if near else None
    return Hit(place.id, place.code, place.title, distance=away, place=place)


EARTH_RADIUS = 6_371_008.8


def distance(point: tuple[float, float], place: Place) -> float | None:
    """Metres on the sphere from (lon, lat) to the place; None if it has no point."""
    if place.lon is None or place.lat is None:
        return None
    lon1, lat1, lon2, lat2 = map(radians, (*point, place.lon, place.lat))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(half))
