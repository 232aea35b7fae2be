"""What can be done at a service place, and what one place may do that others may not.

The apps above this one register both."""

from collections.abc import Callable

from ..cache.memoize import memoized
from .models import ServicePlace

Gather = Callable[[ServicePlace], list[tuple[str, str]]]
GatherPowers = Callable[[], dict[int, str]]

_gatherers: list[Gather] = []
_power_gatherers: list[GatherPowers] = []


def register_done_here(gather: Gather) -> None:
    """`gather(place)` returns (URL, label) pairs; call from AppConfig.ready."""
    _gatherers.append(gather)


def done_at(place: ServicePlace) -> list[tuple[str, str]]:
    """(URL, label) of everything that can be done at the service place, app by app."""
    return [link for gather in _gatherers for link in gather(place)]


def register_powers(gather: GatherPowers) -> None:
    """`gather()` returns {key of a place: what this place may do and others may not}."""
    _power_gatherers.append(gather)


def powers_of(place: ServicePlace) -> list[str]:
    """What the place may do and others of its kind may not, in words; read once until the
    content changes."""

    def read() -> list[dict[int, str]]:
        return [gather() for gather in _power_gatherers]

    return [powers[place.pk] for powers in memoized("powers of places", read) if place.pk in powers]
