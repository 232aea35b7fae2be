"""What listings say of each service place, read once until the content changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db.models import prefetch_related_objects

from home.models import ServicePlace
from home.models.service_places import HOURS
from home.remembered import remembered

from .hours import Timetable


@dataclass(frozen=True)
class ListedPlace:
    """One public place as a listing shows it. Coordinates in degrees (CGCS2000), or None."""

    name: str
    address_of_page: str
    kind: str
    kind_label: str
    subdistrict_code: str
    address: str
    phone: str
    longitude: float | None
    latitude: float | None
    step_free: bool
    is_sample: bool
    timetable: Callable[[], Timetable] = field(compare=False)
    """The hours; the first call reads those of all listed places."""

    @classmethod
    def of(cls, place: ServicePlace, read_hours: Callable[[], None]) -> "ListedPlace":
        def timetable() -> Timetable:
            read_hours()
            return place.timetable

        return cls(
            name=place.name,
            address_of_page=place.get_absolute_url(),
            kind=place.kind,
            kind_label=place.get_kind_display(),
            subdistrict_code=place.subdistrict_code,
            address=place.address,
            phone=place.phone,
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
    """A place, whether it is open at the moment, and that in words."""

    place: ListedPlace
    is_open: bool
    state: str


def listed_places() -> list[ListedPlace]:
    """All public places, in the order of listings."""

    def read() -> list[ListedPlace]:
        places = list(ServicePlace.objects.public())
        # Most searches find no place and need no hours.
        read_hours = cache(lambda: prefetch_related_objects(places, *HOURS))
        return [ListedPlace.of(place, read_hours) for place in places]

    return remembered("listed places", read)
