"""The names of the register that a page should not use, and what to write instead."""

from dataclasses import dataclass

from home.service_places.models import ServicePlace
from place_names.models import (
    Community,
    NameVariant,
    NonStandardName,
    PlaceName,
    RegisterSettings,
    Subdistrict,
)
from place_names.names.successors import standard_names_of

# Two characters (南华, 河南) are part of too many other words to be held against a page.
SHORTEST = 3
Status = PlaceName.Status


@dataclass(frozen=True)
class Avoided:
    """A name out of use: what it is (曾用名, 别名 …) and the standard names in its stead."""

    name: str
    what: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """What texts are compared with: names to avoid, and the longer names that may contain one."""

    avoided: dict[str, Avoided]
    longer: tuple[str, ...] = ()


def current() -> Names:
    """The names as the register has them now; some twelve queries.

    Left out: names that are standard elsewhere, those of fewer than three characters, short forms
    that stand in the standard name itself (中山大学 for 中山大学南校园), 简称, foreign names, and those
    that officers list as ordinary words.
    """
    in_use = _in_use()
    ordinary = set(RegisterSettings.in_force().ordinary_words.split())
    found: dict[str, dict[str, dict[str, None]]] = {}
    for name, what, instead in _out_of_use():
        if len(name) < SHORTEST or name in in_use or name in ordinary or name in instead:
            continue
        kept = found.setdefault(name, {"what": {}, "instead": {}})
        kept["what"][what] = None
        if instead:
            kept["instead"][instead] = None
    avoided = {
        name: Avoided(name, "、".join(facts["what"]), tuple(facts["instead"]))
        for name, facts in found.items()
    }
    longer = tuple(
        each for each in in_use if any(name in each for name in avoided if len(name) < len(each))
    )
    return Names(avoided, longer)


def _in_use() -> set[str]:
    return {
        *PlaceName.objects.filter(status=Status.STANDARD).values_list("name", flat=True),
        *Community.objects.values_list("name", flat=True),
        *Subdistrict.objects.values_list("name", flat=True),
        *ServicePlace.objects.values_list("name", flat=True),
    }


def _out_of_use():
    """(name, what it is, standard name or ""); the gravest first."""
    listed = list(NonStandardName.objects.order_by("name", "pk"))
    now = standard_names_of(row.place_id for row in listed if row.place_id)
    for row in listed:
        for instead in [place.name for place in now.get(row.place_id, ())] or [""]:
            yield row.name, f"不规范地名（{row.get_kind_display()}）", instead
    ended = PlaceName.objects.filter(status__in=(Status.HISTORICAL, Status.ABOLISHED))
    names = list(ended.order_by("code").values_list("pk", "name"))
    successors = standard_names_of(pk for pk, _ in names)
    for pk, name in names:
        for instead in [place.name for place in successors[pk]] or [""]:
            yield name, "已不使用的地名", instead
    kinds = (NameVariant.Kind.FORMER, NameVariant.Kind.ALIAS)
    variants = NameVariant.objects.filter(kind__in=kinds, place__status=Status.STANDARD)
    for name, kind, instead in variants.order_by("-kind", "place__code", "pk").values_list(
        "name", "kind", "place__name"
    ):
        yield name, NameVariant.Kind(kind).label, instead
