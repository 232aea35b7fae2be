"""The formats of a download, and the description of the data that goes with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from home.table_export import CSV_TYPE, XLSX_TYPE
from place_names.open_data.fields import PLACE_FIELDS, Field

from .edition import PUBLISHER, TITLE, Edition
from .feature_files import geojson_file, kml_file, linked_places_file
from .geopackage import geopackage_file
from .selection import Rows
from .tables import csv_file, xlsx_file

NAME = "place-names"


@dataclass(frozen=True)
class Format:
    """`write` gives the file in blocks; it reads the rows as it goes."""

    suffix: str
    media_type: str
    title: str
    for_whom: str
    write: Callable[[Rows, Edition], Iterator[bytes]]

    @property
    def file_name(self) -> str:
        return f"{NAME}.{self.suffix}"


FORMATS = {
    each.suffix: each
    for each in (
        Format("xlsx", XLSX_TYPE, "Excel", "表格，中文表头，含位置点", xlsx_file),
        Format("csv", CSV_TYPE, "CSV", "表格，英文字段名，供程序和统计软件读取", csv_file),
        Format("geojson", "application/geo+json", "GeoJSON", "地图，含点、线、面", geojson_file),
        Format(
            "gpkg", "application/geopackage+sqlite3", "GeoPackage", "地图，供QGIS等软件，含点、线、面",
            geopackage_file,
        ),
        Format(
            "kml", "application/vnd.google-earth.kml+xml", "KML", "地图，供地球浏览器，含点、线、面",
            kml_file,
        ),
        Format(
            "lpf.jsonld", "application/ld+json", "Linked Places Format",
            "供历史地理研究和地名库之间交换", linked_places_file,
        ),
    )
}  # fmt: skip


def data_package(edition: Edition, files: list[dict]) -> dict:
    """The description as a Data Package (Frictionless): files, fields, licence, version."""
    licence = {"title": edition.licence}
    if edition.licence_url:
        licence["path"] = edition.licence_url
    return {
        "name": NAME,
        "title": TITLE,
        "description": edition.statement,
        "version": edition.version,
        "created": f"{edition.changed_at:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [licence],
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "count": edition.total,
        "resources": files,
    }


def resource(of: Format, **measured) -> dict:
    """One file of the package; `measured` are its bytes and hash, once it is written."""
    found = {
        "name": f"{NAME}-{of.suffix.partition('.')[0]}",
        "path": of.file_name,
        "title": of.title,
        "format": of.suffix,
        "mediatype": of.media_type,
        **measured,
    }
    if of.suffix == "csv":
        found |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
        found["schema"] = {
            "fields": [_table_field(field) for field in PLACE_FIELDS],
            "primaryKey": "code",
        }
    return found


def _table_field(field: Field) -> dict:
    kinds = {"date-time": "datetime", "array": "string"}
    found = {
        "name": field.name,
        "type": kinds.get(field.type, field.type),
        "title": field.title,
        "description": field.english,
    }
    return found | ({"constraints": {"enum": list(field.values)}} if field.values else {})


def dictionary_rows() -> Iterator[list[str]]:
    """The data dictionary as a table."""
    yield ["字段", "中文", "类型", "取值", "English"]
    for field in PLACE_FIELDS:
        yield [field.name, field.title, field.type, "、".join(field.values), field.english]
