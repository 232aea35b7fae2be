"""Lists of materials that one app keeps and pages of another show: the same list everywhere.

The app above registers them in `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.dispatch import Signal
from django.utils.translation import gettext

# Sent with `key` once readers see another list than before.
list_changed = Signal()


@dataclass(frozen=True)
class ListedMaterial:
    """`quantity`: how many; `detail`: what is asked of it; `is_by_case`: not everybody who reads
    the list brings it, and `case` or `detail` says who; `form`: the empty form, a document."""

    name: str
    quantity: str = ""
    detail: str = ""
    case: str = ""
    is_by_case: bool = False
    form: object = None

    @property
    def explanation(self) -> str:
        return gettext("；").join(filter(None, (self.detail, self.case)))

    @property
    def note(self) -> str:
        """How many, what is asked of it and who brings it, in one line."""
        return gettext("；").join(filter(None, (self.quantity, self.explanation)))


@dataclass(frozen=True)
class MaterialList:
    """What to bring to a service, as far as the facts are known, and where to book it.

    `not_at`: keys of the service places that may not serve those of whom the facts hold.
    """

    materials: tuple[ListedMaterial, ...]
    label: str = ""
    address: str = ""
    not_at: frozenset[int] = frozenset()


Facts = Mapping[str, list[str]]  # {"origin": ["mainland", "hong_kong"]}
Choices = Callable[[], list[tuple[str, str]]]
Read = Callable[[str, Facts], MaterialList | None]

_sources: list[tuple[Choices, Read]] = []
_facts: list[tuple[str, str]] = []


def register_material_lists(
    choices: Choices, read: Read, facts: Iterable[tuple[str, str]] = ()
) -> None:
    """`choices()` returns (key, title) of each list; `read(key, facts)` returns it, or None.

    `facts`: (`origin=mainland`, 内地居民) of what may be known where nobody is asked.
    """
    _sources.append((choices, read))
    _facts.extend(facts)


def choices_of_facts() -> list[tuple[str, str]]:
    """What an editor may say of those for whom a list is shown."""
    return list(_facts)


def facts_of(chosen: Iterable[str]) -> dict[str, list[str]]:
    """{"origin": ["mainland", "foreign"]} of `origin=mainland` and `origin=foreign`."""
    facts: dict[str, list[str]] = {}
    for fact in chosen:
        key, _equals, known = fact.partition("=")
        facts.setdefault(key, []).append(known)
    return facts


def choices_of_lists() -> list[tuple[str, str]]:
    """(key, title) of every list that an editor can choose."""
    return [choice for choices, _read in _sources for choice in choices()]


def material_list(key: str, facts: Facts) -> MaterialList | None:
    """Return the list, or None when there is none (any more) with this key."""
    if not key:
        return None
    found = (read(key, facts) for _choices, read in _sources)
    return next((each for each in found if each is not None), None)
