"""pygeoapi and tipg serving the same place names, to be measured beside the site.

Both live in a virtual environment outside the project (`PEERS`, by default /opt/venv-peers):

    /usr/bin/python3 -m venv /opt/venv-peers
    /opt/venv-peers/bin/pip install pygeoapi tipg uvicorn gunicorn
    apt-get install gdal-bin libsqlite3-mod-spatialite postgresql-15-postgis-3

tipg needs a PostgreSQL server where databases may be made: `PEERS_DATABASE`, for example
postgres://civil@127.0.0.1:55432/postgres. Each server runs two processes, as the site does.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from asked import TABLE
from served import Address, free_port, running

PEERS = Path(os.environ.get("PEERS", "/opt/venv-peers"))
DATABASE = os.environ.get("PEERS_DATABASE", "")
THREADS = 4


class MissingError(Exception):
    """What a peer needs is not on this machine; the message says what."""


def need(program: str) -> str:
    found = shutil.which(program, path=f"{PEERS / 'bin'}:{os.environ['PATH']}")
    if found is None:
        raise MissingError(f"{program} is not installed")
    return found


@contextmanager
def pygeoapi(folder: Path, geopackage: Path) -> Iterator[Address]:
    """pygeoapi on a copy of the GeoPackage, with an index on the code, which it looks up."""
    data = folder / "pygeoapi.gpkg"
    shutil.copyfile(geopackage, data)
    with sqlite3.connect(data) as database:
        database.execute(f"CREATE INDEX place_names_code ON {TABLE} (code)")
    port = free_port()
    config, openapi = folder / "pygeoapi.json", folder / "pygeoapi-openapi.json"
    config.write_text(json.dumps(_configuration(port, data)))
    env = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    subprocess.run(
        [need("pygeoapi"), "openapi", "generate", str(config), "--output-file", str(openapi)],
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    command = [
        *(need("gunicorn"), "pygeoapi.flask_app:APP", "--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", str(THREADS)),
        *("--log-level", "critical", "--config", "/dev/null"),
    ]
    # It prints a traceback for each of its errors, which the figures count.
    with running(
        command, port, env, cwd=folder, ready="/conformance?f=json", output=subprocess.DEVNULL
    ) as server:
        yield Address(f"http://127.0.0.1:{port}", server.pid)


def _configuration(port: int, data: Path) -> dict:
    address = f"http://127.0.0.1:{port}"
    said = {"title": "Place names", "description": "Place names", "keywords": ["names"]}
    provider = {
        "type": "feature",
        "name": "SQLiteGPKG",
        "data": str(data),
        "id_field": "code",
        "table": TABLE,
    }
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": address,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": False,
            "languages": ["en-US"],
            "limits": {"default_items": 100, "max_items": 10_000},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {**said, "keywords_type": "theme", "terms_of_service": "", "url": ""},
            "license": {"name": "", "url": address},
            "provider": {"name": "", "url": address},
            "contact": {"name": ""},
        },
        "resources": {
            TABLE: {
                **said,
                "type": "collection",
                "links": [],
                "extents": {
                    "spatial": {
                        "bbox": [113.2, 23.0, 113.5, 23.2],
                        "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                    }
                },
                "providers": [provider],
            }
        },
    }


@contextmanager
def tipg(folder: Path, geopackage: Path) -> Iterator[Address]:
    """tipg on a PostGIS database of its own, which is dropped afterwards."""
    if not DATABASE:
        raise MissingError("PEERS_DATABASE names no PostgreSQL server")
    parts = urlsplit(DATABASE)
    name = f"peers_{os.getpid()}"
    address = f"postgresql://{parts.netloc}/{name}"
    _sql(DATABASE, f"CREATE DATABASE {name}")
    try:
        _sql(address, "CREATE EXTENSION postgis")
        subprocess.run(
            [
                *(need("ogr2ogr"), "-f", "PostgreSQL", f"PG:{address}", str(geopackage), TABLE),
                *("-nln", TABLE, "-nlt", "GEOMETRY", "-lco", "GEOMETRY_NAME=geom"),
                *("--config", "PG_USE_COPY", "YES"),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        _sql(
            address,
            f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_pkey; "
            f"ALTER TABLE {TABLE} ADD PRIMARY KEY (code); ANALYZE {TABLE}",
        )
        port = free_port()
        env = {**os.environ, "DATABASE_URL": address, "TIPG_DB_SCHEMAS": '["public"]'}
        env |= {"TIPG_MAX_FEATURES_PER_QUERY": "10000"}
        command = [
            *(need("uvicorn"), "tipg.main:app", "--port", str(port), "--workers", "2"),
            *("--log-level", "critical"),
        ]
        with running(command, port, env, cwd=folder) as server:
            yield Address(f"http://127.0.0.1:{port}", server.pid)
    finally:
        _sql(DATABASE, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _sql(address: str, statements: str) -> None:
    import psycopg

    try:
        with psycopg.connect(address.replace("postgres://", "postgresql://"), autocommit=True) as c:
            c.execute(statements)
    except psycopg.Error as error:
        raise MissingError(f"PostGIS: {str(error).splitlines()[0]}") from error
