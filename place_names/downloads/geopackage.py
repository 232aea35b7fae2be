"""A GeoPackage 1.3 of points, lines and areas, written with SQLite alone.

One layer holds all names, whose geometries are of any kind; EPSG:4490 is its system.
"""

import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import shapely
from pyproj import CRS
from shapely.geometry import shape

from place_names.open_data.fields import PLACE_FIELDS, Field

from .edition import TITLE, Edition
from .selection import Rows
from .tables import BLOCK, cell

LAYER, SYSTEM = "place_names", 4490
BATCH = 500
_COLUMN_TYPES = {
    "integer": "INTEGER",
    "number": "DOUBLE",
    "date": "DATE",
    "date-time": "DATETIME",
}
_TABLES = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  UNIQUE (table_name, column_name, extension_name));
"""


def geopackage_file(rows: Rows, edition: Edition) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "place-names.gpkg"
        write(path, rows, edition)
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block


def write(path: Path, rows: Rows, edition: Edition) -> None:
    """A new file; nothing of it stays in memory but a batch of rows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        base.execute("BEGIN")
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _systems())
        columns = ", ".join(
            f"{field.name} {_COLUMN_TYPES.get(field.type, 'TEXT')}" for field in PLACE_FIELDS
        )
        base.execute(f"CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY, geom GEOMETRY, {columns})")
        names = ", ".join(["geom", *(field.name for field in PLACE_FIELDS)])
        marks = ", ".join("?" * (len(PLACE_FIELDS) + 1))
        insert = f"INSERT INTO {LAYER} ({names}) VALUES ({marks})"  # noqa: S608  our own names
        extent: list[float] = []
        while batch := list(islice(rows, BATCH)):
            extent = _wider(extent, batch)
            base.executemany(insert, [_record(values, geometry) for values, geometry in batch])
        base.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
            (LAYER, TITLE, edition.statement, f"{edition.changed_at:%Y-%m-%dT%H:%M:%S.000Z}",
             *(extent or [None] * 4), SYSTEM),
        )  # fmt: skip
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)",
            (LAYER, SYSTEM),
        )
        base.execute("COMMIT")


def _systems() -> list[tuple]:
    known = CRS.from_epsg(SYSTEM)
    return [
        (known.name, SYSTEM, "EPSG", SYSTEM, known.to_wkt("WKT1_GDAL"), None),
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
        ("WGS 84", 4326, "EPSG", 4326, CRS.from_epsg(4326).to_wkt("WKT1_GDAL"), None),
    ]


def _record(values: dict, geometry: dict | None) -> list:
    return [_blob(geometry), *(_cell(field, values[field.name]) for field in PLACE_FIELDS)]


def _cell(field: Field, value: object) -> object:
    """As in the tables, but for the thousandths that the standard asks of a moment."""
    text = cell(field.name, value)
    if field.type == "date-time" and isinstance(text, str) and text.endswith("Z"):
        return f"{text[:-1]}.000Z"
    return text


def _blob(geometry: dict | None) -> bytes | None:
    """The header of a GeoPackage geometry (little endian, no envelope), then WKB."""
    if geometry is None:
        return None
    wkb = shapely.to_wkb(shape(geometry), byte_order=1)
    return struct.pack("<2sBBi", b"GP", 0, 1, SYSTEM) + wkb


def _wider(extent: list[float], batch: list) -> list[float]:
    figures = [shape(geometry) for _, geometry in batch if geometry is not None]
    if not figures:
        return extent
    west, south, east, north = shapely.total_bounds(figures).tolist()
    if not extent:
        return [west, south, east, north]
    return [
        min(extent[0], west),
        min(extent[1], south),
        max(extent[2], east),
        max(extent[3], north),
    ]
