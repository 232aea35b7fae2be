"""What a search of place names answers: hits, totals, distances."""

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from search.analysis import Query

from .place import Place
from .ranking import WHOLE, Ranked, best_match

PAGE_SIZE = 20
MAX_PAGE = 500


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


def hit_of(ranked: Ranked, near: tuple[float, float] | None) -> Hit:
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


def hit_for(query: Query, place: Place, near: tuple[float, float] | None) -> Hit:
    match = best_match(query, place) if query.key else None
    return hit_of(Ranked(place, match), near) if match else plain_hit(place, near)


def plain_hit(place: Place, near: tuple[float, float] | None) -> Hit:
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
