"""A reader in the child cannot take more than it is given, nor see more than its file."""

import io
import os
import socket
import threading
import time

import pytest
from django.conf import settings

from home import sandbox
from home.sandbox import BrokenFileError, FileRefusedError, LimitExceededError
from home.sandbox.confinement import landlock_version

from . import readers

SMALL = sandbox.Limits(memory=256 << 20, output=4 << 20, scratch=4 << 20)
BRIEF = sandbox.Limits(seconds=1)


@pytest.mark.parametrize("kind", ["bytes", "path", "file"])
def test_values_of_a_copy_of_the_file(tmp_path, kind):
    (tmp_path / "a").write_bytes("海珠 区".encode())
    given = {
        "bytes": b"\xe6\xb5\xb7\xe7\x8f\xa0 \xe5\x8c\xba",
        "path": tmp_path / "a",
        "file": io.BytesIO("海珠 区".encode()),
    }[kind]
    assert sandbox.read_all(readers.words, given, times=2) == ["海珠", "区", "海珠", "区"]


@pytest.mark.parametrize(
    ("reader", "error", "message"),
    [
        (readers.allocate, LimitExceededError, "内存"),
        (readers.flood, LimitExceededError, "内容太多"),
        (readers.fill_the_disk, LimitExceededError, "内容太多"),
        (readers.crash, BrokenFileError, "已损坏"),
        (readers.leave, BrokenFileError, "已损坏"),
        (readers.fail, BrokenFileError, "已损坏"),
        (readers.run_program, BrokenFileError, "已损坏"),
    ],
)
def test_a_reader_that_misbehaves_is_told_in_words(reader, error, message):
    with pytest.raises(error, match=message):
        sandbox.read_all(reader, b"", limits=SMALL)


@pytest.mark.parametrize("reader", [readers.spin, readers.sleep])
def test_a_reader_that_does_not_end_is_ended(reader):
    with pytest.raises(LimitExceededError, match="1秒内没有读完"):
        sandbox.read_all(reader, b"", limits=BRIEF)


def test_what_a_library_prints_is_no_answer():
    assert sandbox.read_all(readers.print_lines, b"") == ["true"]


def test_half_of_a_surrogate_pair_comes_as_a_replacement_character():
    assert sandbox.read_all(readers.odd_letters, b"") == [{"\ufffd": "\ufffd甲\u2028\n"}]


def test_the_log_does_not_quote_the_file(caplog):
    with pytest.raises(BrokenFileError):
        sandbox.read_all(readers.fail, b"")
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


def test_the_child_sees_none_of_our_environment(monkeypatch):
    monkeypatch.setenv("PERSONAL_DATA_KEYS", "secret")
    [seen] = sandbox.read_all(readers.environment, b"")
    assert "secret" not in str(seen)
    assert not set(seen) - {
        *("HOME", "TMPDIR", "LANG", "LC_CTYPE", "PATH", "LD_LIBRARY_PATH", "TZ"),
        *("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"),
    }


def test_who_has_seen_enough_ends_the_child():
    values = sandbox.read(readers.pid, b"")
    child = next(values)
    os.kill(child, 0)
    values.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_callers_own_work_between_values_does_not_count(monkeypatch):
    now, passed = time.monotonic, []
    monkeypatch.setattr("home.sandbox.process.time.monotonic", lambda: now() + 1000 * len(passed))
    for _ in sandbox.read(readers.words, b"a b", times=20_000):
        passed.append(1)
    assert len(passed) == 40_000


def test_many_threads_read_at_once(monkeypatch):
    monkeypatch.setattr("home.sandbox.concurrency.WAIT_SECONDS", 120)
    found = []

    def work(number):
        found.append(sandbox.read_all(readers.words, str(number).encode()))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [[str(number)] for number in range(6)]


@pytest.fixture
def landlock():
    if not landlock_version():
        pytest.skip("This kernel has no Landlock.")


@pytest.mark.parametrize("reader", [readers.open_file, readers.open_in_c])
def test_other_files_are_out_of_reach(landlock, tmp_path, reader):
    secret = tmp_path / "database.sqlite3"
    secret.write_text("hashes")
    for name in (secret, "/etc/passwd", "/proc/self/environ", settings.ROOT / "manage.py"):
        try:
            found = sandbox.read_all(reader, b"", name=str(name))
        except FileRefusedError:
            continue
        assert found == [-1], name


def test_other_hosts_are_out_of_reach():
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(FileRefusedError):
        sandbox.read_all(readers.connect, b"", port=server.getsockname()[1])


def test_other_hosts_are_out_of_reach_of_libraries(landlock):
    if landlock_version() < 4:
        pytest.skip("This kernel's Landlock does not know TCP.")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert sandbox.read_all(readers.connect_in_c, b"", port=server.getsockname()[1]) == [-1]
