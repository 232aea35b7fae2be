"""Abolishing a name that nothing replaces, and putting it in force again."""

from django.db import transaction
from wagtail.log_actions import log

from place_names.models import PlaceName

from . import open_orders
from .renaming import HistoryError, Status, end, is_planned, may_change


@transaction.atomic
def abolish(place: PlaceName, year: int, ground: str, *, user=None) -> None:
    """Ends a name in a year, for a reason that is recorded; a later year is planned.

    Raises HistoryError.
    """
    ground = ground.strip()
    if not ground:
        raise HistoryError("请填写废止依据，例如批准文号、公告。")
    may_change(place, year)
    if is_planned(year):
        place.year_abolished, place.abolition_ground = year, ground
        place.save()
        place.save_revision(user=user).publish(user=user)
    else:
        end(place, Status.ABOLISHED, year, ground, user)
    log(place, "place_names.abolish", user=user, data={"year": year, "ground": ground})


@transaction.atomic
def restore(place: PlaceName, reason: str, *, user=None) -> None:
    """Takes back an abolition, or a planned one, that was wrong; the log keeps it.

    A name that was renamed, merged or divided is restored by undoing that. Raises HistoryError.
    """
    reason = reason.strip()
    if not reason:
        raise HistoryError("请写明为什么撤销。")
    if place.status not in (Status.ABOLISHED, Status.STANDARD) or place.year_abolished is None:
        raise HistoryError(f"“{place.name}”没有废止，不用恢复。")
    if place.successions.exclude(kind="split_off").exists():
        raise HistoryError(f"“{place.name}”是因更名、并入或分立而停用的，请撤销那一次变更。")
    if place.locked or place.has_unpublished_changes:
        raise HistoryError(f"“{place.name}”已锁定或有尚未发布的修改，请先处理。")
    was = {"year": place.year_abolished, "ground": place.abolition_ground, "reason": reason}
    in_force_again(place, user)
    log(place, "place_names.restore", user=user, data=was)


def in_force_again(place: PlaceName, user) -> None:
    place.status, place.year_abolished, place.abolition_ground = Status.STANDARD, None, ""
    open_orders.reopen(place)
    place.save()
    place.save_revision(user=user).publish(user=user)
