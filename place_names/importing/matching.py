"""Rows without a code: which record of the register they mean, with a score.

What agrees in name, class, subdistrict and position speaks for a record. One that stands out is
taken, none at all makes a new name, and everything between is for the officer to decide.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from difflib import SequenceMatcher

from django.db.models import Q
from pyproj import Geod
from shapely.errors import GEOSException

from place_names.geometry import shapes
from place_names.models import NameVariant, PlaceName, Subdistrict
from place_names.names import codes
from place_names.names.renaming import next_code
from place_names.names.rows import HEADINGS
from place_names.names.subdistrict_prefix import prefixed

from .checking import Candidate
from .problems import Problem

MATCH, NEW, DOUBT, SKIP = "match", "new", "doubt", "skip"
# Points out of a hundred for each fact that is known of both; those not known do not count.
WEIGHTS = {"name": 50, "category": 15, "subdistricts": 15, "distance": 20}
SURE, LEAD, POSSIBLE = 85, 15, 55
SHOWN = 5
NEAR = 0.003
"""Degrees, about 300 m: how far a name that is written otherwise is looked for."""
LIKE = 0.6
MAX_LIKE = 60
STEPS = ((100, 1.0), (500, 0.6), (2000, 0.2))
"""Metres up to which a distance speaks for a record, and how much."""
NAMES = ("name", "specific", "generic", "romanisation")
GEOD = Geod(ellps="GRS80")

_AROUND = re.compile(r"^(广东省)?(广州市)?(海珠区)?|[\s·（）()]")


@dataclass(frozen=True)
class Proposal:
    """A record that a row may mean; `why` says what agrees, `score` is 0 to 100.

    `areas` are the names of its subdistricts; only a public record has an `address`.
    """

    code: str
    name: str
    score: int
    why: str
    areas: str = ""
    address: str = ""


@dataclass(frozen=True)
class Match:
    """What became of a row without a code; `code` is that of a match or of a new name."""

    line: int
    name: str
    told: str
    outcome: str
    code: str = ""
    proposals: list[Proposal] = field(default_factory=list)

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict) -> "Match":
        return cls(**found | {"proposals": [Proposal(**each) for each in found["proposals"]]})


class Matcher:
    """Gives a code to rows without one. `seen` are the lines by code that a file has had.

    `decisions` are the officer's: line → a code of the register, NEW or SKIP. `asked` has the
    codes of the records that rows in doubt may mean.
    """

    def __init__(self, decisions: dict[str, str], seen: dict[str, int]):
        self.decisions = decisions
        self.seen = seen
        self.asked: set[str] = set()
        self.given: Counter[str] = Counter()
        self.areas = dict(Subdistrict.objects.values_list("code", "name"))

    def resolve(
        self, candidates: list[Candidate]
    ) -> tuple[list[Candidate], list[Match], list[Problem]]:
        """Candidates that have a code now, what became of those without, and problems."""
        bare = [each for each in candidates if not each.row.get("code")]
        if not bare:
            return candidates, [], []
        named = self._named(bare)
        taken, matches, problems = [], [], []
        for candidate in candidates:
            if candidate.row.get("code"):
                taken.append(candidate)
                continue
            match, place = self._match(candidate, named)
            if match.outcome == NEW:
                match, problem = self._numbered(match, candidate)
                if problem:
                    problems.append(problem)
                    continue
            matches.append(match)
            if match.outcome in (MATCH, NEW):
                self.seen[match.code] = candidate.line
                taken.append(_with_code(candidate, match, place))
            elif match.outcome == DOUBT:
                self.asked.update(each.code for each in match.proposals)
        return taken, matches, problems

    def _named(self, bare: list[Candidate]) -> dict[str, list[PlaceName]]:
        """Records by name and by other name, for the names of a batch."""
        names = {row["name"] for each in bare for row in _readings(each.row)}
        wanted = names | {plain(name) for name in names}
        found: dict[str, list[PlaceName]] = {}
        others = NameVariant.objects.filter(name__in=wanted).values("place")
        for place in _records(Q(name__in=wanted) | Q(pk__in=others)):
            for word in {place.name, *(v.name for v in place.variants.all())}:
                found.setdefault(word, []).append(place)
        return found

    def _match(self, candidate: Candidate, named) -> tuple[Match, PlaceName | None]:
        name = candidate.row["name"]
        point = _point(candidate)
        readings = _readings(candidate.row)
        words = {word for row in readings for word in (row["name"], plain(row["name"]))}
        places = {p.pk: p for word in words for p in named.get(word, ())}
        for row in readings:
            places |= {p.pk: p for p in _alike(row["name"], point) if p.pk not in places}
        scored = [
            (max(score(row, point, place) for row in readings), place) for place in places.values()
        ]
        scored = [each for each in scored if each[0][0] >= POSSIBLE]
        scored.sort(key=lambda each: (-each[0][0], each[1].code))
        proposals = [_proposal(place, points, why) for (points, why, _), place in scored[:SHOWN]]
        told = _told(candidate.row, self.areas)
        match = Match(candidate.line, name, told, DOUBT, proposals=proposals)
        decided = self.decisions.get(str(candidate.line), "")
        if decided in (NEW, SKIP):
            return replace(match, outcome=decided), None
        if decided:
            place = _records(Q(code=decided)).first()
            if place is None or decided in self.seen:
                return match, None
            return replace(match, outcome=MATCH, code=decided), place
        if not scored:
            return replace(match, outcome=NEW), None
        (points, _, sure), best = scored[0]
        lead = points - scored[1][0][0] if len(scored) > 1 else 100
        if sure and points >= SURE and lead >= LEAD and best.code not in self.seen:
            return replace(match, outcome=MATCH, code=best.code), best
        return match, None

    def _numbered(self, match: Match, candidate: Candidate) -> tuple[Match, Problem | None]:
        category = candidate.row.get("category")
        if not category:
            reason = "是新地名，须填写类别才能编号；若是已有的地名，请在“没有代码的行”中选定"
            return match, Problem(candidate.line, HEADINGS["category"], "", reason)
        subdistricts = [c for c in candidate.row.get("subdistricts", "").split(";") if c]
        first = next_code(category, subdistricts)
        serial = int(first[14:]) + self.given[first[:14]]
        code = codes.build(category, subdistricts, serial)
        while code in self.seen:
            serial += 1
            code = codes.build(category, subdistricts, serial)
        self.given[first[:14]] = serial + 1 - int(first[14:])
        return replace(match, code=code), None


def _readings(row: dict[str, str]) -> list[dict[str, str]]:
    """The row as it is; if its name begins with a subdistrict, also without that, as a name there."""
    found = prefixed(row["name"])
    if found is None:
        return [row]
    areas = row.get("subdistricts") or found.subdistrict
    told = {**row, "subdistricts": areas} if found.is_certain else row
    return [told, {**row, "name": found.name, "subdistricts": areas}]


def _with_code(candidate: Candidate, match: Match, place: PlaceName | None) -> Candidate:
    """The candidate with its code. A match never renames: that is an act of its own."""
    row = dict(candidate.row)
    if place is not None and plain(row["name"]) != plain(place.name):
        row = {key: value for key, value in row.items() if key not in NAMES}
    if place is not None:
        row["name"] = place.name
    return replace(candidate, row={**row, "code": match.code})


def plain(name: str) -> str:
    """A name without the names of city and district before it, spaces and brackets."""
    return _AROUND.sub("", name) or name


def score(row: dict[str, str], point, place: PlaceName) -> tuple[int, str, bool]:
    """(0 to 100, what agrees and what does not, whether more than a name agrees)."""
    facts, told = {}, []
    facts["name"], word = _name_fact(row["name"], place)
    told.append(word)
    if row.get("category"):
        facts["category"] = _class_fact(row["category"], place.category.code)
        told.append("类别相同" if facts["category"] == 1 else f"类别是{place.category.name}")
    if row.get("subdistricts"):
        own = {each.subdistrict.code for each in place.place_subdistricts.all()}
        facts["subdistricts"] = float(bool(own & set(row["subdistricts"].split(";"))))
        told.append("街道相同" if facts["subdistricts"] else "街道不同")
    if point and place.lon is not None:
        metres = distance(point, place)
        facts["distance"] = next((worth for limit, worth in STEPS if metres <= limit), 0.0)
        told.append(f"相距{metres:,.0f}米")
    total = sum(WEIGHTS[key] for key in facts)
    points = sum(WEIGHTS[key] * worth for key, worth in facts.items())
    others = [worth for key, worth in facts.items() if key != "name"]
    sure = facts["name"] >= WORTH_OF_VARIANT and bool(others) and min(others) > 0
    return round(100 * points / total), "，".join(told), sure


WORTH_OF_VARIANT = 0.9


def _name_fact(name: str, place: PlaceName) -> tuple[float, str]:
    if plain(name) == plain(place.name):
        return 1.0, "名称相同"
    for variant in place.variants.all():
        if plain(variant.name) == plain(name):
            return WORTH_OF_VARIANT, f"是其{variant.get_kind_display()}"
    return SequenceMatcher(None, plain(name), plain(place.name)).ratio() * 0.8, "名称相近"


def _class_fact(one: str, other: str) -> float:
    return 1.0 if one == other else 0.5 if one[:3] == other[:3] else 0.0


def distance(point: tuple[float, float], place: PlaceName) -> float:
    """Metres from a point to the extent of a record: on a road it is small everywhere."""
    lon, lat = point
    near_lon = min(max(lon, place.min_lon), place.max_lon)
    near_lat = min(max(lat, place.min_lat), place.max_lat)
    return GEOD.inv(lon, lat, near_lon, near_lat)[2]


def _point(candidate: Candidate) -> tuple[float, float] | None:
    if candidate.row.get("lon"):
        return float(candidate.row["lon"]), float(candidate.row["lat"])
    if candidate.shape:
        try:
            found = shapes.measure(json.loads(candidate.shape))
        except (ValueError, GEOSException):
            return None
        return found.lon, found.lat
    return None


def _alike(name: str, point: tuple[float, float] | None) -> Iterable[PlaceName]:
    """Records of a similar name: those that begin alike, and those close by."""
    wanted = Q(name__startswith=plain(name)[:2])
    if point:
        lon, lat = point
        wanted |= Q(
            min_lon__lte=lon + NEAR, max_lon__gte=lon - NEAR,
            min_lat__lte=lat + NEAR, max_lat__gte=lat - NEAR,
        )  # fmt: skip
    names = PlaceName.objects.filter(wanted).values_list("pk", "name")[:2000]
    like = [(SequenceMatcher(None, plain(name), plain(n)).ratio(), pk) for pk, n in names]
    best = sorted((each for each in like if each[0] >= LIKE), reverse=True)[:MAX_LIKE]
    return _records(Q(pk__in=[pk for _, pk in best])) if best else ()


def _records(wanted: Q):
    return (
        PlaceName.objects.filter(wanted)
        .select_related("category")
        .prefetch_related("variants", "place_subdistricts__subdistrict")
        .defer("geometry", "history", "description")
    )


def _proposal(place: PlaceName, points: int, why: str) -> Proposal:
    areas = "、".join(each.subdistrict.name for each in place.place_subdistricts.all())
    is_public = place.live and place.status not in PlaceName.NOT_PUBLIC
    address = place.get_absolute_url() if is_public else ""
    return Proposal(place.code, place.name, points, why, areas, address)


def _told(row: dict[str, str], areas: dict[str, str]) -> str:
    """What the row itself says, for the list."""
    known = codes.classes().get(row.get("category", ""))
    at = f"{row['lon']}, {row['lat']}" if row.get("lon") else ""
    named = "、".join(areas[code] for code in row.get("subdistricts", "").split(";") if code)
    parts = [known.name if known else "", named, at]
    return "；".join(part for part in parts if part)
