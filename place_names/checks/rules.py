"""Faults in the register, found by pure rules over plain entries.

Each rule takes entries (and what it compares them with) and yields faults; ``all_faults``
runs them all. Reading the register and keeping the results is ``check_runs``. Duplicates and
homophones: 《地名管理条例》 art. 9: no duplicate and, where possible, no homophone among streets
and lanes and among estates and buildings of one built-up area, and among committees of one
county. The district is one built-up area, so a class is compared across the whole district.
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, islice

import numpy

from place_names.fault_kinds import (
    CODE,
    DUPLICATE,
    HOMOPHONE,
    KINDS,
    NO_ROMANISATION,
    SPELLING,
    VARIANT_TAKEN,
    WORDING,
)
from place_names.names import codes
from place_names.names.romanisation import homophone_key
from place_names.names.spelling_doubts import doubts

from . import figures
from .entries import Fault, areas_told

BATCH = 1000
SHOWN = 10
"""As many of the names that are alike are listed for each of them."""


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


def all_faults(entries, areas, wordings, names=None, decided=None):
    """All faults of the entries, ordered as ``KINDS`` and then by code.

    ``areas`` are {9-digit code: GeoJSON polygon}; ``names`` {9-digit code: name} for the
    messages; ``decided`` the spellings on which officers have decided. Entries that are no longer in use are only checked for code and location.
    ``entries`` are read twice and never held together: of a register of any size only those that
    may be like others are.
    """
    names = names or {}
    found, code_of, suspicion = [], {}, _Suspicion()
    located = figures.Locator(areas, names)
    rest = iter(entries)
    while batch := list(islice(rest, BATCH)):
        codes_of_batch = {entry.id: entry.code for entry in batch}
        own = [
            *missing_romanisation(batch),
            *doubtful_spellings(batch, decided or {}),
            *code_faults(batch),
            *located.faults(batch),
            *figures.odd_lengths(batch),
            *bad_wording(batch, wordings),
        ]
        found += own
        code_of |= {fault.entry: codes_of_batch[fault.entry] for fault in own}
        for entry in batch:
            suspicion.note(entry)
    alike = suspicion.suspects(entries)
    found += [
        *duplicates(alike, names),
        *homophones(alike, names),
        *taken_variants(alike, names),
    ]
    code_of |= {entry.id: entry.code for entry in alike}
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda fault: (order[fault.kind], code_of[fault.entry], fault.message))


class _Suspicion:
    """Which entries may be like others, told from hashes: eight bytes for each key."""

    def __init__(self):
        self.same, self.sounding = array("q"), array("q")
        self.variants: set[str] = set()

    def note(self, entry):
        if entry.in_use:
            self.same.append(hash(_same(entry)))
            self.sounding.append(hash(_sound(entry)))
            self.variants.update(entry.variants)

    def suspects(self, entries):
        """The entries that share a key, or whose name is a variant, with those of such variants."""
        same, sounding = (_repeated(each) for each in (self.same, self.sounding))
        return [
            entry
            for entry in entries
            if entry.in_use
            and (
                entry.variants
                or entry.name in self.variants
                or hash(_same(entry)) in same
                or hash(_sound(entry)) in sounding
            )
        ]


def _repeated(hashes):
    values, counts = numpy.unique(numpy.array(hashes, dtype=numpy.int64), return_counts=True)
    return set(values[counts > 1].tolist())


def _same(entry):
    return entry.category, entry.name


def _sound(entry):
    return entry.category, homophone_key(entry.name, entry.romanisation, entry.category)


def duplicates(entries, names=None):
    """The same name twice within a class."""
    for group in _groups(entries, _same):
        for entry in group:
            # One more than is listed, so that a long group costs no more than a short one.
            others = [other for other in group[: SHOWN + 1] if other.id != entry.id]
            where, ids = _listed(others, names or {}, len(group) - 1)
            yield Fault(entry.id, DUPLICATE, f"与{where}重名", ids)


def homophones(entries, names=None):
    """Different names within a class that sound alike, tones included."""
    for group in _groups(entries, _sound):
        by_name = defaultdict(list)
        for entry in group:
            by_name[entry.name].append(entry)
        for name, own in by_name.items() if len(by_name) > 1 else ():
            other_names = (found for other, found in by_name.items() if other != name)
            others = list(islice(chain.from_iterable(other_names), SHOWN))
            where, ids = _listed(others, names or {}, len(group) - len(own))
            for entry in own:
                yield Fault(entry.id, HOMOPHONE, f"与{where}同音（{entry.romanisation}）", ids)


def _groups(entries, key_of):
    """Lists of the entries in use that share a key, of two and more, in the order of the entries."""
    groups = defaultdict(list)
    for entry in entries:
        if entry.in_use:
            groups[key_of(entry)].append(entry)
    return [group for group in groups.values() if len(group) > 1]


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
                where, ids = _listed(others, names or {}, len(others))
                message = f"其他名称“{variant}”已是标准地名：{where}"
                yield Fault(entry.id, VARIANT_TAKEN, message, ids)


def missing_romanisation(entries):
    for entry in entries:
        if entry.in_use and not entry.romanisation.strip():
            yield Fault(entry.id, NO_ROMANISATION, "没有填写罗马字母拼写")


def doubtful_spellings(entries, decided):
    """Names whose reading or division is not certain, or not written by the rules."""
    for entry in entries:
        if entry.in_use and (found := _doubts(entry, decided)):
            yield Fault(entry.id, SPELLING, "\n".join(map(str, found)))


def _doubts(entry, decided):
    parts = entry.specific, entry.generic, entry.category
    return doubts(entry.name, entry.romanisation, *parts, decided)


def code_faults(entries):
    """A code that is malformed or disagrees with class or subdistrict."""
    for entry in entries:
        for _, message in codes.faults(entry.code, entry.category, entry.subdistricts):
            yield Fault(entry.id, CODE, message)


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


def _listed(others, names, number):
    """The first few of the others in words, with how many there are; and their ids."""
    told = "、".join(_described(other, names) for other in others[:SHOWN])
    ids = tuple(other.id for other in others[:SHOWN])
    return told + (f"等{number}条" if number > SHOWN else ""), ids


def _described(entry, names):
    where = areas_told(entry.subdistricts[:1], names)
    return f"{entry.name}（{where + '，' if where else ''}{entry.code}）"
