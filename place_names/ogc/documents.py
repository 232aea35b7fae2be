"""The documents around the features: landing page, conformance, collections, queryables."""

from django.db.models import Max, Min
from django.urls import reverse

from home.cache.memoize import memoized
from place_names.models import RegisterSettings
from place_names.open_data.http import GEOJSON, HTML, JSON

from . import crs
from .collections import COLLECTIONS, Collection

TITLE = "海珠区地名开放数据"
ABSTRACT = "海珠区公开的地名、街道、界线、社区和地名标志，按OGC API – Features标准提供。"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
QUERYABLES_RELATION = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SORTABLES_RELATION = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
_FEATURES = "http://www.opengis.net/spec/ogcapi-features-"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/"
CONFORMANCE = (
    *(f"{_FEATURES}1/1.0/conf/{name}" for name in ("core", "geojson", "html", "oas30")),
    f"{_FEATURES}2/1.0/conf/crs",
    *(
        f"{_FEATURES}3/1.0/conf/{name}"
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        f"{_CQL2}{name}"
        for name in (
            "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
            "case-insensitive-comparison", "basic-spatial-functions",
            "basic-spatial-functions-plus", "spatial-functions", "property-property",
        )
    ),
)  # fmt: skip


def link(base: str, path: str, rel: str, media_type: str, title: str) -> dict[str, str]:
    return {"href": base + path, "rel": rel, "type": media_type, "title": title}


def both(base: str, path: str, shown: str, data_type: str = JSON) -> list[dict]:
    """The links of a document to itself and to its other format; `shown` is its own."""
    return [
        link(base, f"{path}?f={name}", "self" if name == shown else "alternate", media, title)
        for name, media, title in (("json", data_type, "JSON"), ("html", HTML, "网页"))
    ]


def path_of(collection: Collection) -> str:
    return reverse("ogc:collection", args=[collection.id])


def landing(base: str, shown: str) -> dict:
    return {
        "title": TITLE,
        "description": ABSTRACT,
        "attribution": "广州市海珠区民政局",
        "links": [
            *both(base, reverse("ogc:landing"), shown),
            link(base, reverse("ogc:api"), "service-desc", OPENAPI, "OpenAPI 3.0"),
            link(base, reverse("ogc:api") + "?f=html", "service-doc", HTML, "接口说明"),
            link(base, reverse("ogc:conformance"), "conformance", JSON, "符合的规范"),
            link(base, reverse("ogc:collections"), "data", JSON, "数据集"),
        ],
    }


def conformance() -> dict:
    return {"conformsTo": list(CONFORMANCE)}


def collections(base: str, shown: str) -> dict:
    return {
        "links": both(base, reverse("ogc:collections"), shown),
        "crs": list(crs.SUPPORTED),
        "collections": [collection(base, each, shown) for each in COLLECTIONS.values()],
    }


def collection(base: str, of: Collection, shown: str) -> dict:
    path = path_of(of)
    items = reverse("ogc:items", args=[of.id])
    document = {
        "id": of.id,
        "title": of.title,
        "description": f"{of.description} ({of.english})",
        "itemType": "feature",
        "extent": memoized(("ogc extent", of.id), lambda: _extent(of)),
        "crs": list(crs.SUPPORTED),
        "storageCrs": crs.CGCS2000,
        "links": [
            *both(base, path, shown),
            link(base, items, "items", GEOJSON, of.title),
            link(base, f"{items}?f=html", "items", HTML, of.title),
            link(
                base, f"{path}/queryables", QUERYABLES_RELATION, "application/schema+json",
                "可以用来筛选的属性",
            ),
            link(
                base, f"{path}/sortables", SORTABLES_RELATION, "application/schema+json",
                "可以用来排序的属性",
            ),
        ],
    }  # fmt: skip
    if not document["extent"]:
        del document["extent"]
    return document


def _extent(of: Collection) -> dict:
    extent = {}
    if of.extent:
        min_lon, min_lat, max_lon, max_lat = of.extent
        found = of.records().aggregate(
            west=Min(min_lon), south=Min(min_lat), east=Max(max_lon), north=Max(max_lat)
        )
        decimals = RegisterSettings.in_force().published_decimals
        box = [found[side] for side in ("west", "south", "east", "north")]
        if None not in box:
            extent["spatial"] = {
                "bbox": [[round(side, decimals) for side in box]],
                "crs": crs.CRS84,
            }
    if of.has_years:
        first = of.records().aggregate(first=Min("year_established"))["first"]
        start = f"{first:04d}-01-01T00:00:00Z" if first else None
        extent["temporal"] = {
            "interval": [[start, None]],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        }
    return extent


def queryables(base: str, of: Collection) -> dict:
    properties = {name: field.schema for name, field in of.queryables.items()}
    if of.extent:
        properties["geometry"] = {
            "title": "图形",
            "description": "Geometry, for S_INTERSECTS and its kin",
            "format": "geometry-any",
        }
    return _schema(base, f"{path_of(of)}/queryables", of, properties)


def sortables(base: str, of: Collection) -> dict:
    properties = {name: field.schema for name, field in of.sortables.items()}
    return _schema(base, f"{path_of(of)}/sortables", of, properties)


def _schema(base: str, path: str, of: Collection, properties: dict) -> dict:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": base + path,
        "type": "object",
        "title": of.title,
        "properties": properties,
        "additionalProperties": False,
    }
