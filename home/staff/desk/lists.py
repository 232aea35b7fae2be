"""Desk lists: what needs somebody's attention, on the first page of the admin.

Each app registers its lists at start, with whom they concern. A list is gathered for the current
user, so it contains nothing that this user may not see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from wagtail.permission_policies.pages import PagePermissionPolicy


@dataclass(frozen=True)
class DeskItem:
    """One line: what it is, the URL where it is fixed, and why it is listed."""

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


class EditorsOnly:
    """A view for those who edit pages; comes first in the bases."""

    def dispatch(self, request, *args, **kwargs):
        if not edits_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


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
