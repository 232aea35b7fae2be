"""Faults in the register, found by pure rules over plain entries.

Each rule takes entries (and what it compares them with) and yields faults; ``all_faults``
runs them all. Reading the register and keeping the results is ``check_runs``. Duplicates and
homophones: 《地名管理条例》 art. 9: no duplicate and, where possible, no homophone among streets
and lanes and among estates and buildings of one built-up area, and among committees of one
county. The district is one built-up area, so a class is compared across the whole district.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy
import shapely
from shapely.geometry import shape

from place_names.fault_kinds import (
    CODE,
    DUPLICATE,
    HOMOPHONE,
    KINDS,
    LINE_APART,
    NO_LOCATION,
    NO_ROMANISATION,
    OUTSIDE,
    VARIANT_TAKEN,
    WORDING,
)
from place_names.names import codes
from place_names.names.romanisation import homophone_key

IN_USE = ("standard", "pending", "planned")
TOLERANCE = 0.00005  # degrees, about 5 m: a point on the line between two is in both


@dataclass(frozen=True)
class Entry:
    """What the rules need of a place name; ``subdistricts`` are 9-digit codes."""

    id: int
    code: str
    name: str
    romanisation: str
    category: str
    status: str
    subdistricts: tuple
    geometry: dict | None
    variants: tuple = ()

    @property
    def in_use(self):
        return self.status in IN_USE


@dataclass(frozen=True)
class Fault:
    """One fault of one entry: what is wrong, in words for an officer, and with whom."""

    entry: int
    kind: str
    message: str
    others: tuple = ()


@dataclass(frozen=True)
class Wording:
    """A word or regular expression that names of some classes should not contain.

    ``classes`` are 5-digit codes; a class stands for those below it; none means all.
    """

    pattern: object
    kind: str
    reason: str
    classes: tuple = ()

    def applies_to(self, category):
        return not self.classes or any(
            category.startswith(code.rstrip("0")) for code in self.classes
        )


def all_faults(entries, areas, wordings, names=None):
    """All faults of the entries, ordered as ``KINDS`` and then by code.

    ``areas`` are {9-digit code: GeoJSON polygon}; ``names`` {9-digit code: name} for the
    messages. Entries that are no longer in use are only checked for code and location.
    """
    entries = list(entries)
    names = names or {}
    found = [
        *duplicates(entries, names),
        *homophones(entries, names),
        *taken_variants(entries, names),
        *missing_romanisation(entries),
        *code_faults(entries),
        *misplaced(entries, areas, names),
        *bad_wording(entries, wordings),
    ]
    order = {kind: number for number, kind in enumerate(KINDS)}
    code_of = {entry.id: entry.code for entry in entries}
    return sorted(found, key=lambda fault: (order[fault.kind], code_of[fault.entry], fault.message))


def duplicates(entries, names=None):
    """The same name twice within a class."""
    groups = defaultdict(list)
    for entry in entries:
        if entry.in_use:
            groups[entry.category, entry.name].append(entry)
    yield from _each_with_the_others(groups.values(), DUPLICATE, "与{}重名", names or {})


def homophones(entries, names=None):
    """Different names within a class that sound alike, tones included."""
    groups = defaultdict(dict)
    for entry in entries:
        if entry.in_use:
            key = homophone_key(entry.name, entry.romanisation, entry.category)
            groups[entry.category, key].setdefault(entry.name, []).append(entry)
    for by_name in groups.values():
        for name, own in by_name.items():
            others = [e for other, group in by_name.items() if other != name for e in group]
            for entry in own if others else ():
                where = "、".join(_described(other, names or {}) for other in others)
                ids = tuple(other.id for other in others)
                yield Fault(entry.id, HOMOPHONE, f"与{where}同音（{entry.romanisation}）", ids)


def taken_variants(entries, names=None):
    """A variant that is the standard name of another place in use."""
    standard = defaultdict(list)
    for entry in entries:
        if entry.in_use:
            standard[entry.name].append(entry)
    for entry in entries:
        for variant in entry.variants if entry.in_use else ():
            others = [other for other in standard.get(variant, ()) if other.id != entry.id]
            if others:
                where = "、".join(_described(other, names or {}) for other in others)
                message = f"其他名称“{variant}”已是标准地名：{where}"
                yield Fault(entry.id, VARIANT_TAKEN, message, tuple(o.id for o in others))


def missing_romanisation(entries):
    for entry in entries:
        if entry.in_use and not entry.romanisation.strip():
            yield Fault(entry.id, NO_ROMANISATION, "没有填写罗马字母拼写")


def code_faults(entries):
    """A code that is malformed or disagrees with class or subdistrict."""
    for entry in entries:
        for _, message in codes.faults(entry.code, entry.category, entry.subdistricts):
            yield Fault(entry.id, CODE, message)


def misplaced(entries, areas, names=None):
    """A point outside every stated subdistrict; a line or area that misses one of them."""
    names = names or {}
    polygons = {code: shape(geometry) for code, geometry in areas.items() if geometry}
    known = sorted(polygons)
    tree = shapely.STRtree([polygons[code] for code in known])
    located = [entry for entry in entries if entry.geometry]
    figures = numpy.array([shape(entry.geometry) for entry in located], dtype=object)
    touched = defaultdict(set)
    if len(figures) and known:
        for figure, area in tree.query(figures, predicate="dwithin", distance=TOLERANCE).T:
            touched[int(figure)].add(known[area])
    for entry in entries:
        if not entry.geometry and entry.in_use:
            yield Fault(entry.id, NO_LOCATION, "没有坐标")
    for number, entry in enumerate(located):
        stated = [code for code in entry.subdistricts if code in polygons]
        missed = [code for code in stated if code not in touched[number]]
        if not missed:
            continue
        where = _areas(sorted(touched[number]), names) or "本区以外"
        if entry.geometry["type"] == "Point":
            if len(missed) == len(stated):
                message = f"坐标在{where}，登记的街道是{_areas(stated, names)}"
                yield Fault(entry.id, OUTSIDE, message)
        else:
            message = f"图形在{where}，没有经过登记的{_areas(missed, names)}"
            yield Fault(entry.id, LINE_APART, message)


def bad_wording(entries, wordings):
    """Names with a word that the rules on non-standard names refuse."""
    for entry in entries:
        found = []
        for wording in wordings if entry.in_use else ():
            match = wording.applies_to(entry.category) and wording.pattern.search(entry.name)
            if match:
                found.append(f"{wording.kind}：“{match[0]}”，{wording.reason}")
        if found:
            yield Fault(entry.id, WORDING, "；".join(found))


def _each_with_the_others(groups, kind, message, names):
    for group in groups:
        for entry in group if len(group) > 1 else ():
            others = [other for other in group if other.id != entry.id]
            where = "、".join(_described(other, names) for other in others)
            yield Fault(entry.id, kind, message.format(where), tuple(o.id for o in others))


def _described(entry, names):
    where = _areas(entry.subdistricts[:1], names)
    return f"{entry.name}（{where + '，' if where else ''}{entry.code}）"


def _areas(found, names):
    return "、".join(names.get(code, code) for code in found)
