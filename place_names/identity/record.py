"""What the representations of one name are made from."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from place_names.downloads import edition as editions
from place_names.models import PlaceName, RegisterSettings, Succession
from place_names.names import history
from place_names.open_data.fields import place_rows, values_of
from place_names.open_data.problems import RequestError


@dataclass(frozen=True)
class Record:
    """A public name; `values` and `geometry` as `place_rows` gives them, links with both ends."""

    place: PlaceName
    values: dict
    geometry: dict | None
    links: list[Succession]
    edition: editions.Edition
    today: date

    @property
    def code(self) -> str:
        return self.values["code"]

    @property
    def address(self) -> str:
        """The permanent address, which leads to the record whatever becomes of its code."""
        path = reverse("place_names:place_name", args=[self.code])
        return self.edition.base + path

    @property
    def replaced_by(self) -> list[Succession]:
        return [link for link in self._went if link.kind != Succession.Kind.SPLIT_OFF]

    @property
    def replaces(self) -> list[Succession]:
        return [link for link in self._came if link.kind != Succession.Kind.SPLIT_OFF]

    @property
    def split_off(self) -> list[Succession]:
        """Names of parts, beside which this one goes on."""
        return [link for link in self._went if link.kind == Succession.Kind.SPLIT_OFF]

    @property
    def split_from(self) -> list[Succession]:
        return [link for link in self._came if link.kind == Succession.Kind.SPLIT_OFF]

    @property
    def _went(self) -> list[Succession]:
        return [link for link in self.links if link.predecessor_id == self.place.pk]

    @property
    def _came(self) -> list[Succession]:
        return [link for link in self.links if link.successor_id == self.place.pk]


def record_of(code: str, base: str, today: date) -> Record:
    """The public name of a code. Raises RequestError when the public has none."""
    public = PlaceName.objects.published().filter(code=code)
    decimals = RegisterSettings.in_force().published_decimals
    rows = list(place_rows(public, decimals))
    if not rows:
        raise RequestError("没有这个代码的地名。", "No place name has this code.", 404)
    place = public.only("pk", "code", "name").get()
    values, geometry = rows[0]
    links = history.links_of(place)
    return Record(place, values, geometry, links, editions.current(base), today)


def record_without_geometry(place: PlaceName, base: str, today: date) -> Record:
    """The record of a public name that is loaded already with its relations; no query for it."""
    values = values_of(place, RegisterSettings.in_force().published_decimals)
    return Record(place, values, None, [], editions.current(base), today)
