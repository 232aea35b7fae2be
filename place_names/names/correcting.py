"""Correcting and undoing a renaming, merging or division that was recorded wrongly.

What is undone is told by the log of the old record, and the address of a record that was made by
mistake leads to the old one.
"""

from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from place_names.models import FormerCode, NameVariant, PlaceName, Sign, Succession
from place_names.plain_names import unwanted_sign

from . import duplicates, open_orders
from .abolition import in_force_again
from .decided_spellings import spell
from .renaming import ENDS_AS, HistoryError, Kind, Status, believable_year, fault_of, is_planned
from .romanisation import split_name
from .rows import row_of


@dataclass(frozen=True)
class Correction:
    year: int
    basis: str = ""
    name: str = ""
    """The right new name; empty where it stays."""


@transaction.atomic
def correct(link: Succession, correction: Correction, *, user=None) -> None:
    """Sets year, basis and new name of a change right, in all records that tell of it.

    Raises HistoryError.
    """
    old, new = link.predecessor, link.successor
    _not_being_edited(old, new)
    believable_year(old, correction.year)
    if is_planned(correction.year) == link.in_force:
        raise HistoryError("已生效的变更不能改到今后，计划中的不能改到过去。请撤销后重新登记。")
    if new.year_abolished is not None and correction.year > new.year_abolished:
        raise HistoryError(f"年份不能晚于“{new.name}”的废止年份{new.year_abolished}。")
    was = {"year": link.year, "basis": link.basis, "name": new.name}
    together = [link]
    if link.kind == Kind.DIVIDED:  # One act: its parts have one year and one ground.
        together = list(_siblings(link))
    for each in together:
        _set_year(each, correction, user)
    if correction.name.strip() and correction.name.strip() != new.name:
        if link.kind == Kind.MERGED:
            raise HistoryError("并入的地名本来就有，请在它自己的表单里改名称。")
        _set_name(PlaceName.objects.get(pk=new.pk), correction, user)
    if link.in_force and link.kind in ENDS_AS:
        old.refresh_from_db()
        old.year_abolished = correction.year
        if old.status == Status.ABOLISHED:
            old.abolition_ground = correction.basis.strip() or old.abolition_ground
        _publish(old, user)
    now = {"year": correction.year, "basis": correction.basis, "name": correction.name or new.name}
    log(old, "place_names.correct", user=user, data={"was": was, "now": now})


@transaction.atomic
def undo(link: Succession, reason: str, *, user=None) -> None:
    """Takes a change back: the old name is in force again, what the change made is gone.

    A division is undone with all its parts. Raises HistoryError where later changes build on it.
    """
    reason = reason.strip()
    if not reason:
        raise HistoryError("请写明为什么撤销。")
    old = link.predecessor
    links = list(_siblings(link)) if link.kind == Kind.DIVIDED else [link]
    for each in links:
        _not_being_edited(old, each.successor)
        _nothing_builds_on(each)
    undone = [_undone(each) for each in links]
    for each in links:
        new = each.successor
        _return_signs(each)
        each.delete()
        if each.kind != Kind.MERGED:
            _delete(new, old)
    if link.in_force and link.kind in ENDS_AS:
        old.refresh_from_db()
        in_force_again(old, user)
    log(old, "place_names.undo", user=user, data={"reason": reason, "undone": undone})


def publish_corrected(place: PlaceName, user) -> None:
    """Saves and publishes a record of which one statement was set right. Raises HistoryError."""
    stored = PlaceName.objects.get(pk=place.pk)
    _not_being_edited(stored)
    _publish(place, user)


def _siblings(link: Succession):
    return Succession.objects.filter(
        predecessor=link.predecessor, kind=link.kind, year=link.year
    ).select_related("predecessor", "successor")


def _not_being_edited(*places: PlaceName) -> None:
    for place in places:
        if place.locked or place.has_unpublished_changes:
            raise HistoryError(f"“{place.name}”已锁定或有尚未发布的修改，请先处理。")


def _nothing_builds_on(link: Succession) -> None:
    """A record that was made by the change, and would go, has no later history."""
    new = link.successor
    if link.kind == Kind.MERGED:
        return
    if asked := new.approved_applications.first():
        raise HistoryError(f"“{new.name}”由命名申请{asked.number}批准，请在申请里撤销这一步。")
    if asked := new.naming_applications.first():
        raise HistoryError(f"命名申请{asked.number}涉及“{new.name}”，不能撤销。")
    orders = new.sign_orders.all()
    if link.kind == Kind.RENAMED:  # Open orders go back to the old name.
        orders = orders.exclude(state="ordered")
    if orders.exists():
        raise HistoryError(f"“{new.name}”已有标志设置单，请先处理。")
    if listed := new.non_standard_names.first():
        raise HistoryError(f"不规范地名“{listed.name}”的标准地名是“{new.name}”，请先改正那一条。")
    if later := new.successions.first():
        raise HistoryError(f"“{new.name}”后来又有变更（{later}），请先撤销那一次。")
    if other := new.precursors.exclude(pk=link.pk).first():
        raise HistoryError(f"“{other.predecessor}”也变更到“{new.name}”，请先撤销那一次。")
    signs = 0 if link.kind == Kind.RENAMED else new.signs.count()
    if signs:
        raise HistoryError(f"“{new.name}”已有{signs}块地名标志，请先处理。")


def _undone(link: Succession) -> dict:
    """What the log keeps of a change, with the record that goes."""
    told = {"name": link.successor.name, "code": link.successor.code, "kind": link.kind,
            "year": link.year, "basis": link.basis}  # fmt: skip
    return told if link.kind == Kind.MERGED else told | {"record": row_of(link.successor)}


def _return_signs(link: Succession) -> None:
    """Signs that came along go back; all of them where the renamed record goes."""
    old, new = link.predecessor, link.successor
    Sign.objects.filter(place=new, inscription=old.name).update(place=old, inscription="")
    if link.kind == Kind.RENAMED:
        Sign.objects.filter(place=new, inscription="").update(inscription=new.name)
        Sign.objects.filter(place=new).update(place=old)
        open_orders.follow(new, old)


def _delete(new: PlaceName, old: PlaceName) -> None:
    """The record goes, its address leads to the old one."""
    FormerCode.objects.filter(place=new).update(place=old)
    code = new.code
    new.delete()
    FormerCode.objects.update_or_create(code=code, defaults={"place": old})


def _set_year(link: Succession, correction: Correction, user) -> None:
    before, old, new = link.year, link.predecessor, link.successor
    link.year, link.basis = correction.year, correction.basis.strip()
    link.save()
    if link.kind == Kind.MERGED:
        return
    NameVariant.objects.filter(place=new, name=old.name, year_to=before).update(
        year_to=correction.year
    )
    fresh = PlaceName.objects.get(pk=new.pk)
    if fresh.year_established == before:
        fresh.year_established = correction.year
    _publish(fresh, user)


def _set_name(new: PlaceName, correction: Correction, user) -> None:
    name = correction.name.strip()
    if fault := unwanted_sign(name):
        raise HistoryError(fault)
    found = duplicates.alike(name, new.category, year=correction.year, besides=new)
    if found.refusal:
        raise HistoryError(f"“{name}”{found.refusal}")
    was, new.name = new.name, name
    new.specific, new.generic = split_name(name, new.category.code)
    new.romanisation = spell(name, new.specific, new.generic, new.category.code)
    if fault := fault_of(new):
        raise HistoryError(fault)
    _publish(new, user)
    open_orders.respell(new, was)


def _publish(place: PlaceName, user) -> None:
    place.save()
    place.save_revision(user=user).publish(user=user)
