"""What a list of names says of each, read once in a process until the content changes."""

from collections.abc import Iterable
from itertools import groupby

from django.urls import reverse

from home.cache.memoize import memoized
from place_names.geometry.coordinates import published_point
from place_names.models import PlaceName, PlaceSubdistrict, RegisterSettings

MAX_KEPT = 20_000
_COLUMNS = (
    "pk", "code", "name", "romanisation", "status", "category__code", "category__name",
    "year_established", "public_year_abolished", "lon", "lat",
)  # fmt: skip


def facts_of(ids: Iterable[int]) -> dict[int, dict]:
    """{key: the fields of `schemas.PlaceOut`} of those of the names that are public."""
    kept = memoized("api facts", dict)
    wanted = list(ids)
    found = {key: kept[key] for key in wanted if key in kept}
    if missing := [key for key in wanted if key not in found]:
        made = _read(missing)
        found |= made
        if len(kept) + len(made) > MAX_KEPT:
            kept.clear()
        kept |= made
    return found


def _read(ids: list[int]) -> dict[int, dict]:
    decimals = RegisterSettings.in_force().published_decimals
    crossed = PlaceSubdistrict.objects.filter(place__in=ids).order_by("place", "sort_order", "pk")
    areas = {
        place: [{"code": code, "name": name} for _, code, name in rows]
        for place, rows in groupby(
            crossed.values_list("place_id", "subdistrict__code", "subdistrict__name"),
            lambda row: row[0],
        )
    }
    places = PlaceName.objects.published().with_public_end().filter(pk__in=ids).order_by("pk")
    return {
        key: {
            "code": code,
            "name": name,
            "romanisation": romanisation,
            "status": status,
            "category": {"code": class_code, "name": class_name},
            "subdistricts": areas.get(key, []),
            "year_established": first,
            "year_abolished": last,
            "point": published_point(lon, lat, decimals),
            "address": reverse("place_names:place_name", args=[code]),
        }
        for key, code, name, romanisation, status, class_code, class_name, first, last, lon, lat
        in places.values_list(*_COLUMNS)
    }  # fmt: skip
