"""A subdistrict as JSON, GeoJSON and JSON-LD (schema.org)."""

from dataclasses import dataclass

from django.urls import reverse

from place_names.downloads import edition as editions
from place_names.models import Community, RegisterSettings, Subdistrict
from place_names.ogc.collections import COLLECTIONS
from place_names.open_data.fields import as_feature, plain
from place_names.open_data.problems import RequestError

from .formats import Formats, about

NOTE = "范围为示意图，非勘界依据"


@dataclass(frozen=True)
class SubdistrictRecord:
    """A subdistrict; `values` and `geometry` are those of the collection of OGC API – Features."""

    values: dict
    geometry: dict | None
    communities: list[Community]
    edition: editions.Edition

    @property
    def code(self) -> str:
        return self.values["code"]

    @property
    def address(self) -> str:
        return self.edition.base + reverse("place_names:subdistrict", args=[self.code])


def subdistrict_record(code: str, base: str) -> SubdistrictRecord:
    """The subdistrict of a code. Raises RequestError when there is none."""
    decimals = RegisterSettings.in_force().published_decimals
    found = Subdistrict.objects.filter(code=code)
    rows = list(COLLECTIONS["subdistricts"].rows(found, decimals))
    if not rows:
        raise RequestError("没有这个代码的街道。", "No subdistrict has this code.", 404)
    values, geometry = rows[0]
    communities = list(Community.objects.filter(subdistrict__code=code))
    return SubdistrictRecord(values, geometry, communities, editions.current(base))


def as_json(record: SubdistrictRecord) -> dict:
    return {
        **{name: plain(value) for name, value in record.values.items()},
        "communities": [{"code": each.code, "name": each.name} for each in record.communities],
        "geometry": record.geometry,
        "note": NOTE,
        "address": record.address,
        **about(record.edition),
    }


def as_geojson(record: SubdistrictRecord) -> dict:
    feature = as_feature(record.code, record.values, record.geometry)
    return feature | {"links": [{"rel": "canonical", "href": record.address}]}


def as_schema_org(record: SubdistrictRecord) -> dict:
    """https://schema.org/AdministrativeArea"""
    values = record.values
    data = {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "@id": record.address,
        "url": record.address,
        "name": values["name"],
        "alternateName": values["romanisation"],
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "区划代码",
            "value": record.code,
        },
        "description": " ".join(values["description"].split()),
        "geo": _shapes(record.geometry),
    }
    return {name: value for name, value in data.items() if value not in ("", [])}


def _shapes(geometry: dict | None) -> dict | list[dict]:
    """The outer rings as https://schema.org/polygon, latitude first."""
    if geometry is None:
        return []
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    shapes = [
        {"@type": "GeoShape", "polygon": " ".join(f"{lat} {lon}" for lon, lat in outer)}
        for outer, *_holes in polygons
    ]
    return shapes[0] if len(shapes) == 1 else shapes


FORMATS = Formats(
    json={
        "json": ("application/json", as_json),
        "geojson": ("application/geo+json", as_geojson),
        "jsonld": ("application/ld+json", as_schema_org),
    }
)
