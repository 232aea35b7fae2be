"""A name as JSON, GeoJSON, JSON-LD (schema.org) and Linked Places."""

from collections.abc import Callable

from django.urls import reverse

from place_names.models import PlaceName, Succession
from place_names.open_data.fields import as_feature, plain
from place_names.open_data.linked_places import CONTEXT, linked_place

from .formats import about
from .record import Record

SCHEMA_TYPES = {"12100": "RiverBodyOfWater", "12200": "LakeBodyOfWater", "25200": "Park",
                "23550": "BusStation", "22100": "Residence"}  # fmt: skip


def as_json(record: Record) -> dict:
    values = {name: plain(value) for name, value in record.values.items() if name != "variants"}
    return {
        **values,
        "variants": [
            {
                "kind": variant.kind,
                "name": variant.name,
                "year_from": variant.year_from,
                "year_to": variant.year_to,
            }
            for variant in record.values["variants"]
        ],
        "geometry": record.geometry,
        "replaced_by": [_link(link, link.successor, record) for link in record.replaced_by],
        "replaces": [_link(link, link.predecessor, record) for link in record.replaces],
        "split_off": [_link(link, link.successor, record) for link in record.split_off],
        "split_from": [_link(link, link.predecessor, record) for link in record.split_from],
        "address": record.address,
        **about(record.edition),
    }


def _link(link: Succession, other: PlaceName, record: Record) -> dict:
    path = reverse("place_names:place_name", args=[other.code])
    return {
        "code": other.code,
        "name": other.name,
        "kind": link.kind,
        "year": link.year,
        "address": record.edition.base + path,
    }


def as_geojson(record: Record) -> dict:
    feature = as_feature(record.values["code"], record.values, record.geometry)
    links = [{"rel": "canonical", "href": record.address}]
    for link in record.replaced_by:
        replacement = _link(link, link.successor, record)
        links.append(
            {
                "rel": "successor-version",
                "href": replacement["address"],
                "title": replacement["name"],
            }
        )
    return feature | {"links": links}


def as_linked_place(record: Record) -> dict:
    feature = linked_place(record.values, record.geometry, record.edition.base)
    return {"@context": CONTEXT, **feature}


def as_schema_org(record: Record) -> dict:
    """https://schema.org/Place"""
    values, edition = record.values, record.edition
    told = values["origin"] or values["meaning"] or values["description"]
    areas = [
        {"@type": "AdministrativeArea",
         "@id": edition.base + reverse("place_names:subdistrict", args=[code])}
        for code in values["subdistricts"]
    ]  # fmt: skip
    data = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(values["category"], "Place"),
        "@id": record.address,
        "url": record.address,
        "name": values["name"],
        "alternateName": [
            name
            for name in (values["romanisation"], *(each.name for each in values["variants"]))
            if name
        ],
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "地名代码",
            "value": values["code"],
        },
        "description": " ".join(told.split()),
        "containedInPlace": areas,
        "dateModified": plain(values["updated"]),
    }
    if values["lon"] is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "longitude": values["lon"],
            "latitude": values["lat"],
        }
    return {name: value for name, value in data.items() if value not in ("", [])}


JSON_FORMATS: dict[str, tuple[str, Callable[[Record], dict]]] = {
    "json": ("application/json", as_json),
    "geojson": ("application/geo+json", as_geojson),
    "jsonld": ("application/ld+json", as_schema_org),
    "lpf.jsonld": ("application/ld+json", as_linked_place),
}
