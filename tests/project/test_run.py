"""`./run` as a newcomer meets it: it serves, ends cleanly, and says what is in the way."""

import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data_dir: Path, port: int | str, **more: str) -> dict[str, str]:
    own = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    pip = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}
    return {
        **own,
        **pip,
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        "VENV": sys.prefix,
        "PYTHON": sys.executable,
        **more,
    }


def answers(port: int, path: str = "/healthz") -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(condition) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


def processes_of(data_dir: Path) -> list[int]:
    """Processes that were started with this DATA_DIR, whoever their parent is now."""
    mark = f"DATA_DIR={data_dir}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
def test_it_serves_ends_on_ctrl_c_and_on_sigterm_and_changes_nothing_the_second_time(tmp_path):
    port = free_port()
    controller, terminal = pty.openpty()
    log = (tmp_path / "first.log").open("wb")
    first = subprocess.Popen(
        [str(ROOT / "run")],
        env=environment(tmp_path / "data", port),
        stdin=terminal,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        # Ctrl-C reaches a program through its controlling terminal.
        preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
    )
    try:
        assert wait_until(lambda: answers(port) or first.poll() is not None)
        output = (tmp_path / "first.log").read_text()
        assert first.poll() is None, output
        assert "officer" in output
        for path in ("/", "/search/?q=jndd", "/place-names/", "/marriage/"):
            assert answers(port, path), path
        os.write(controller, b"\x03")
        assert first.wait(timeout=60) == 0
    finally:
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)
    assert wait_until(lambda: processes_of(tmp_path / "data") == [])

    second = subprocess.Popen(
        [str(ROOT / "run")],
        env=environment(tmp_path / "data", port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert wait_until(lambda: answers(port) or second.poll() is not None)
        second.send_signal(signal.SIGTERM)
        output, _ = second.communicate(timeout=60)
    finally:
        if second.poll() is None:
            os.killpg(second.pid, signal.SIGKILL)
    assert second.returncode == 0
    assert "正在装入示例数据" not in output
    assert "只显示这一次" not in output
    assert processes_of(tmp_path / "data") == []


def refused(env: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [str(ROOT / "run"), *arguments], env=env, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_taken_port_is_named_with_the_way_round_it(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        message = refused(environment(tmp_path, port))
    assert f"127.0.0.1:{port} cannot be used" in message
    assert "PORT=8001 ./run" in message


@pytest.mark.parametrize(
    ("more", "arguments", "expected"),
    [
        ({"PORT": "http"}, (), "PORT must be a number"),
        ({"HOST": "203.0.113.9"}, (), "is no address of this machine"),
        ({"DATA_DIR": "/proc/nowhere"}, (), "cannot be written"),
        ({}, ("--help",), "Usage: ./run [--dev]"),
    ],
)
def test_what_is_in_the_way_is_said_plainly(tmp_path, more, arguments, expected):
    env = {**environment(tmp_path, free_port()), **more}
    assert expected in refused(env, *arguments)


def fake_python(folder: Path, body: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_an_old_python_is_named(tmp_path):
    fake_python(tmp_path / "bin", "exit 1")
    tools = tmp_path / "bin"
    for tool in ("dirname", "cat", "cksum", "mkdir", "grep"):
        (tools / tool).symlink_to(subprocess.check_output(["which", tool], text=True).strip())
    env = {**environment(tmp_path, free_port()), "PATH": str(tools)}
    del env["PYTHON"]
    assert "Python 3.11 or newer is needed" in refused(env)


def test_a_python_without_venv_is_named_with_the_package_to_install(tmp_path):
    python = fake_python(
        tmp_path / "bin",
        f'case "$*" in *ensurepip*) exit 1 ;; esac\nexec {sys.executable} "$@"',
    )
    message = refused(environment(tmp_path, free_port(), PYTHON=str(python)))
    assert "sudo apt install python3-venv" in message
