"""Dividing a name into several (分立), and splitting one off that goes on (析出)."""

from collections.abc import Sequence

from django.db import transaction

from place_names.models import PlaceName

from .renaming import NO_APPROVAL, Approval, HistoryError, Kind, link, may_change, new_part

MAX_PARTS = 10


@transaction.atomic
def divide(
    place: PlaceName,
    names: Sequence[str],
    year: int,
    *,
    basis: str = "",
    approval: Approval = NO_APPROVAL,
    user=None,
) -> list[PlaceName]:
    """Two or more new names take the place of one, which ends; returns the new records.

    They have no geometry: it is drawn by the officer. Raises HistoryError.
    """
    names = [name.strip() for name in names if name.strip()]
    if not 2 <= len(names) <= MAX_PARTS:
        raise HistoryError(f"分立须有2至{MAX_PARTS}个新名称，一行一个。")
    if len(set(names)) < len(names):
        raise HistoryError("新名称有重复的。")
    may_change(place, year)
    found = [_made(place, name, year, approval, user) for name in names]
    for new in found:
        link(place, new, Kind.DIVIDED, year, basis or approval.document, user)
    return found


@transaction.atomic
def split_off(
    place: PlaceName,
    name: str,
    year: int,
    *,
    basis: str = "",
    approval: Approval = NO_APPROVAL,
    user=None,
) -> PlaceName:
    """A part of a place gets a name of its own; the old name goes on for the rest.

    The new record has no geometry: it is drawn by the officer. Raises HistoryError.
    """
    may_change(place, year)
    new = _made(place, name, year, approval, user)
    link(place, new, Kind.SPLIT_OFF, year, basis or approval.document, user)
    return new


def _made(place: PlaceName, name: str, year: int, approval: Approval, user) -> PlaceName:
    new = new_part(place, name, year, approval)
    new.save()
    new.save_revision(user=user).publish(user=user)
    return new
