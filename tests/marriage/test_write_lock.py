"""The write lock: bookings wait for the disk, drafts do not."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F

from marriage import write_lock
from marriage.models import Slot
from marriage.write_lock import write_transaction

from .factories import make_coming_slot
from .serving import ROOT

WRITERS, WRITES = 8, 40


def firmness() -> int:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA synchronous").fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("durable", "inside"), [(True, 2), (False, 1)])
def test_only_what_may_be_lost_does_not_wait_for_the_disk(durable, inside):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL is asked by SET LOCAL in the transaction")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    with write_transaction(durable=durable):
        assert firmness() == inside
    assert firmness() == 2
    connection.close()


@pytest.mark.parametrize("settings_module", ["demonstration", "development"])
def test_the_site_itself_runs_with_full_synchronisation(tmp_path, settings_module):
    """Asked of a connection of its own: the tests themselves run without flushes."""
    asked = (
        "import django; django.setup(); from django.db import connection; "
        "print(connection.cursor().execute('PRAGMA synchronous').fetchone()[0])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"civil_affairs.settings.{settings_module}",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'database.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "2"


@pytest.mark.django_db(transaction=True)
def test_writers_are_served_in_the_order_in_which_they_came(monkeypatch):
    """Told by the numbers drawn, so that a slow machine does not matter."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL locks rows, and nobody queues")
    slot = make_coming_slot(capacity=10_000)
    draw, mine, served, start = write_lock._draw, threading.local(), [], threading.Barrier(WRITERS)

    def drawn(file):
        mine.number = draw(file)
        return mine.number

    monkeypatch.setattr(write_lock, "_draw", drawn)

    def write(_):
        start.wait(30)
        try:
            for _ in range(WRITES):
                with write_transaction():
                    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") + 1)
                    served.append(mine.number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert Slot.objects.get(pk=slot.pk).taken == len(served) == WRITERS * WRITES
    assert served == sorted(served)


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_dies_while_waiting_or_writing_holds_nobody_up():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL ends the transactions of a lost connection")
    name = connection.settings_dict["NAME"]
    code = (
        "import os, sys, time; from marriage import write_lock\n"
        "file = os.open(sys.argv[1] + '.turn', os.O_RDWR | os.O_CREAT)\n"
        "write_lock._draw(file); print('drawn', flush=True); time.sleep(60)"
    )
    with write_transaction():
        pass
    others = [
        subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    try:
        for other in others:
            assert other.stdout.readline() == b"drawn\n"
    finally:
        for other in others:
            other.kill()
            other.wait(30)
    done = threading.Event()

    def write():
        with write_transaction():
            done.set()
        connection.close()

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    assert done.wait(20)
    thread.join(20)
