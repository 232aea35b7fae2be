"""Vector files that try to read the server's files or to reach other hosts.

Each case holds twice: in the sandbox, and by the settings of GDAL alone, for servers whose
kernel takes nothing away.
"""

import json
import socket
import sqlite3
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings

from home import sandbox
from place_names.importing import formats, readers, vector
from place_names.importing.problems import FileRefusedError

SECRET = "pbkdf2_sha256$the-hash-of-a-password"
ALONE = """
import json, sys
from pathlib import Path
from place_names.importing import vector
from place_names.importing.reading import Reading
path, name = Path(sys.argv[1]), sys.argv[2]
try:
    print(vector.describe(path, name, Reading(), ()), list(vector.rows(path, name, Reading())))
except vector.FileRefusedError as error:
    print("REFUSED", error)
"""


def in_the_sandbox(path, name) -> str:
    try:
        rows = sandbox.read_all(
            formats.rows,
            path,
            libraries=readers.LIBRARIES["vector"],
            kind="vector",
            name=name,
            reading={},
        )
        return json.dumps(rows, ensure_ascii=False)
    except FileRefusedError as error:
        return f"REFUSED {error}"


def by_gdal_alone(path, name) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(path), name],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=settings.ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


both = pytest.mark.parametrize("read", [in_the_sandbox, by_gdal_alone])


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "server" / "database.sqlite3"
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE auth_user (username TEXT, password TEXT)")
        connection.execute("INSERT INTO auth_user VALUES ('admin', ?)", [SECRET])
    return path


@pytest.fixture
def host():
    """(port, whether anybody connected) of a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def was_asked():
            try:
                server.accept()[0].close()
            except TimeoutError:
                return False
            return True

        yield server.getsockname()[1], was_asked


def vrt(source: str, sql: str = "SELECT * FROM auth_user") -> str:
    return (
        '<OGRVRTDataSource><OGRVRTLayer name="names">'
        f'<SrcDataSource relativeToVRT="0">{source}</SrcDataSource><SrcSQL>{sql}</SrcSQL>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )


@both
@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("x.gpkg", ""),
        ("x.shp", "SQLITE:"),
        ("x.zip", "/vsifile/"),
        ("x.gml", "/vsisubfile/0_90000,"),
    ],
)
def test_a_vrt_by_any_name_reads_no_database(tmp_path, database, read, name, prefix):
    path = tmp_path / "upload"
    path.write_text(vrt(f"{prefix}{database}"))
    found = read(path, name)
    assert found.startswith("REFUSED")
    assert SECRET not in found


@both
def test_a_vrt_in_an_archive_reads_no_database(tmp_path, database, read):
    path = tmp_path / "upload"
    with zipfile.ZipFile(path, "w") as archive:
        for part in vector.SHAPEFILE_PARTS:
            archive.writestr(f"names{part}", vrt(str(database)))
        archive.writestr("names.vrt", vrt(str(database)))
    assert SECRET not in read(path, "x.zip")


@both
@pytest.mark.parametrize(
    "members",
    [
        ["inner.zip"],
        ["../../names.shp", "../../names.dbf"],
        ["a/names.shp", "b/names.shp"],
        ["/etc/cron.d/names.shp"],
        ["/vsicurl/http:/127.0.0.1/names.shp"],
    ],
)
def test_archives_are_unpacked_flat_and_not_twice(tmp_path, read, members):
    path = tmp_path / "up" / "load"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, b"PK\x03\x04")
    assert read(path, "x.zip").startswith("REFUSED")
    assert not list(tmp_path.glob("names.*"))


GML = """<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:a="http://a"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://a http://127.0.0.1:{port}/a.xsd">
<gml:featureMember><a:name gml:id="n1"><a:label>近处</a:label>
<a:more xlink:href="http://127.0.0.1:{port}/more.gml#x"/>
<a:here xlink:href="{database}#x"/>
<a:place><gml:Point srsName="EPSG:4490"><gml:pos xlink:href="http://127.0.0.1:{port}/p.gml#x">23.1 113.26</gml:pos>
</gml:Point></a:place></a:name></gml:featureMember></gml:FeatureCollection>"""


@both
def test_gml_resolves_no_link_and_fetches_no_schema(tmp_path, database, host, read):
    port, was_asked = host
    path = tmp_path / "upload"
    path.write_text(GML.format(port=port, database=database), encoding="utf-8")
    found = read(path, "x.gml")
    assert "近处" in found
    assert SECRET not in found
    assert not was_asked()


@both
def test_gml_expands_no_entity(tmp_path, database, read):
    path = tmp_path / "upload"
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    text = GML.format(port=9, database=database).replace("近处", "&x;")
    declared = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{secret}">]>\n<gml:FeatureCollection'
    path.write_text(text.replace("<gml:FeatureCollection", declared, 1), encoding="utf-8")
    assert SECRET not in read(path, "x.gml")


@pytest.fixture
def geopackage(tmp_path):
    """Writes a GeoPackage whose only layer is a view with this SQL, or a virtual table."""
    import numpy as np
    import pyogrio
    from shapely import Point, to_wkb

    def write(sql):
        path = tmp_path / "layer.gpkg"
        pyogrio.raw.write(
            str(path),
            geometry=np.array([to_wkb(Point(113.26, 23.1))], dtype=object),
            field_data=[np.array(["近处"], dtype=object)],
            fields=["name"],
            geometry_type="Point",
            crs="EPSG:4490",
            driver="GPKG",
            layer="names",
        )
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("ALTER TABLE names RENAME TO old")
            kind = "table" if sql.startswith("CREATE VIRTUAL") else "view"
            connection.execute(
                "INSERT INTO sqlite_master VALUES (?, 'names', 'names', 0, ?)", [kind, sql]
            )
            connection.execute("UPDATE gpkg_contents SET table_name = 'names'")
            connection.execute("UPDATE gpkg_geometry_columns SET table_name = 'names'")
        return path

    return write


@both
@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW names AS SELECT fid, geom, readfile('{database}') AS name FROM old",
        "CREATE VIEW names AS SELECT fid, geom, load_extension('{database}') AS name FROM old",
        "CREATE VIEW names AS SELECT fid, geom, BlobFromFile('{database}') AS name FROM old",
        "CREATE VIEW names AS SELECT fid, geom, "
        "ogr_datasource_load_layers('{database}') AS name FROM old",
        "CREATE VIEW names AS SELECT fid, geom, "
        "gdal_get_pixel_value('{database}', 1, 'pixel', 0, 0) AS name FROM old",
        "CREATE VIEW names AS SELECT 1 AS fid, password AS name FROM auth_user",
        "CREATE VIRTUAL TABLE names USING VirtualOGR('{database}', 0, 'auth_user')",
        "CREATE VIRTUAL TABLE names USING VirtualText('{database}', 'utf-8', 0)",
        "CREATE VIRTUAL TABLE names USING csv(filename='{database}')",
    ],
)
def test_sql_in_a_geopackage_reads_no_other_file(geopackage, database, read, sql):
    found = read(geopackage(sql.format(database=database)), "x.gpkg")
    assert SECRET not in found
    assert "SQLite" not in found.removeprefix("REFUSED")


def test_a_view_without_end_is_ended(geopackage):
    path = geopackage(
        "CREATE VIEW names AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS fid, NULL AS geom, 'x' AS name FROM n WHERE i < 0"
    )
    impatient = readers.Allowance(sandbox.Limits(seconds=3))
    with pytest.raises(FileRefusedError, match="3秒内没有读完"):
        list(readers.open_source(path, allowance=impatient).rows())
