"""Writes canonical rows to records; no other module of the import writes records."""

import json
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from home.plain_inserts import insert_records
from place_names.models import Category, NameVariant, PlaceName, PlaceSubdistrict, Subdistrict
from place_names.names.rows import COLUMNS, SHAPE, TEXTS, degrees, parse_variants

# The row of a record has no spelling of its other names; kept beside it, for an undo.
SPELLINGS = "variant_spellings"
Spellings = Sequence[Sequence[str]]


def spellings(place: PlaceName) -> list[list[str]]:
    """[kind, name, romanisation] of the variants that have one."""
    return [[v.kind, v.name, v.romanisation] for v in place.variants.all() if v.romanisation]


class Writer:
    """Writes states (see `differences.state_of`) with as few queries as can be."""

    def __init__(self, user=None):
        self.user = user
        self.now = timezone.now()
        self.categories = {category.code: category for category in Category.objects.all()}
        self.subdistricts = dict(Subdistrict.objects.values_list("code", "pk"))
        self._children: dict[str, tuple[list, list]] = {}

    def prepare(
        self, values: dict[str, str], spelt: Spellings = ()
    ) -> tuple[PlaceName, dict[str, str]]:
        """A new record, not yet saved, and the state it will have."""
        place = PlaceName(live=True, first_published_at=self.now, last_published_at=self.now)
        state = dict.fromkeys((*COLUMNS, SHAPE), "") | {"status": place.status} | values
        self._set(place, state, values)
        variants = self._variants(values.get("variants", ""), spelt)
        subdistricts = self._subdistricts(values.get("subdistricts", ""))
        self._children[place.code] = (variants, subdistricts)
        return place, self._placed(place, state)

    def create(self, places: list[PlaceName]) -> None:
        """Save what `prepare` made, with its children."""
        if not places:
            return
        insert_records(places)
        made = PlaceName.objects.filter(code__in=[place.code for place in places])
        keys = dict(made.values_list("code", "pk"))
        variants, subdistricts = [], []
        for place in places:
            place.pk = keys[place.code]
            for children, found in zip(
                self._children.pop(place.code), (variants, subdistricts), strict=True
            ):
                for child in children:
                    child.place_id = place.pk
                found.extend(children)
        insert_records(variants)
        insert_records(subdistricts)

    def change(
        self,
        place: PlaceName,
        before: dict[str, str],
        values: dict[str, str],
        spelt: Spellings = (),
    ) -> dict[str, str]:
        """Write the values into a saved record; returns the state it then has."""
        columns = self._set(place, before | values, values)
        PlaceName.objects.filter(pk=place.pk).update(
            **{name: getattr(place, name) for name in columns}, updated_at=self.now
        )
        if "variants" in values:
            children = self._variants(values["variants"], [*spellings(place), *spelt])
            NameVariant.objects.filter(place=place).delete()
            for child in children:
                child.place_id = place.pk
            NameVariant.objects.bulk_create(children)
        if "subdistricts" in values:
            PlaceSubdistrict.objects.filter(place=place).delete()
            children = self._subdistricts(values["subdistricts"])
            for child in children:
                child.place_id = place.pk
            PlaceSubdistrict.objects.bulk_create(children)
        if place.latest_revision_id:
            # The editing form opens the latest revision: it must not show the old state.
            fresh = PlaceName.objects.get(pk=place.pk)
            fresh.save_revision(user=self.user).publish(user=self.user)
        return self._placed(place, before | values)

    def _set(self, place: PlaceName, state: dict, values: dict) -> set[str]:
        """Set attributes; returns the names of all columns that may have changed."""
        columns = set()
        for name in values.keys() & {"code", "status", *TEXTS}:
            setattr(place, name, values[name])
            columns.add(name)
        for name in values.keys() & {"year_established", "year_abolished"}:
            setattr(place, name, int(values[name]) if values[name] else None)
            columns.add(name)
        if "approved_on" in values:
            day = values["approved_on"]
            place.approved_on = date.fromisoformat(day) if day else None
            columns.add("approved_on")
        if "category" in values:
            place.category = self.categories[values["category"]]
            columns.add("category")
        if "subdistricts" in values:
            first = values["subdistricts"].split(";")[0]
            place.subdistrict_id = self.subdistricts[first] if first else None
            columns.add("subdistrict_id")
        if values.keys() & {"lon", "lat", SHAPE}:
            columns |= self._locate(place, state, values)
        if "romanisation" in values:
            columns.add("romanisation_plain")
        if values.keys() & {"name", "romanisation"}:
            columns.add("sort_key")
        place.derive()
        return columns

    def _locate(self, place: PlaceName, state: dict, values: dict) -> set[str]:
        if values.get(SHAPE):
            place.draw(json.loads(values[SHAPE]))
        elif SHAPE in values or (place.geometry and place.geometry["type"] == "Point"):
            place.geometry = None
        place.lon = float(state["lon"]) if state["lon"] else None
        place.lat = float(state["lat"]) if state["lat"] else None
        if values.get(SHAPE) and not values.get("lon"):
            place.lon = place.lat = None
        return {"geometry", "lon", "lat", "min_lon", "min_lat", "max_lon", "max_lat"}

    def _placed(self, place: PlaceName, state: dict[str, str]) -> dict[str, str]:
        return state | {"lon": degrees(place.lon), "lat": degrees(place.lat)}

    def _variants(self, text: str, spelt: Spellings) -> list[NameVariant]:
        romanised = {(kind, name): romanisation for kind, name, romanisation in spelt}
        return [
            NameVariant(
                kind=variant.kind,
                name=variant.name,
                romanisation=romanised.get((variant.kind, variant.name), ""),
                year_from=variant.year_from,
                year_to=variant.year_to,
                sort_order=order,
            )
            for order, variant in enumerate(parse_variants(text))
        ]

    def _subdistricts(self, text: str) -> list[PlaceSubdistrict]:
        codes = [code for code in text.split(";") if code]
        return [
            PlaceSubdistrict(subdistrict_id=self.subdistricts[code], sort_order=order)
            for order, code in enumerate(codes)
        ]
