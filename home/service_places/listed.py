"""What listings say of each service place, read once until the content changes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from home.models import ServicePlace
from home.models.service_places import HOURS
from home.remembered import remembered

from .hours import Timetable


@dataclass(frozen=True)
class ListedPlace:
    """One public place as a listing shows it. Coordinates in degrees (CGCS2000), or None."""

    pk: int
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

    @classmethod
    def of(cls, place: ServicePlace) -> "ListedPlace":
        return cls(
            pk=place.pk,
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
        )

    def at(self, moment: datetime) -> "PlaceNow":
        timetable = _timetables()[self.pk]
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
        return [ListedPlace.of(place) for place in _places()]

    return remembered("listed places", read)


def _places() -> list[ServicePlace]:
    return remembered("public places", lambda: list(ServicePlace.objects.public()))


def _timetables() -> dict[int, Timetable]:
    """The hours of all public places, by key: not read until one of them is shown."""

    def read() -> dict[int, Timetable]:
        places = _places()
        prefetch_related_objects(places, *HOURS)
        return {place.pk: place.timetable for place in places}

    return remembered("timetables", read)
