"""Renaming a place and merging it into another: the old record stays and both are linked.

A change of a later year is planned: the new record waits, the old one stays in force, and
`coming_into_force` carries the change out when the year has come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from place_names.models import (
    FormerCode,
    NameVariant,
    PlaceName,
    PlaceSubdistrict,
    Sign,
    Succession,
)
from place_names.plain_names import unwanted_sign
from place_names.years import EARLIEST, LATEST

from . import codes, duplicates, open_orders
from .decided_spellings import spell
from .romanisation import split_name

Status, Kind = PlaceName.Status, Succession.Kind
# What becomes of a name that a change ends.
ENDS_AS = {
    Kind.RENAMED: Status.HISTORICAL,
    Kind.MERGED: Status.ABOLISHED,
    Kind.DIVIDED: Status.ABOLISHED,
}


class HistoryError(ValueError):
    """A change that cannot be made; the message is shown to the officer as it is."""


@dataclass(frozen=True)
class Approval:
    """Who approved a name, by which document, when."""

    body: str = ""
    document: str = ""
    day: date | None = None


NO_APPROVAL = Approval()


@dataclass(frozen=True)
class Told:
    """What is told of a place with its new name; what is empty stays as the old record has it."""

    meaning: str = ""
    description: str = ""
    """Goes before the old description."""
    point: dict | None = None
    """GeoJSON; moves only places that are a point, or nothing yet."""


NOTHING_TOLD = Told()


def next_code(category: str, subdistricts: Iterable[str]) -> str:
    """The first code after the highest serial of the class and subdistrict that was ever given."""
    first = codes.build(category, list(subdistricts), 1)
    highest = 0
    for model in (PlaceName, FormerCode):
        found = model.objects.filter(code__startswith=first[:14]).aggregate(Max("code"))
        if found["code__max"]:
            highest = max(highest, int(found["code__max"][14:]))
    return codes.build(category, list(subdistricts), highest + 1)


@transaction.atomic
def rename(
    place: PlaceName,
    name: str,
    year: int,
    *,
    basis: str = "",
    approval: Approval = NO_APPROVAL,
    told: Told = NOTHING_TOLD,
    user=None,
) -> PlaceName:
    """Gives a place another standard name from a year on; returns the new record.

    The old record stays as a historical name with the year of its end, both are linked, the new one
    notes the old name as a former name, and the signs follow. Raises HistoryError.
    """
    may_change(place, year)
    new = new_part(place, name, year, approval)
    new.geometry, new.lon, new.lat = place.geometry, place.lon, place.lat
    if told.point and (place.geometry is None or place.geometry["type"] == "Point"):
        new.geometry = told.point
    new.meaning = told.meaning
    new.description = _together(told.description, place.description)
    new.history, new.sources = place.history, place.sources
    new.variants = [_copied(variant) for variant in place.variants.all()] + [
        NameVariant(
            kind=NameVariant.Kind.FORMER,
            name=place.name,
            romanisation=place.romanisation,
            year_from=place.year_established,
            year_to=year,
        )
    ]
    new.save()
    new.save_revision(user=user).publish(user=user)
    link(place, new, Kind.RENAMED, year, basis or approval.document, user)
    return new


@transaction.atomic
def merge(place: PlaceName, into: PlaceName, year: int, *, basis: str = "", user=None) -> None:
    """Merges a place into another one; both records stay and are linked. Raises HistoryError."""
    may_change(place, year)
    if into.pk == place.pk:
        raise HistoryError("不能并入自己。")
    if into.status != Status.STANDARD:
        raise HistoryError(f"“{into.name}”不是现行标准地名，不能并入。")
    link(place, into, Kind.MERGED, year, basis, user)


def may_change(place: PlaceName, year: int) -> None:
    """Raises HistoryError where a name cannot be renamed, merged, divided or abolished."""
    if place.status != Status.STANDARD:
        raise HistoryError(f"“{place.name}”不是现行标准地名，不能变更。")
    if place.locked or place.has_unpublished_changes:
        raise HistoryError(f"“{place.name}”已锁定或有尚未发布的修改，请先处理。")
    if place.year_abolished is not None:
        raise HistoryError(f"“{place.name}”已定于{place.year_abolished}年废止，请先恢复。")
    planned = place.successions.filter(in_force=False).exclude(kind=Kind.SPLIT_OFF).first()
    if planned:
        raise HistoryError(f"“{place.name}”已定于{planned.year}年变更，请先撤销那一次。")
    believable_year(place, year)


def believable_year(place: PlaceName, year: int) -> None:
    if not EARLIEST <= year <= LATEST:
        raise HistoryError(f"年份须在{EARLIEST}至{LATEST}之间。")
    if place.year_established is not None and year < place.year_established:
        raise HistoryError(f"年份不能早于设立年份{place.year_established}。")


def new_part(place: PlaceName, name: str, year: int, approval: Approval) -> PlaceName:
    """A record, not yet saved, for a name that a change of `place` brings. Raises HistoryError."""
    name = name.strip()
    if not name or name == place.name:
        raise HistoryError("请填写与原名不同的新名称。")
    if fault := unwanted_sign(name):
        raise HistoryError(fault)
    if refusal := duplicates.alike(name, place.category, year=year).refusal:
        raise HistoryError(f"“{name}”{refusal}")
    subdistricts = [row.subdistrict for row in place.place_subdistricts.all()]
    specific, generic = split_name(name, place.category.code)
    new = PlaceName(
        code=next_code(place.category.code, [each.code for each in subdistricts]),
        name=name,
        specific=specific,
        generic=generic,
        romanisation=spell(name, specific, generic, place.category.code),
        category=place.category,
        status=Status.PLANNED if is_planned(year) else Status.STANDARD,
        year_established=year,
        approving_body=approval.body,
        approval_document=approval.document,
        approved_on=approval.day,
    )
    if fault := fault_of(new):
        raise HistoryError(fault)
    new.place_subdistricts = [
        PlaceSubdistrict(subdistrict=each, sort_order=order)
        for order, each in enumerate(subdistricts)
    ]
    return new


def fault_of(place: PlaceName) -> str:
    """Why the fields of a record cannot be stored, such as a specific part that is too long;
    empty where they can."""
    try:
        place.clean_fields()
    except ValidationError as error:
        label = {name: PlaceName._meta.get_field(name).verbose_name for name in error.error_dict}
        return "".join(
            f"{label[name]}：{message}"
            for name, messages in error.message_dict.items()
            for message in messages
        )
    return ""


def _together(told: str, old: str) -> str:
    return old if not told or told in old else "\n".join(filter(None, (told, old)))


def is_planned(year: int) -> bool:
    return year > timezone.localdate().year


def link(old: PlaceName, new: PlaceName, kind: str, year: int, basis: str, user) -> Succession:
    """Links two records; where the year has come, the old one ends and its signs follow."""
    made = Succession.objects.create(
        predecessor=old,
        successor=new,
        kind=kind,
        year=year,
        basis=basis.strip(),
        in_force=not is_planned(year),
    )
    if made.in_force:
        carry_out(made, user)
    return made


def carry_out(made: Succession, user=None) -> None:
    """What a change does to the old record and to its signs, once its year has come."""
    old, new = made.predecessor, made.successor
    if made.kind in (Kind.RENAMED, Kind.MERGED):
        move_signs(old, new)
    if made.kind == Kind.RENAMED:
        open_orders.follow(old, new)
    if made.kind in ENDS_AS and old.status == Status.STANDARD:
        end(old, ENDS_AS[made.kind], made.year, made.basis or str(made), user)


def move_signs(old: PlaceName, new: PlaceName) -> None:
    """Signs follow the name; what is written on them stays the old name until they are replaced."""
    signs = Sign.objects.filter(place=old)
    signs.filter(inscription="").update(inscription=old.name)
    signs.update(place=new)


def end(place: PlaceName, status: str, year: int, ground: str, user) -> None:
    place.status, place.year_abolished = status, year
    open_orders.cancel(place)
    if status == Status.ABOLISHED:
        place.abolition_ground = ground[:200]
    place.save()
    place.save_revision(user=user).publish(user=user)


def _copied(variant: NameVariant) -> NameVariant:
    return NameVariant(
        kind=variant.kind,
        name=variant.name,
        romanisation=variant.romanisation,
        year_from=variant.year_from,
        year_to=variant.year_to,
    )
