"""The documents of the service: manifest, candidates, values, suggestions."""

from django.urls import reverse

from home.cache.memoize import memoized
from place_names.downloads.edition import TITLE
from place_names.models import Category, PlaceName, RegisterSettings, Subdistrict
from place_names.open_data.fields import PLACE_FIELDS, place_rows, plain
from search.places.engines import place_search

from .matching import Candidate
from .reading import COORDINATES, MAX_QUERIES, Extension

SUGGESTED = 10
PREVIEW = {"width": 400, "height": 220}
FIELDS = {field.name: field for field in PLACE_FIELDS}
NAMED = {"category", "subdistrict", "subdistricts"}
PROPERTIES = {
    **{field.name: f"{field.title} {field.english}" for field in PLACE_FIELDS},
    COORDINATES: "经纬度 Longitude and latitude",
}


def manifest(base: str) -> dict:
    root = base + reverse("reconciliation:service")
    names = base + reverse("place_names:index")
    label = RegisterSettings.in_force().label
    suggest = {
        kind: {"service_url": base, "service_path": reverse(f"reconciliation:suggest_{kind}")}
        for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": f"{TITLE}（{label}）" if label else TITLE,
        "identifierSpace": names,
        "schemaSpace": f"{names}?category=",
        "documentation": base + reverse("place_names:download"),
        "batchSize": MAX_QUERIES,
        "defaultTypes": [_type(each) for each in types()[:20]],
        "view": {"url": f"{names}{{{{id}}}}/"},
        "preview": {"url": f"{root}preview?id={{{{id}}}}", **PREVIEW},
        "suggest": suggest,
        "extend": {
            "propose_properties": {
                "service_url": base,
                "service_path": reverse("reconciliation:propose"),
            },
            "property_settings": [],
        },
    }


def types() -> list[Category]:
    """The classes that hold public names, in order of code."""

    def used() -> list[Category]:
        public = PlaceName.objects.published().values("category")
        return list(Category.objects.filter(pk__in=public).order_by("code"))

    return memoized("classes of public names", used)


def _type(category: Category) -> dict[str, str]:
    return {"id": category.code, "name": category.name}


def result(candidate: Candidate) -> dict:
    place = candidate.place
    areas = [row.subdistrict.name for row in place.place_subdistricts.all()]
    status = "" if place.status == PlaceName.Status.STANDARD else place.get_status_display()
    parts = (place.romanisation, place.category.name, "、".join(areas), status)
    return {
        "id": place.code,
        "name": place.name,
        "description": " · ".join(part for part in parts if part),
        "score": candidate.score,
        "match": candidate.is_match,
        "type": [_type(place.category)],
        "features": [
            {"id": name, "value": round(100 * worth, 1)}
            for name, worth in candidate.features.items()
        ],
    }


def extended(asked: Extension) -> dict:
    """The values that were asked for; an unknown identifier has none."""
    decimals = RegisterSettings.in_force().published_decimals
    places = PlaceName.objects.published().filter(code__in=asked.ids)
    rows = {values["code"]: values for values, _ in place_rows(places, decimals)}
    names = dict(Subdistrict.objects.values_list("code", "name"))
    meta = [{"id": name, "name": _title(name)} for name in asked.properties]
    return {
        "meta": meta,
        "rows": {
            code: {
                name: _cells(rows[code], name, names) if code in rows else []
                for name in asked.properties
            }
            for code in asked.ids
        },
    }


def _title(name: str) -> str:
    return FIELDS[name].title if name in FIELDS else "经纬度"


def _cells(values: dict, name: str, areas: dict[str, str]) -> list[dict]:
    if name == COORDINATES:
        return [] if values["lon"] is None else [{"str": f"{values['lat']},{values['lon']}"}]
    if name == "category":
        return [{"id": values["category"], "name": values["category_name"]}]
    value = plain(values[name])
    found = value if isinstance(value, list) else [value]
    if name in NAMED:
        return [{"id": code, "name": areas.get(code, code)} for code in found if code]
    kind = {"integer": "int", "number": "float", "date-time": "date"}.get(FIELDS[name].type, "str")
    return [{kind: each} for each in found if each is not None]


def suggested_entities(prefix: str) -> list[dict]:
    hits = place_search().suggest(prefix, SUGGESTED) if prefix else []
    places = PlaceName.objects.published().select_related("category", "subdistrict")
    found = places.defer("geometry").in_bulk([hit.id for hit in hits])
    return [
        {
            "id": place.code,
            "name": place.name,
            "description": place.subdistrict.name if place.subdistrict else "",
            "notable": [_type(place.category)],
        }
        for hit in hits
        if (place := found.get(hit.id))
    ]


def suggested_types(prefix: str) -> list[dict]:
    found = (each for each in types() if each.code.startswith(prefix) or prefix in each.name)
    return [_type(each) for each in found][:SUGGESTED]


def suggested_properties(prefix: str) -> list[dict]:
    wanted = prefix.casefold()
    return [
        {"id": name, "name": _title(name), "description": told}
        for name, told in PROPERTIES.items()
        if wanted in f"{name} {told}".casefold()
    ]


def proposed(limit: int) -> dict:
    properties = [{"id": name, "name": _title(name)} for name in PROPERTIES]
    return {"properties": properties[:limit], "limit": limit}
