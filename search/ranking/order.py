"""Places in the order in which they answer a query, each with its best name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.analysis import Name, Query
from search.place import Place

from .characters import judge_han
from .letters import judge_latin
from .mixture import judge_mixed
from .weights import DEDUCTIONS, EXTRA_CHARACTER, MOST_EXTRA, NOT_IN_FORCE, WEIGHTS, Found

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
            - min(MOST_EXTRA, extra * EXTRA_CHARACTER)
            - (NOT_IN_FORCE if place.status != "standard" else 0)
        )
        if best is None or points > best.points:
            best = Match(points, kind, name)
    return best
