"""Carries out what was planned once its year has come; a job calls it every day."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from home.staff.desk.lists import DeskItem
from place_names.models import PlaceName, Succession

from .renaming import ENDS_AS, Status, carry_out, end


def bring_into_force() -> int:
    """Carries out what is due and returns how much; what cannot be yet is tried again."""
    return sum(_change(link) for link in _due()) + _names() + _abolitions()


def held_up(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """For the desk: what is due, but kept from coming into force by a lock or a draft."""
    due = [((link.predecessor, link.successor), f"{link}没有生效") for link in _due()]
    due += [((place,), f"到{place.year_abolished}年没有废止") for place in _to_abolish()]
    view = PlaceName.snippet_viewset.get_url_name("edit")
    for places, told in due:
        if place := _busy(*places):
            address = reverse(view, args=[place.pk])
            yield DeskItem(place.name, address, f"{told}：已锁定或有尚未发布的修改")


def _due() -> Iterator[Succession]:
    year = timezone.localdate().year
    due = Succession.objects.filter(in_force=False, year__lte=year)
    yield from due.select_related("predecessor", "successor")


def _busy(*places: PlaceName) -> PlaceName | None:
    return next((p for p in places if p.locked or p.has_unpublished_changes), None)


@transaction.atomic
def _change(link: Succession) -> bool:
    old, new = link.predecessor, link.successor
    if _busy(old, new):
        return False
    if new.status == Status.PLANNED:
        _in_force(new)
    siblings = Succession.objects.filter(
        predecessor=old, kind=link.kind, year=link.year, in_force=False
    )
    siblings.filter(pk=link.pk).update(in_force=True)
    link.in_force = True
    if link.kind not in ENDS_AS or not siblings.exists():
        carry_out(link)  # A division ends the old name with the last of its parts.
    log(old, "place_names.in_force", data={"change": str(link)})
    return True


def _names() -> int:
    """New names that no change brings."""
    year = timezone.localdate().year
    due = PlaceName.objects.filter(
        live=True, status=Status.PLANNED, year_established__lte=year
    ).exclude(precursors__in_force=False)
    ready = [place for place in due if not _busy(place)]
    for place in ready:
        _in_force(place)
        log(place, "place_names.in_force", data={"change": "新名称启用"})
    return len(ready)


def _to_abolish():
    year = timezone.localdate().year
    return PlaceName.objects.filter(
        live=True, status=Status.STANDARD, year_abolished__lte=year
    ).exclude(abolition_ground="")


def _abolitions() -> int:
    ready = [place for place in _to_abolish() if not _busy(place)]
    for place in ready:
        end(place, Status.ABOLISHED, place.year_abolished, place.abolition_ground, None)
        log(place, "place_names.in_force", data={"change": f"{place.year_abolished}年废止"})
    return len(ready)


def _in_force(place: PlaceName) -> None:
    place.status = Status.STANDARD
    place.save()
    place.save_revision().publish()
