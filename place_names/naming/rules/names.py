"""The same name, the same specific part, and names that differ by a character or a sound."""

from collections.abc import Iterable, Iterator

from pyproj import Geod

from place_names.names.romanisation import homophone_key, romanise

from .. import clauses
from ..findings import Finding, Setting
from ..index import Entry, NameIndex
from ..lists import REMARK, UNFIT

SHOWN = 3
GEOD = Geod(ellps="GRS80")  # the ellipsoid of CGCS2000


def same_name(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """重名 (条例 art. 9 no. 8; for other classes the city's rule)."""
    found = index.same_name(setting.proposal.name, setting.kind.compared)
    if found:
        text = f"已有同名的{setting.kind.label}：{described(nearest(found, setting))}。"
        yield finding("duplicate", UNFIT, text, setting.kind.basis, found, setting)


def out_of_use(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """A name of the list of non-standard names, or one that has ended. 《地名管理条例》 does not
    forbid to take it up again, so this is a remark, with the ground that the register has."""
    name = setting.proposal.name
    for each in index.out_of_use(name, setting.kind.compared):
        yield Finding(each.rule, REMARK, f"“{name}”{each.text}", each.clause)


def same_specific(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """The specific part of another name of the class, with another generic part."""
    found = [
        entry
        for entry in index.same_specific(setting.parts.specific, setting.kind.compared)
        if entry.name != setting.proposal.name
    ]
    if found:
        text = (
            f"专名“{setting.parts.specific}”已用于{described(nearest(found, setting))}"
            f"{'等' if len(found) > SHOWN else ''}。"
        )
        severity = setting.kind.specific_severity
        if severity == REMARK:
            text += "如果是它的分段或派生，请在申请书中说明。"
        basis = setting.kind.specific_basis
        yield finding("same_specific", severity, text, basis, found, setting)


def affixes(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """The same but for 新, 大, 小 and the like, in front or behind."""
    specific = setting.parts.specific
    if not specific:
        return
    wanted: dict[str, str] = {}
    for affix in setting.lists.affixes:
        wanted[affix + specific] = wanted[specific + affix] = affix
        for rest in (specific.removeprefix(affix), specific.removesuffix(affix)):
            if rest != specific and len(rest) > 1:
                wanted[rest] = affix
    if len(specific) < 2:
        return
    found = index.of_specifics(wanted, setting.kind.compared)
    if found:
        near = nearest(found, setting)
        affix = wanted[near[0].specific]
        text = f"与{described(near)}只差“{affix}”，容易混淆。"
        severity = setting.kind.specific_severity
        yield finding("affix", severity, text, setting.lists.affix_basis, found, setting)


def homophones(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """Toneless Pinyin over all readings; grave only where the whole name is read the same."""
    found = _sounding(setting, index, "mandarin")
    if not found:
        return
    name, category = setting.proposal.name, setting.kind.category
    key = homophone_key(name, romanise(name, category=category))
    exact = [
        entry
        for entry in found
        if entry.generic == setting.parts.generic
        and homophone_key(entry.name, romanise(entry.name, category=entry.category)) == key
    ]
    near = nearest(exact or found, setting)
    if exact:
        text = f"与{described(near)}读音相同。"
    else:
        text = f"专名与{described(near)}的拼音相同或可能读成相同。"
    severity = UNFIT if exact else REMARK
    basis = setting.kind.basis if exact else clauses.NEAR
    yield finding("homophone", severity, text, basis, exact or found, setting)


def cantonese(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """The same in Cantonese, though not in Putonghua."""
    known = index.sounding(setting.parts.specific, setting.kind.compared)
    found = _sounding(setting, index, "cantonese", known)
    if found:
        text = f"用粤语读，与{described(nearest(found, setting))}的专名同音或近音。"
        yield finding("cantonese", REMARK, text, clauses.NEAR, found, setting)


def near_sounds(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """Syllables that are mixed up here: z and zh, n and l, in and ing."""
    compared = setting.kind.compared
    known = index.sounding(setting.parts.specific, compared)
    known |= index.sounding(setting.parts.specific, compared, "cantonese")
    found = _sounding(setting, index, "near", known)
    if found:
        text = f"读音与{described(nearest(found, setting))}相近，容易听错。"
        yield finding("near_sound", REMARK, text, clauses.NEAR, found, setting)


def look_alikes(setting: Setting, index: NameIndex) -> Iterator[Finding]:
    """One character that is taken for another: 已 and 己."""
    specific, alike = setting.parts.specific, setting.lists.look_alikes
    wanted = {
        specific[:at] + other + specific[at + 1 :]
        for at, character in enumerate(specific)
        for other in alike.get(character, ())
    }
    found = index.of_specifics(wanted, setting.kind.compared) if len(specific) > 1 else []
    if found:
        text = f"字形与{described(nearest(found, setting))}相近，容易看错。"
        yield finding("near_look", REMARK, text, clauses.AMBIGUOUS, found, setting)


def _sounding(
    setting: Setting, index: NameIndex, by: str, without: Iterable[str] = ()
) -> list[Entry]:
    compared = setting.kind.compared
    if len(setting.parts.specific) < 2:
        return []
    others = index.sounding(setting.parts.specific, compared, by) - set(without)
    return index.of_specifics(sorted(others), compared)


def nearest(entries: list[Entry], setting: Setting) -> list[Entry]:
    """At most three of the entries: those near the place of the proposal first."""
    point, subdistrict = setting.proposal.point, setting.proposal.subdistrict

    def rank(entry: Entry):
        metres = GEOD.inv(*point, *entry.point)[2] if point and entry.point else float("inf")
        return (metres, entry.subdistrict != subdistrict, len(entry.name), entry.code)

    return sorted(entries, key=rank)[:SHOWN]


def described(entries: list[Entry]) -> str:
    """In words. What awaits its approval is not public yet, so its name is not told."""
    return "、".join(
        (f"“{entry.name}”" + (f"（{entry.subdistrict}）" if entry.subdistrict else ""))
        if entry.is_public
        else "一个待审定的地名"
        for entry in entries
    )


def finding(
    rule: str, severity: str, text: str, clause: str, found: list[Entry], setting: Setting
) -> Finding:
    shown = [entry for entry in nearest(found, setting) if entry.is_public]
    return Finding(rule, severity, text, clause, tuple(shown), len(found) - len(shown))
