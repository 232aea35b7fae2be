"""Service places for the demonstration, all of them marked as samples."""

import json
from datetime import date, time
from pathlib import Path

from django.db import transaction

from home.models import ServiceHours, ServiceHoursException, ServicePlace

DATA = Path(__file__).with_name("service_places.json")


def load(progress=print) -> None:
    """Adds the places that are missing; a place that exists stays as its editor left it."""
    found = rows()
    present = set(ServicePlace.objects.values_list("slug", flat=True))
    missing = [row for row in found if row["slug"] not in present]
    with transaction.atomic():
        for row in missing:
            _create(row)
    progress(f"  服务网点：已有{len(present)}处，新增{len(missing)}处")


def rows() -> list[dict]:
    """The fields of every place."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return [*data["places"], *_per_subdistrict(data)]


def _per_subdistrict(data: dict):
    for number, district in enumerate(data["subdistricts"], start=1):
        for pattern in data["per_subdistrict"]:
            east, north = pattern["offset"]
            yield {
                **pattern,
                "name": f"{district['name']}{pattern['suffix']}",
                "slug": f"{district['slug']}-{pattern['slug']}",
                "subdistrict_code": district["code"],
                "address": pattern["address"].format(name=district["name"]),
                "phone": pattern["phone"].format(n=number),
                "longitude": round(district["longitude"] + east, 5),
                "latitude": round(district["latitude"] + north, 5),
            }


def _create(row: dict) -> None:
    place = ServicePlace(is_sample=True, **dict.fromkeys(row["access"], True), **_plain_fields(row))
    for days, spans in row["weekly"].items():
        first, last = (int(day) for day in days.split("-"))
        for weekday in range(first, last + 1):
            for span in spans:
                opens, closes = (time.fromisoformat(part) for part in span.split("-"))
                place.weekly_hours.add(ServiceHours(weekday=weekday, opens=opens, closes=closes))
    for days, span, reason in row.get("exceptions", ()):
        first, last = (date.fromisoformat(day) for day in days.split("/"))
        opens, closes = (
            (time.fromisoformat(part) for part in span.split("-")) if span else (None, None)
        )
        place.hours_exceptions.add(
            ServiceHoursException(
                first_day=first, last_day=last, opens=opens, closes=closes, reason=reason
            )
        )
    place.full_clean()
    place.save()


def _plain_fields(row: dict) -> dict:
    """What a row gives as it is. A name that the model lacks is a mistake in the data, and
    ServicePlace says so."""
    apart = {"access", "weekly", "exceptions", "suffix", "offset"}
    return {name: value for name, value in row.items() if name not in apart}
