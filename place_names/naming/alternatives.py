"""Other names for the same place, made of what is there: creeks, old villages, parks.

Each passes all rules itself, and tells what it is taken from.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .checking import check
from .findings import FIT, Proposal
from .index import Entry, NameIndex
from .lists import Lists, standard_level

MAX = 5
MAX_TRIED = 80
_SOURCES = {"12100": "河涌", "21770": "旧村和片区", "25100": "古迹", "25200": "公园绿地"}
# One character before the last of a local name: 望溪, 临洲.
_PREFIXES = {"望": "望见", "临": "临近", "映": "相映", "听": "听闻"}
_DISTRICTS = frozenset(
    ["越秀", "荔湾", "天河", "白云", "黄埔", "番禺", "花都", "南沙", "从化", "增城", "海珠", "广州"]
)
"""Names that would point to another district, or to no part of this one."""
_OF_UNITS = frozenset({"大院"})
"""Generic parts that grew with the housing of work units; nobody names a new estate so."""
_TERMS = {"street": ("路", "街", "巷"), "bridge": ("桥",), "park": ("公园",)}


@dataclass(frozen=True)
class Alternative:
    name: str
    reason: str


def alternatives(
    proposal: Proposal, index: NameIndex, lists: Lists, subdistricts: Iterable[str] = ()
) -> list[Alternative]:
    """At most five names without findings; none where nothing local is known."""
    subdistricts = list(subdistricts)
    found: list[Alternative] = []
    used: set[str] = set()
    for tried, (element, name, reason) in enumerate(_candidates(proposal, index, lists)):
        if len(found) == MAX or tried == MAX_TRIED:
            break
        if element in used or name in used or name == proposal.name:
            continue
        other = replace(proposal, name=name, generic="")
        if check(other, index, lists, subdistricts).outcome == FIT:
            found.append(Alternative(name, reason))
            used |= {element, name}
    return found


def _candidates(
    proposal: Proposal, index: NameIndex, lists: Lists
) -> Iterator[tuple[str, str, str]]:
    """(what it is made of, candidate, reason), the candidates of one local name after those of the others."""
    generics = _generics(proposal, index, lists)
    elements = _elements(proposal, index)
    for round_ in range(1 + len(_PREFIXES)):
        for number, entry in enumerate(elements):
            generic = generics[(number + round_) % len(generics)]
            what = f"{entry.subdistrict}的{_SOURCES[entry.category]}“{entry.name}”"
            if round_ == 0:
                # 马涌 gives 马涌苑: one character alone would not tell it apart.
                own = entry.specific if len(entry.specific) > 1 else entry.name
                if own[-1] not in generic:
                    yield own, own + generic, f"取自{what}"
                continue
            prefix, meaning = list(_PREFIXES.items())[(number + round_) % len(_PREFIXES)]
            character = (entry.name if len(entry.specific) == 1 else entry.specific)[-1]
            yield (
                entry.name,
                prefix + character + generic,
                f"“{character}”取自{what}，“{prefix}{character}”意为{meaning}{character}",
            )


def _elements(proposal: Proposal, index: NameIndex) -> list[Entry]:
    """Local names of the subdistrict in common characters, waters and old villages first."""
    found = [
        entry
        for code in _SOURCES
        for entry in index.names_of([code])
        if entry.is_public
        and (not proposal.subdistrict or entry.subdistrict == proposal.subdistrict)
        and len(entry.name) > 1
        and len(entry.specific) <= 3
        and entry.specific not in _DISTRICTS
        and all((standard_level(character) or 9) < 3 for character in entry.name)
    ]
    order = {code: number for number, code in enumerate(_SOURCES)}
    # One of each class in turn, so that not all are creeks.
    place = Counter()
    ranked = []
    for entry in sorted(found, key=lambda each: (len(each.specific), each.code)):
        place[entry.category] += 1
        ranked.append((place[entry.category], order[entry.category], entry.code, entry))
    return [entry for *_, entry in sorted(ranked, key=lambda each: each[:3])][:20]


def _generics(proposal: Proposal, index: NameIndex, lists: Lists) -> list[str]:
    """Generic parts that the neighbours of the kind have, without those that ask for a size."""
    kind = lists.kinds[proposal.kind]
    if proposal.kind in _TERMS:
        return list(_TERMS[proposal.kind])
    sized = {
        term
        for term, rule in lists.generics.items()
        if any((rule.min_floors, rule.min_land, rule.min_floor_area, rule.min_green))
    }
    counted = Counter(
        entry.generic
        for entry in index.names_of([kind.category])
        if entry.generic
        and entry.generic not in sized | _OF_UNITS
        and (not proposal.subdistrict or entry.subdistrict == proposal.subdistrict)
    )
    allowed = [
        term
        for term in sorted(counted, key=lambda term: (-counted[term], term))
        if proposal.kind not in _kinds_of(lists) or proposal.kind in _kinds(term, lists)
    ]
    return allowed[:3] or [next(iter(_own(proposal.kind, lists) - sized), "小区")]


def _kinds_of(lists: Lists) -> set[str]:
    return {kind for rule in lists.generics.values() for kind in rule.kinds}


def _kinds(term: str, lists: Lists) -> tuple[str, ...]:
    return lists.generics[term].kinds if term in lists.generics else ()


def _own(kind: str, lists: Lists) -> set[str]:
    return {term for term, rule in lists.generics.items() if kind in rule.kinds}
