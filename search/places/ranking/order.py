"""Places in the order in which they answer a query, each with its best name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.analysis import Name, Query
from search.places.place import Place

from .characters import judge_han
from .letters import judge_latin
from .mixture import judge_mixed
from .weights import (
    CODE,
    DEDUCTIONS,
    EXTRA_CHARACTER,
    MAX_EXTRA,
    NOT_IN_FORCE,
    PREFIX,
    WEIGHTS,
    Found,
)

MIN_CODE = 6
"""From so many digits on they may be a code, or begin one."""

_JUDGES: dict[str, Callable[[Query, Name], Found]] = {
    "han": judge_han,
    "latin": judge_latin,
    "mixed": judge_mixed,
}


@dataclass(frozen=True)
class Match:
    """The best match of one name."""

    points: int
    kind: str
    name: Name

    @property
    def reason(self) -> str:
        """Shown under the result: which other name was found, and how it was spelled."""
        words = WEIGHTS[self.kind][1]
        if self.name.kind == "standard":
            return words
        found = f"{self.name.label}：{self.name.shown}"
        return f"{found}（{words}）" if words else found


@dataclass(frozen=True)
class Ranked:
    place: Place
    match: Match


def rank(query: Query, places: Iterable[Place]) -> list[Ranked]:
    """The places that answer the query, best first; equal ones by length, pinyin, id."""
    judge = _JUDGES[query.script]
    ranked = []
    for place in places:
        match = best_match(query, place, judge)
        if match:
            ranked.append(Ranked(place, match))
    ranked.sort(key=lambda r: (-r.match.points, r.place.size, r.place.sort_key, r.place.id))
    return ranked


def best_match(query: Query, place: Place, judge: Callable | None = None) -> Match | None:
    judge = judge or _JUDGES[query.script]
    if len(query.key) >= MIN_CODE and query.key.isdigit() and place.code.startswith(query.key):
        kind = CODE if place.code == query.key else PREFIX
        return Match(WEIGHTS[kind][0], kind, place.names[0])
    best: Match | None = None
    for name in place.names:
        found = judge(query, name)
        if not found:
            continue
        kind, deduction = found
        extra = max(0, len(name.key) - len(query.key)) if query.script == "han" else len(name.key)
        points = (
            WEIGHTS[kind][0]
            - deduction
            - DEDUCTIONS.get(name.kind, 12)
            - min(MAX_EXTRA, extra * EXTRA_CHARACTER)
            - (NOT_IN_FORCE if place.status != "standard" else 0)
        )
        if best is None or points > best.points:
            best = Match(points, kind, name)
    return best
