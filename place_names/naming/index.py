"""The names in use, arranged so that a proposal is compared with all of them at once.

In the memory of the process, until content changes: about 6,000 names. A register of a million
would need the same keys as columns in the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.urls import reverse

from home.cache.memoize import memoized
from place_names.models import PlaceName

from . import sounds
from .out_of_use import OutOfUse, out_of_use

Point = tuple[float, float]
IN_USE = ("standard", "pending", "planned")


@dataclass(frozen=True)
class Entry:
    """A name in use. `subdistrict` is a name; `point` longitude and latitude, if known."""

    code: str
    name: str
    specific: str
    generic: str
    category: str
    subdistrict: str = ""
    point: Point | None = None
    is_public: bool = True

    @property
    def address(self) -> str:
        """Its page; empty for a name that is not public yet."""
        return reverse("place_names:place_name", args=[self.code]) if self.is_public else ""


class _Class:
    """The names of one class by what they are compared by; specific parts are kept once."""

    def __init__(self, entries: Sequence[Entry]):
        self.names: dict[str, list[Entry]] = defaultdict(list)
        self.specifics: dict[str, list[Entry]] = defaultdict(list)
        self.mandarin: dict[str, set[str]] = defaultdict(set)
        self.cantonese: dict[str, set[str]] = defaultdict(set)
        self.near: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self.names[entry.name].append(entry)
            self.specifics[entry.specific].append(entry)
        for specific in self.specifics:
            if len(specific) < 2:
                continue  # One character alone sounds like too many others.
            for spelling in sounds.mandarin(specific):
                self.mandarin[spelling].add(specific)
            for spelling in sounds.cantonese(specific):
                self.cantonese[spelling].add(specific)
            self.near[sounds.near(specific)].add(specific)


class NameIndex:
    """Names in use by class. Read-only once it is made."""

    _besides = ""

    def __init__(self, entries: Iterable[Entry], out_of_use: Iterable[OutOfUse] = ()):
        by_class: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_class[entry.category].append(entry)
        self._classes = {code: _Class(found) for code, found in by_class.items()}
        self._out_of_use: dict[str, list[OutOfUse]] = defaultdict(list)
        for each in out_of_use:
            self._out_of_use[each.name].append(each)

    def besides(self, code: str) -> "NameIndex":
        """The index for a rename: the name that goes stands in nobody's way."""
        found = copy(self)
        found._besides = code
        return found

    def same_name(self, name: str, classes: Iterable[str]) -> list[Entry]:
        return self._entries(classes, "names", [name])

    def out_of_use(self, name: str, classes: Iterable[str]) -> list[OutOfUse]:
        """What the list says of the name, and names of the classes that have ended."""
        wanted = {"", *classes}
        return [each for each in self._out_of_use.get(name, ()) if each.category in wanted]

    def same_specific(self, specific: str, classes: Iterable[str]) -> list[Entry]:
        return self._entries(classes, "specifics", [specific])

    def of_specifics(self, specifics: Iterable[str], classes: Iterable[str]) -> list[Entry]:
        return self._entries(classes, "specifics", specifics)

    def sounding(self, specific: str, classes: Iterable[str], by: str = "mandarin") -> set[str]:
        """Other specific parts that may be read alike; `by` is mandarin, cantonese or near."""
        keys = {
            "mandarin": sounds.mandarin,
            "cantonese": sounds.cantonese,
            "near": lambda text: (sounds.near(text),),
        }[by](specific)
        found: set[str] = set()
        for each in self._of(classes):
            table = getattr(each, by)
            found.update(*(table.get(key, ()) for key in keys))
        return {other for other in found if other != specific and len(other) == len(specific)}

    def names_of(self, classes: Iterable[str]) -> Iterable[Entry]:
        for each in self._of(classes):
            for entries in each.names.values():
                yield from (entry for entry in entries if entry.code != self._besides)

    def _of(self, classes: Iterable[str]) -> list[_Class]:
        return [self._classes[code] for code in classes if code in self._classes]

    def _entries(self, classes, table: str, keys: Iterable[str]) -> list[Entry]:
        keys = list(keys)
        return [
            entry
            for each in self._of(classes)
            for key in keys
            for entry in getattr(each, table).get(key, ())
            if entry.code != self._besides
        ]


def current() -> NameIndex:
    """The index of the register as it is now."""
    return memoized("naming index", lambda: NameIndex(entries_in_use(), out_of_use()))


def entries_in_use() -> list[Entry]:
    """Names in force and names awaiting approval; the latter have no public page."""
    found = PlaceName.objects.filter(live=True, status__in=IN_USE).values_list(
        "code",
        "name",
        "specific",
        "generic",
        "category__code",
        "subdistrict__name",
        "lon",
        "lat",
        "status",
    )
    return [
        Entry(
            code,
            name,
            specific or name,
            generic,
            category,
            subdistrict or "",
            (lon, lat) if lon is not None and lat is not None else None,
            status == "standard",
        )
        for code, name, specific, generic, category, subdistrict, lon, lat, status in found
    ]
