"""What can be done at a service place: other apps, which lie above this one, register theirs."""

from collections.abc import Callable

from home.models import ServicePlace

Gather = Callable[[ServicePlace], list[tuple[str, str]]]

_gatherers: list[Gather] = []


def register_done_here(gather: Gather) -> None:
    """`gather(place)` returns (address, label) links; called from an AppConfig.ready."""
    _gatherers.append(gather)


def done_at(place: ServicePlace) -> list[tuple[str, str]]:
    """(address, label) of everything that is done at the place, app by app."""
    return [link for gather in _gatherers for link in gather(place)]
