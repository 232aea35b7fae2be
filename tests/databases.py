"""Test databases are copies of templates, each made once for all workers and runs.

A template is a database that nobody works in: `EMPTY` is what the migrations make, others are
filled on top of it. On SQLite it is a file beside the test databases, on PostgreSQL a database
of its own. Its name holds a digest of what it was made from, so a changed migration makes a
new one and the old one is dropped.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg import sql

from home.cache import memoize

ROOT = Path(__file__).resolve().parents[1]
APPS = ("civil_affairs", "demonstration", "guides", "home", "marriage", "place_names", "search")


@dataclass(frozen=True)
class Template:
    """`fill` writes into the open database; `sources` are what the result depends on."""

    name: str
    fill: Callable[[], object]
    sources: Callable[[], Iterable[Path]]
    of_the_day: bool = False

    @property
    def digest(self) -> str:
        seen = hashlib.sha1(usedforsecurity=False)
        for path in sorted(self.sources()):
            seen.update(f"{path}{path.stat().st_size}".encode() + path.read_bytes()[:200_000])
        if self.of_the_day:
            seen.update(str(timezone.localdate()).encode())
        return seen.hexdigest()[:10]


def _schema_sources() -> Iterator[Path]:
    yield ROOT / "requirements.txt"
    for app in APPS:
        yield from (ROOT / app).glob("**/migrations/*.py")
        yield from (ROOT / app).glob("**/models.py")
        yield from (ROOT / app).glob("**/models/*.py")


def _all_sources() -> Iterator[Path]:
    yield ROOT / "requirements.txt"
    yield from (ROOT / "tests" / "search").glob("gazetteer.py")
    for app in APPS:
        for suffix in ("py", "csv", "json", "geojson"):
            yield from (ROOT / app).glob(f"**/*.{suffix}")


EMPTY = Template("empty", lambda: call_command("migrate", verbosity=0), _schema_sources)


def filled(name: str, fill: Callable[[], object]) -> Template:
    """A template on top of the migrated one. It is made again each day, for what it holds may
    be dated from today on."""
    return Template(name, fill, _all_sources, of_the_day=True)


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    with (Path(settings.DATA_DIR) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _work_in(name: str) -> None:
    """All connections that open from now on, of every thread, are to the database `name`."""
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    memoize._memory = ("", {})
    for cache in caches.all():
        cache.clear()


class SQLiteFiles:
    """Databases are files of DATA_DIR."""

    blank = os.devnull

    def __init__(self, own_name: str):
        self.folder = Path(settings.DATA_DIR) / "test-databases"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.own_name = own_name

    def own(self, template: Template) -> str:
        return str(self.folder / f"{self.own_name}-{template.name}.sqlite3")

    def template(self, template: Template) -> str:
        return str(self.folder / f"template-{template.name}-{template.digest}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def outdated(self, template: Template) -> list[str]:
        return [str(path) for path in self.folder.glob(f"template-{template.name}-*.sqlite3")]

    def copy(self, source: str, target: str) -> None:
        self.drop(target)
        shutil.copyfile(source, target)

    def restore(self, source: str) -> None:
        """In place: connections of other threads stay good."""
        connection.ensure_connection()
        original = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
        try:
            original.backup(connection.connection)
        finally:
            original.close()

    def finish(self, draft: str, name: str) -> None:
        with sqlite3.connect(draft) as database:
            database.execute("ANALYZE")
        # One file without a journal beside it, which is what gets copied.
        database.execute("PRAGMA journal_mode=DELETE")
        database.close()
        os.replace(draft, name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(name + suffix).unlink(missing_ok=True)


class PostgreSQLDatabases:
    """Databases of one server, made from templates by the server itself."""

    blank = "template0"

    def __init__(self, own_name: str):
        self.given = connection.settings_dict["NAME"]
        self.own_name = own_name

    def own(self, template: Template) -> str:
        return f"test_{self.given}_{self.own_name}_{template.name}"

    def template(self, template: Template) -> str:
        return f"template_{self.given}_{template.name}_{template.digest}"

    def _run(self, statement: str, *names: str) -> list[tuple]:
        given = connection.settings_dict
        with psycopg.connect(
            host=given["HOST"],
            port=given["PORT"] or None,
            user=given["USER"],
            password=given["PASSWORD"],
            dbname=self.given,
            autocommit=True,
        ) as server:
            done = server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
            return done.fetchall() if done.description else []

    def exists(self, name: str) -> bool:
        return (name,) in self._run("SELECT datname FROM pg_database")

    def outdated(self, template: Template) -> list[str]:
        start = f"template_{self.given}_{template.name}_"
        names = self._run("SELECT datname FROM pg_database")
        return [name for (name,) in names if name.startswith(start)]

    def copy(self, source: str, target: str) -> None:
        self.drop(target)
        self._run("CREATE DATABASE {} TEMPLATE {}", target, source)

    def restore(self, source: str) -> None:
        name = connection.settings_dict["NAME"]
        connection.close()
        self.copy(source, name)

    def finish(self, draft: str, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        connection.close()
        self._run("ALTER DATABASE {} RENAME TO {}", draft, name)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


class TestDatabases:
    """The databases of one worker; `use` works in a fresh copy of a template."""

    __test__ = False

    def __init__(self, worker: str):
        engine = {"sqlite": SQLiteFiles, "postgresql": PostgreSQLDatabases}[connection.vendor]
        self.engine = engine(worker)
        self.current: Template | None = None
        self.copied: set[Template] = set()
        self.names: dict[Template, str] = {}

    def _template(self, template: Template) -> str:
        """The name of the template, which is made where it is missing."""
        if template in self.names:
            return self.names[template]
        name = self.engine.template(template)
        with _one_at_a_time(template.name):
            if not self.engine.exists(name):
                for old in self.engine.outdated(template):
                    self.engine.drop(old)
                self._make(template, name)
        self.names[template] = name
        return name

    def _make(self, template: Template, name: str) -> None:
        draft = f"{name}.new"
        self.engine.drop(draft)
        if template is EMPTY:
            self.engine.copy(self.engine.blank, draft)
        else:
            self.engine.copy(self._template(EMPTY), draft)
        given = connection.settings_dict["NAME"]
        _work_in(draft)
        try:
            template.fill()
            connection.close()
            self.engine.finish(draft, name)
        finally:
            _work_in(given)

    @contextmanager
    def use(self, template: Template) -> Iterator[None]:
        """Works in a copy of the template, and afterwards in what was used before."""
        before, given = self.current, connection.settings_dict["NAME"]
        original = self._template(template)
        own = self.engine.own(template)
        if template not in self.copied:
            self.engine.copy(original, own)
            self.copied.add(template)
        self.current = template
        _work_in(own)
        try:
            yield
        finally:
            _work_in(given)
            self.current = before

    def restore(self) -> None:
        """What a test has committed is gone: the copy is made again."""
        self.engine.restore(self._template(self.current))
        ContentType.objects.clear_cache()

    def drop(self) -> None:
        for template in self.copied:
            self.engine.drop(self.engine.own(template))
