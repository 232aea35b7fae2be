"""Faults against the site as it is served: nothing that was confirmed is lost, and it goes on
by itself afterwards. What cannot be done on a machine is skipped with the reason; in CI the
tools are installed.

A report of an error stands for everything that is confirmed to a visitor; bookings under
kill -9 of everything at once are in tests/marriage/booking/test_storm.py.
"""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection
from django.utils import timezone

from home.models import FeedbackReport, FeedbackSettings, JobRun
from marriage.models import Booking, OutboxMessage
from tests.home.factories import make_home
from tests.marriage import factories
from tests.marriage.serving import ROOT, database_url, free_port, server

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
PATIENCE = 120
MONTH = 30 * 24 * 3600
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
PG_BIN = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
needs_faketime = pytest.mark.skipif(
    FAKETIME is None, reason="no libfaketime: apt install libfaketime"
)


def wait_until(condition) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


class Visitor:
    """Asks for pages and sends reports; `confirmed` are the texts of those that were taken."""

    def __init__(self, port: int):
        self.port = port
        self.confirmed: set[str] = set()

    def ask(self, method: str, address: str, data=None, cookie="") -> http.client.HTTPResponse:
        browser = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": cookie}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(browser):
            browser.request(method, address, data and urlencode(data), headers)
            answer = browser.getresponse()
            answer.text = answer.read().decode("utf-8", "replace")
            return answer

    def status(self, address: str) -> int:
        try:
            return self.ask("GET", address).status
        except (OSError, http.client.HTTPException):
            return 0

    def ready(self) -> dict:
        return json.loads(self.ask("GET", "/readyz").text)["checks"]

    def report(self) -> int:
        """Sends one report; the status, 0 where nobody answered."""
        # Without digits: the form takes long numbers for somebody's telephone.
        text = "drill " + uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))
        try:
            cookie = self.ask("GET", "/feedback/").getheader("Set-Cookie", "").partition(";")[0]
            token = cookie.partition("=")[2]
            form = {"kind": "wrong", "text": text, "path": "/", "csrfmiddlewaretoken": token}
            status = self.ask("POST", "/feedback/", form, cookie).status
        except (OSError, http.client.HTTPException):
            return 0
        if status == 302:
            self.confirmed.add(text)
        return status


def open_feedback_wide() -> None:
    found = FeedbackSettings.for_site(make_home().get_site())
    found.reports_an_hour = found.reports_an_hour_in_all = 100_000
    found.save()


def stored() -> set[str]:
    return set(FeedbackReport.objects.values_list("text", flat=True))


@pytest.fixture
def served(tmp_path):
    """The site on the database of the test: (visitor, process, folder of its data)."""
    open_feedback_wide()
    port = free_port()
    options = (database_url(connection), tmp_path, settings.PERSONAL_DATA_KEYS, port)
    connection.close()
    with server(*options) as process:
        yield Visitor(port), process, tmp_path


def children(pid: int) -> set[int]:
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def worker(data_dir: Path, *arguments: str, **environment: str) -> subprocess.Popen:
    """`manage.py work` on the database of the test, its messages going to a file."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.marriage.served_settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DATABASE_URL": database_url(connection),
            "DATA_DIR": str(data_dir),
            "PERSONAL_DATA_KEYS": ",".join(settings.PERSONAL_DATA_KEYS),
            "MESSAGE_SMS": "file",
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def at(offset: str) -> dict[str, str]:
    """The environment in which the clock is that far off; the steady clock stays as it is."""
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": offset,
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_kill_9_of_a_web_process(served):
    visitor, process, _ = served
    assert wait_until(lambda: len(children(process.pid)) == 2)
    killed = min(children(process.pid))
    stop = threading.Event()
    visitors = [Visitor(visitor.port) for _ in range(4)]

    def report_on(one):
        while not stop.is_set():
            one.report()

    def confirmed() -> int:
        return sum(len(one.confirmed) for one in visitors)

    threads = [threading.Thread(target=report_on, args=(one,)) for one in visitors]
    for thread in threads:
        thread.start()
    try:
        assert wait_until(lambda: confirmed() >= 10)
        os.kill(killed, signal.SIGKILL)
        after_kill = confirmed()
        assert wait_until(lambda: confirmed() >= after_kill + 10)
        assert wait_until(lambda: len(children(process.pid) - {killed}) == 2)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert set().union(*(one.confirmed for one in visitors)) <= stored()
    assert visitor.report() == 302


@needs_faketime
def test_kill_9_of_the_worker_loses_no_message(tmp_path):
    service = factories.make_asking_service()
    slot = factories.make_coming_slot(service, factories.make_office(service), capacity=200)
    for _ in range(60):
        factories.make_confirmed_booking(slot=slot, people=factories.make_couple())
    waiting = OutboxMessage.objects.filter(channel="sms").exclude(kind="reminder")
    keys = {message.gateway_key for message in waiting}
    assert len(keys) >= 60

    def sent() -> list[str]:
        files = (tmp_path / "messages").glob("*.jsonl")
        lines = [line for file in files for line in file.read_text().splitlines()]
        return [json.loads(line)["id"] for line in lines]

    first = worker(tmp_path, "--interval", "0.1")
    assert wait_until(lambda: sent() or first.poll() is not None)
    first.kill()
    first.wait()
    first.stderr.close()
    # What was being sent is claimed for five minutes; later another worker goes on.
    second = worker(tmp_path, "--once", **at("+10m"))
    _, errors = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, errors
    assert keys <= set(sent())
    # Only the one that was on its way when the worker was killed may have gone twice.
    assert len(sent()) <= len(set(sent())) + 1
    assert not waiting.exclude(state=OutboxMessage.State.SENT).exists()


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "folder":
        path.unlink()
        path.mkdir()
    elif how == "truncated":
        path.write_bytes(content[: len(content) // 2])
    else:
        damaged = {"empty": b"", "nul": b"\0" * len(content), "garbage": os.urandom(len(content))}
        path.write_bytes(damaged[how])


@pytest.mark.one_engine
def test_a_corrupted_cache_breaks_no_page(served):
    visitor, _, folder = served
    addresses = ("/", "/search/?q=结婚", "/feedback/", "/service-places/", "/robots.txt")
    quoted = [address.replace("结婚", "%E7%BB%93%E5%A9%9A") for address in addresses]
    for how in ("truncated", "empty", "nul", "garbage", "folder"):
        assert [visitor.status(address) for address in quoted * 2] == [200] * 10, how
        files = [path for path in (folder / "cache").rglob("*") if path.is_file()]
        assert files, how
        for path in files:
            damage(path, how)
        assert [visitor.status(address) for address in quoted * 2] == [200] * 10, how
        assert visitor.status("/readyz") == 200, how
        assert visitor.report() == 302, how
        assert visitor.confirmed <= stored(), how


def copy_of_the_database(target: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 40 MB of its own, which may be filled."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("a small tmpfs is mounted by root only")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount a tmpfs (a container without rights)")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Takes every byte that is left."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    return ballast


def test_a_full_disk(small_disk):
    if connection.vendor != "sqlite":
        pytest.skip("the disk of a PostgreSQL server is its own; here it is SQLite's")
    open_feedback_wide()
    database = small_disk / "database.sqlite3"
    copy_of_the_database(database)
    port = free_port()
    keys = settings.PERSONAL_DATA_KEYS
    with server(f"sqlite:///{database}", small_disk, keys, port):
        visitor = Visitor(port)
        assert [visitor.report() for _ in range(5)] == [302] * 5
        ballast = fill(small_disk)
        answers = [visitor.report() for _ in range(30)]
        # The journal may have room for a few; then it is said that nothing was stored.
        assert set(answers) <= {302, 503}
        assert answers[-1] == 503
        for address in ("/", "/feedback/", "/search/?q=x", "/readyz"):
            assert visitor.status(address) == 200, address
        ballast.unlink()
        assert wait_until(lambda: visitor.report() == 302)  # Without a restart.
    with contextlib.closing(sqlite3.connect(database)) as opened:
        # Constraints of the tables ask for the functions that Django brings.
        opened.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)))
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        texts = {text for (text,) in opened.execute("SELECT text FROM home_feedbackreport")}
    assert visitor.confirmed <= texts


@pytest.fixture
def postgresql():
    """A server of its own, which may be stopped: (its address, how to control it)."""
    if not os.environ.get("CI"):
        pytest.skip("takes a minute for a database of its own: set CI=1 to run it")
    if PG_BIN is None:
        pytest.skip("no PostgreSQL server: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="civil-affairs-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # It refuses to run as root.
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    port, data = free_port(), folder / "data"

    def control(*arguments: str) -> None:
        subprocess.run(
            [*as_user, str(PG_BIN.parent / "pg_ctl"), "-w", "-D", str(data), *arguments],
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
        )

    initdb = [*as_user, str(PG_BIN), "-D", str(data), "-A", "trust", "-U", "civil", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C.UTF-8"], cwd="/", check=True, stdout=subprocess.DEVNULL)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
    start = ("start", "-l", str(folder / "log"), "-o", options)
    control(*start)
    yield f"postgres://civil@127.0.0.1:{port}/postgres", control, start
    with contextlib.suppress(subprocess.CalledProcessError):
        control("stop", "-m", "immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.one_engine
def test_postgresql_stopped_and_started_again(postgresql, tmp_path):
    import psycopg

    url, control, start = postgresql
    key = Fernet.generate_key().decode()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.marriage.served_settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DATABASE_URL": url,
            "DATA_DIR": str(tmp_path),
            "PERSONAL_DATA_KEYS": key,
        },
        check=True,
        timeout=600,
    )
    port = free_port()
    with server(url, tmp_path, [key], port):
        visitor = Visitor(port)
        assert visitor.report() == 302
        control("stop", "-m", "immediate")  # As if the machine had lost its power.
        assert visitor.status("/healthz") == 200
        assert visitor.status("/readyz") == 503
        assert visitor.report() in (0, 500, 503)
        control(*start)
        assert wait_until(lambda: visitor.status("/readyz") == 200)
        assert visitor.report() == 302
    with psycopg.connect(url) as opened:
        rows = opened.execute("SELECT text FROM home_feedbackreport").fetchall()
    assert visitor.confirmed <= {text for (text,) in rows}


def make_coming_bookings() -> set[int]:
    service = factories.make_asking_service()
    office = factories.make_office(service)
    day = timezone.localdate() + timedelta(days=10)
    slot = factories.make_coming_slot(service, office, date=day, capacity=20)
    made = {
        factories.make_confirmed_booking(slot=slot, people=factories.make_couple()).pk
        for _ in range(5)
    }
    assert len(made) == 5
    return made


def states() -> dict[str, int]:
    found = Booking.objects.values_list("state", flat=True)
    return {state: list(found).count(state) for state in set(found)}


def run_once(data_dir: Path, **environment: str) -> str:
    process = worker(data_dir, "--once", **environment)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return errors


@needs_faketime
def test_a_worker_whose_clock_is_a_month_ahead_and_right_again(tmp_path):
    make_coming_bookings()
    run_once(tmp_path, **at("+30d"))
    # PostgreSQL has a clock of its own; SQLite reads the worker's.
    marked = {"no_show": 5} if connection.vendor == "sqlite" else {"booked": 5}
    assert states() == marked
    assert JobRun.objects.filter(started_at__gt=timezone.now() + timedelta(days=20)).exists()
    errors = run_once(tmp_path)
    assert "last ran in the future" in errors
    assert states() == {"booked": 5}
    assert not JobRun.objects.filter(started_at__gt=timezone.now()).exists()


@needs_faketime
def test_a_worker_whose_clock_is_a_month_behind(tmp_path):
    make_coming_bookings()
    run_once(tmp_path)
    run_once(tmp_path, **at("-30d"))
    run_once(tmp_path)
    assert states() == {"booked": 5}
    assert not JobRun.objects.filter(name__startswith="marriage").exclude(error="").exists()


@needs_faketime
def test_a_clock_that_jumps_under_a_running_worker_is_told_and_judges_nobody(served):
    visitor, _, folder = served
    make_coming_bookings()
    clock, log = folder / "clock", folder / "worker.log"
    clock.write_text("+0")
    environment = at("") | {"FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    del environment["FAKETIME"]
    process = worker(folder, "--interval", "0.2", **environment)
    with log.open("w") as file:
        copying = threading.Thread(target=shutil.copyfileobj, args=(process.stderr, file, 1))
        copying.start()
        try:
            assert wait_until(lambda: visitor.ready()["worker"] == "ok")
            judged = JobRun.objects.filter(name="marriage_no_shows", finished_at__isnull=False)
            assert wait_until(judged.exists)
            jumped = JobRun.objects.filter(name="clock_jump")
            clock.write_text("+30d")
            assert wait_until(lambda: jumped.filter(error__startswith="+").exists())
            assert "future" in visitor.ready()["clock"]
            # A job that runs each minute has run with the new time, those that judge have not.
            assert wait_until(
                lambda: JobRun.objects.filter(
                    name="marriage_holds", started_at__gt=timezone.now() + timedelta(days=20)
                ).exists()
            )
            assert states() == {"booked": 5}
            clock.write_text("+0")
            assert wait_until(lambda: "was set by -" in visitor.ready()["clock"])
        finally:
            process.terminate()
            process.wait(PATIENCE)
            copying.join()
    assert "The clock was set by +" in log.read_text()
    assert states() == {"booked": 5}
