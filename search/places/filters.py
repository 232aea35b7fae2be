"""What a place must have to be shown, beside what was typed."""

from dataclasses import dataclass, replace

from .place import Place

FACETS = ("category", "subdistrict", "status", "has_variant")


@dataclass(frozen=True)
class Filters:
    """What a place must have; None asks nothing.

    `category` a 5-digit code (the classes below it count in), `subdistrict` a 9-digit code,
    `year` a year in which the name was valid, `start_known` whether its first year is recorded,
    `bbox` west, south, east, north in degrees.
    """

    category: str | None = None
    subdistrict: str | None = None
    status: str | None = None
    year: int | None = None
    has_variant: bool | None = None
    bbox: tuple[float, float, float, float] | None = None
    start_known: bool | None = None

    def by_facet(self) -> dict[str, str]:
        """The chosen value of each facet, as it is stored."""
        chosen = {
            "category": self.category,
            "subdistrict": self.subdistrict,
            "status": self.status,
            "has_variant": None if self.has_variant is None else str(int(self.has_variant)),
        }
        return {facet: value for facet, value in chosen.items() if value is not None}

    def without(self, facet: str) -> "Filters":
        return replace(self, **{facet: None})

    def without_facets(self) -> "Filters":
        return replace(self, **dict.fromkeys(FACETS))

    def admit(self, place: Place) -> bool:
        if any(value not in place.facets[facet] for facet, value in self.by_facet().items()):
            return False
        if self.year is not None and (
            (place.since is not None and place.since > self.year)
            or (place.until is not None and place.until < self.year)
        ):
            return False
        if self.start_known not in (None, place.since is not None):
            return False
        if self.bbox is not None:
            west, south, east, north = self.bbox
            if place.lon is None or place.lat is None:
                return False
            return west <= place.lon <= east and south <= place.lat <= north
        return True
