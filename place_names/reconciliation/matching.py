"""Which names a text may mean: found by place search, scored by what agrees.

The score is 0 to 100: the share of the known facts that agree, weighted as for rows of an import.
100 is the same name, and the same class, subdistrict and place where those were given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from django.db.models import QuerySet

from place_names.importing.matching import LEAD, STEPS, SURE, WEIGHTS, distance, plain
from place_names.models import PlaceName
from place_names.names import addresses
from place_names.names.romanisation import syllables
from place_names.names.subdistrict_prefix import prefixed
from search.analysis import normalise
from search.places import ranking
from search.places.engines import place_search
from search.places.results import Hit

SEARCHED, DEFAULT_LIMIT, MAX_LIMIT = 25, 5, 25
BRACKETED, OTHER_NAME, SPELT, SAME_SOUND, CLOSE = 0.95, 0.9, 0.9, 0.85, 0.8
"""What a name is worth that has a remark in brackets, is another name, is pinyin, sounds alike."""
WHOLE = {ranking.EXACT, ranking.DIGITS_EQUAL, ranking.CODE}
CLOSE_SOUND = 0.9
"""How much of the worth of characters those have that only sound alike, such as 州 for 洲."""
SOUND = {ranking.SAME_SOUND: SAME_SOUND, ranking.PINYIN: SPELT}
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_COMMITTEE = re.compile("(社区)?(居民委员会|居委会|居委)$|社区$")
NOT_IN_FORCE = 0.98
"""Of two names that agree alike the one in force comes first."""


@dataclass(frozen=True)
class Facts:
    """What is known beside the text; empty where nothing is."""

    types: Sequence[str] = ()
    subdistrict: str = ""
    category: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Candidate:
    place: PlaceName
    score: float
    features: dict[str, float] = field(default_factory=dict)
    is_match: bool = False


def candidates(text: str, facts: Facts, limit: int = DEFAULT_LIMIT) -> list[Candidate]:
    """The names that the text may mean, the likeliest first; one at most is a match.

    A match leads the others by far, and its name is the same or known to be another of it.
    A subdistrict before the name is read both as part of it and as what it says of the place.
    """
    readings = [(text, facts)]
    if found := prefixed(normalise(text)):
        there = replace(facts, subdistrict=facts.subdistrict or found.subdistrict)
        readings = [(text, there if found.is_certain else facts), (found.name, there)]
    best: dict[int, Candidate] = {}
    for words, known in readings:
        for each in _scored_hits(words, known):
            earlier = best.get(each.place.pk)
            if earlier is None or earlier.score < each.score:
                best[each.place.pk] = each
    return _best_first(list(best.values()), limit)


def _scored_hits(text: str, facts: Facts) -> list[Candidate]:
    hits = place_search().search(text, page_size=SEARCHED, facets=False).hits
    if code := addresses.current_code(addresses.typed_code(text)):
        hits = place_search().search(code, page_size=1, facets=False).hits
    public = PlaceName.objects.published()
    places = records(public.filter(pk__in=[hit.id for hit in hits]))
    return [
        _scored(text, hit, places[hit.id], facts)
        for hit in hits
        if hit.id in places and _has_type(hit, facts.types)
    ]


def exact(text: str, places: Sequence[PlaceName], facts: Facts) -> list[Candidate]:
    """Names that are known to bear the text as name, other name or code; scored alike."""
    scored = []
    for place in places:
        own = is_same(text, place.name) or text == place.code
        worth = 1.0 if own else OTHER_NAME
        worth *= 1 if place.status == PlaceName.Status.STANDARD else NOT_IN_FORCE
        stem = facts.category.rstrip("0")
        has_class = place.category.code.startswith(stem) if stem else False
        scored.append(_weighed(place, worth, has_class, facts))
    return _best_first(scored, MAX_LIMIT)


def _best_first(scored: list[Candidate], limit: int) -> list[Candidate]:
    scored.sort(key=lambda each: (-each.score, each.place.code))
    if not scored:
        return []
    best = scored[0]
    lead = best.score - scored[1].score if len(scored) > 1 else 100
    # Less than the usual lead is enough over a name that is written otherwise.
    clear = lead >= LEAD or (lead > 0 and scored[1].features["name"] < best.features["name"])
    sure = best.score >= SURE and best.features["name"] >= OTHER_NAME * NOT_IN_FORCE and clear
    first = Candidate(best.place, best.score, best.features, sure)
    return [first, *scored[1:limit]]


def _has_type(hit: Hit, types: Sequence[str]) -> bool:
    return not types or (hit.place is not None and bool(set(types) & set(hit.place.categories)))


def _scored(text: str, hit: Hit, place: PlaceName, facts: Facts) -> Candidate:
    own = set(hit.place.categories) if hit.place else {place.category.code}
    return _weighed(place, _name_worth(text, hit, place), facts.category in own, facts)


def _weighed(place: PlaceName, name: float, has_class: bool, facts: Facts) -> Candidate:
    """The share of the known facts that agree; `name` is what the name is worth."""
    worths = {"name": name}
    if facts.category:
        worths["category"] = float(has_class)
    if facts.subdistrict:
        own = {row.subdistrict.code for row in place.place_subdistricts.all()}
        worths["subdistricts"] = float(facts.subdistrict in own)
    if facts.point and place.lon is not None:
        metres = distance(facts.point, place)
        worths["distance"] = next((worth for limit, worth in STEPS if metres <= limit), 0.0)
    total = sum(WEIGHTS[name] for name in worths)
    points = sum(WEIGHTS[name] * worth for name, worth in worths.items())
    return Candidate(place, round(100 * points / total, 1), worths)


def is_same(text: str, name: str) -> bool:
    """Whether both are one name, whichever form of characters they are in: 濱江東路, 滨江东路."""
    return _written(text) == _written(name)


def _written(text: str) -> str:
    return plain(normalise(text))


def _community(text: str) -> str:
    """The community that a text names with 社区 or its committee; empty where it names none."""
    stem = _COMMITTEE.sub("", _written(text))
    return stem if stem != _written(text) else ""


def _name_worth(text: str, hit: Hit, place: PlaceName) -> float:
    is_other = hit.matched != place.name and hit.kind != ranking.CODE
    if hit.kind in WHOLE:
        worth = OTHER_NAME if is_other else 1.0
    elif is_same(text, place.name):
        worth = 1.0
    elif is_same(_BRACKETS.sub("", text), place.name):
        worth = BRACKETED
    elif (community := _community(text)) and community == _community(place.name):
        worth = OTHER_NAME
    else:
        names = (place.name, *(variant.name for variant in place.variants.all()))
        pairs = [(_written(text), _written(name)) for name in names]
        pairs.append((_letters(text), _letters(place.romanisation_plain)))
        alike = max(SequenceMatcher(None, *pair).ratio() for pair in pairs)
        sounds = syllables(_written(text)), syllables(_written(place.name))
        alike = max(alike, CLOSE_SOUND * SequenceMatcher(None, *sounds).ratio())
        worth = max(CLOSE * alike, 0 if is_other else SOUND.get(hit.kind, 0))
    return worth if place.status == PlaceName.Status.STANDARD else worth * NOT_IN_FORCE


def _letters(text: str) -> str:
    return "".join(text.casefold().split())


def records(places: QuerySet) -> dict[int, PlaceName]:
    """The names by key, with what a score needs of them."""
    return (
        places.select_related("category")
        .prefetch_related("variants", "place_subdistricts__subdistrict")
        .defer("geometry", "history", "description")
        .in_bulk()
    )
