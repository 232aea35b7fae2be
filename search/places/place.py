"""A place as search knows it: no model of the register, only what finds and filters it."""

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from search.analysis import Name

STANDARD = "standard"
KEPT = 8192
"""Places of which each process keeps what it read, with their readings: about 40 MB."""


@dataclass(frozen=True)
class Place:
    """One published place.

    `names` has the standard name first, then its variants; `categories` the class code and
    those above it; `subdistricts` 9-digit codes; `since` and `until` years or None; `lon`,
    `lat` degrees (CGCS2000) or None; `sort_key` orders by pinyin.
    """

    id: int
    code: str
    names: tuple[Name, ...]
    categories: tuple[str, ...] = ()
    subdistricts: tuple[str, ...] = ()
    status: str = STANDARD
    since: int | None = None
    until: int | None = None
    lon: float | None = None
    lat: float | None = None
    sort_key: str = field(default="", compare=False)

    @property
    def title(self) -> str:
        return self.names[0].shown

    @property
    def size(self) -> int:
        return len(self.names[0].key)

    @property
    def has_variant(self) -> bool:
        return len(self.names) > 1

    @cached_property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Values by facet, as they are counted."""
        return {
            "category": self.categories,
            "subdistrict": self.subdistricts,
            "status": (self.status,),
            "has_variant": ("1",) if self.has_variant else ("0",),
        }

    def to_json(self) -> str:
        """Everything, readings included, so that ranking asks no dictionary."""
        names = [
            [
                name.shown,
                name.kind,
                name.label,
                name.key if name.key != name.shown else "",
                name.specific,
                [" ".join(options) for options in name.readings],
                "" if name.key.isascii() else " ".join(map("/".join, name.cantonese)),
            ]
            for name in self.names
        ]
        return json.dumps(
            [
                self.id, self.code, names, self.categories, self.subdistricts, self.status,
                self.since, self.until, self.lon, self.lat, self.sort_key,
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )  # fmt: skip

    @staticmethod
    def from_json(text: str) -> "Place":
        """The place that `to_json` wrote."""
        return _read(text)


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Place:
    """Memoized under the stored text: a changed text is another key, whoever changed it."""
    place_id, code, names, categories, subdistricts, *rest = json.loads(text)
    return Place(
        place_id,
        code,
        tuple(
            Name(shown, kind, label, specific, "", key or shown, stored, cantonese)
            for shown, kind, label, key, specific, stored, cantonese in names
        ),
        tuple(categories),
        tuple(subdistricts),
        *rest,
    )
