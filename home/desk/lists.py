"""The lists on the desk: what waits for somebody's hand.

Each app registers its own lists at start, and whom a list concerns. A list is gathered for
the person who looks, so that it shows nothing this person may not see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from wagtail.permission_policies.pages import PagePermissionPolicy


@dataclass(frozen=True)
class DeskItem:
    """One line: what it is, where to mend it, and why it is listed."""

    title: str
    address: str
    reason: str = ""


@dataclass(frozen=True)
class DeskList:
    key: str
    title: str
    order: int
    gather: Callable[[AbstractBaseUser], Iterable[DeskItem]]
    concerns: Callable[[AbstractBaseUser], bool]


def edits_pages(user: AbstractBaseUser) -> bool:
    return PagePermissionPolicy().user_has_permission(user, "change")


_lists: dict[str, DeskList] = {}


def register_desk_list(
    key: str,
    title: str,
    gather: Callable[[AbstractBaseUser], Iterable[DeskItem]],
    *,
    order: int = 100,
    concerns: Callable[[AbstractBaseUser], bool] = edits_pages,
) -> None:
    """Shows a list on the desk; call from AppConfig.ready. The same key again replaces it.

    `concerns` tells for whom this is work at all, by default everybody who edits pages: the
    others are not even told that nothing waits.
    """
    _lists[key] = DeskList(key, title, order, gather, concerns)


def desk_lists(user: AbstractBaseUser) -> list[DeskList]:
    """The lists that concern this person, in order."""
    concerning = (entry for entry in _lists.values() if entry.concerns(user))
    return sorted(concerning, key=lambda entry: (entry.order, entry.key))
