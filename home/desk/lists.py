"""The lists on the editors' desk: what waits for somebody's hand.

Each app registers its own lists at start. A list is gathered for the person who looks, so
that it shows nothing this person may not see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser


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


_lists: dict[str, DeskList] = {}


def register_desk_list(
    key: str,
    title: str,
    gather: Callable[[AbstractBaseUser], Iterable[DeskItem]],
    *,
    order: int = 100,
) -> None:
    """Shows a list on the desk; call from AppConfig.ready. The same key again replaces it."""
    _lists[key] = DeskList(key, title, order, gather)


def desk_lists() -> list[DeskList]:
    return sorted(_lists.values(), key=lambda entry: (entry.order, entry.key))
