"""Databases of released versions migrate, lose nothing, and are served.

The dumps were made by make_dumps.sh: the demonstration of that commit with bookings and a draft
beside it, the gazetteer cut to 150 names. They hold sample data only.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.db import connection

pytestmark = [pytest.mark.database, pytest.mark.long]
ROOT = Path(__file__).resolve().parents[2]
DUMPS = Path(__file__).parent
COMMITS = ["7422a1b", "0d90830"]
# Tables that a migration empties on purpose: an index, which is built again from the register.
REBUILT = {"search_placetoken", "search_placefacet", "search_placedocument", "search_indexstate"}
# Counts of an hour, which the one rate limiter of the site now keeps elsewhere.
SHORT_LIVED = {"marriage_ratecount"}
# Tables that migrations since then have renamed.
RENAMED = {"home_sectionduty": "home_sectionpermission"}
# Rights that a migration takes from editors: what search says is changed by reviewers.
WITHDRAWN = {"auth_group_permissions": 6}


def load(commit: str, engine: str, url: str) -> None:
    if engine == "sqlite":
        database = lzma.decompress((DUMPS / f"{commit}.sqlite3.xz").read_bytes())
        Path(url.removeprefix("sqlite:///")).write_bytes(database)
        return
    script = lzma.decompress((DUMPS / f"{commit}.postgresql.sql.xz").read_bytes()).decode()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(script)


def run(url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(engine: str, url: str) -> Counter:
    """How many rows each table holds."""
    if engine == "sqlite":
        database = sqlite3.connect(url.removeprefix("sqlite:///"))
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    else:
        database = psycopg.connect(url)
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    try:
        tables = [name for (name,) in database.execute(names).fetchall()]
        return Counter(
            {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                for name in tables
            }
        )
    finally:
        database.close()


@pytest.fixture(params=COMMITS)
def old(request, tmp_path, databases):
    """(engine, URL) of an old database on the engine of this run."""
    engine = connection.vendor
    if engine == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
        load(request.param, engine, url)
        yield engine, url
        return
    name = f"{databases.engine.own_name}_upgrade_{request.param}"
    given = connection.settings_dict
    databases.engine.copy("template0", name)
    url = f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{name}"
    load(request.param, engine, url)
    yield engine, url
    databases.engine.drop(name)


def test_an_old_database_migrates_and_loses_nothing(old):
    engine, url = old
    before = rows(engine, url)
    assert before["marriage_booking"] >= 3
    assert before["place_names_placename"] == 150
    run(url, "manage.py", "migrate", "-v", "0")
    after = rows(engine, url)
    gone = {name for name in before if name not in after}
    assert gone <= RENAMED.keys() | SHORT_LIVED
    fewer = {
        name: (count, after[RENAMED.get(name, name)])
        for name, count in before.items()
        if name not in REBUILT | SHORT_LIVED
        and after[RENAMED.get(name, name)] < count - WITHDRAWN.get(name, 0)
    }
    assert fewer == {}
    told = json.loads(run(url, str(DUMPS / "serve.py")))
    assert told["unapplied"] == []
    assert told["failed"] == []
    assert told["pages"] > 60
    assert told["people"] == ["张三", "李四"]
    assert told["drafts"] == ["还没有发布的标题"]
    assert told["found"]


def test_two_migrations_at_once_wait_for_each_other(tmp_path, databases):
    """Of two processes on a new database one migrates, the other tells that it waits."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    else:
        name, given = f"{databases.engine.own_name}_two", connection.settings_dict
        databases.engine.copy("template0", name)
        url = f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{name}"
    told: list[str] = []

    def migrate():
        told.append(run(url, "manage.py", "migrate", "-v", "1"))

    threads = [threading.Thread(target=migrate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 2  # Neither failed.
    waited = [text for text in told if "Another process is migrating this database" in text]
    assert len(waited) == 1
    assert "No migrations to apply" in waited[0]
    if connection.vendor == "postgresql":
        databases.engine.drop(name)
