"""Service places as listings show them, memoized until the content changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db.models import prefetch_related_objects

from home.cache.memoize import memoized

from .hours import Timetable
from .models import HOURS, ServicePlace


@dataclass(frozen=True)
class ListedPlace:
    """One public service place in a listing. Coordinates in degrees (CGCS2000), or None.

    `address` is the postal address, `page_url` the URL of its page.
    """

    name: str
    page_url: str
    kind: str
    kind_label: str
    subdistrict_code: str
    address: str
    phone: str
    note: str
    longitude: float | None
    latitude: float | None
    step_free: bool
    is_sample: bool
    timetable: Callable[[], Timetable] = field(compare=False)
    """The opening hours; the first call reads those of all listed places."""

    @classmethod
    def of(cls, place: ServicePlace, read_hours: Callable[[], None]) -> "ListedPlace":
        def timetable() -> Timetable:
            read_hours()
            return place.timetable

        return cls(
            name=place.name,
            page_url=place.get_absolute_url(),
            kind=place.kind,
            kind_label=place.get_kind_display(),
            subdistrict_code=place.subdistrict_code,
            address=place.address,
            phone=place.phone,
            note=place.note,
            longitude=place.longitude,
            latitude=place.latitude,
            step_free=place.step_free,
            is_sample=place.is_sample,
            timetable=cache(timetable),
        )

    def at(self, moment: datetime) -> "PlaceNow":
        timetable = self.timetable()
        return PlaceNow(self, timetable.is_open(moment), timetable.state(moment))


@dataclass(frozen=True)
class PlaceNow:
    """A service place with its state at one moment."""

    place: ListedPlace
    is_open: bool
    state: str

    @property
    def is_sample(self) -> bool:
        return self.place.is_sample


def halls_of(code: str) -> list[ListedPlace]:
    """The halls of the subdistrict with that code: where its residents go first."""
    return [
        place
        for place in listed_places()
        if place.subdistrict_code == code and place.kind == ServicePlace.Kind.HALL
    ]


def listed_places() -> list[ListedPlace]:
    """All public service places, in listing order."""

    def read() -> list[ListedPlace]:
        places = list(ServicePlace.objects.public())
        # Most site searches find no service place and need no hours.
        read_hours = cache(lambda: prefetch_related_objects(places, *HOURS))
        return [ListedPlace.of(place, read_hours) for place in places]

    return memoized("listed places", read)
