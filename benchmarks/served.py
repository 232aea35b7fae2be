"""The site as `./run` serves it, on a free port and data of its own, for a measurement."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Address(str):
    """The address of a server, and how long its processes have worked."""

    def __new__(cls, address: str, pid: int):
        made = super().__new__(cls, address)
        made.pid = pid
        return made

    def processor(self) -> float:
        """Seconds of processor time of the server and its workers so far (Linux)."""
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:  # It has ended.
                continue
            if self.pid in (int(path.parent.name), int(fields[1])):
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(*arguments: str, env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)


@contextmanager
def stock_served(size: int):
    """A stock Wagtail with one page of about `size` bytes at /guide/, on two processes."""
    port = free_port()
    with tempfile.TemporaryDirectory() as data_dir:
        env = {
            **os.environ,
            "DATA_DIR": data_dir,
            "DJANGO_SETTINGS_MODULE": "stock.settings",
            "PYTHONPATH": str(ROOT / "benchmarks"),
        }
        subprocess.run(
            [sys.executable, "-m", "django", "make_stock_page", str(size)], env=env, check=True
        )
        command = [
            *(sys.executable, "-m", "gunicorn", "stock.wsgi", "--config", "/dev/null"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--worker-class", "gthread"),
            *("--threads", "4", "--preload", "--log-level", "error"),
        ]
        with running(command, port, env, cwd=ROOT / "benchmarks"):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    command: list[str], port: int, env: dict[str, str], cwd: Path, ready="/healthz", output=None
):
    """A server that has answered at the address `ready`; ended afterwards. `output` is as for Popen."""
    server = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)
    try:
        for _ in range(1200):
            if server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def served(data_dir: str | None = None, **environment: str):
    """Prepares the demonstration, starts gunicorn on two processes, gives its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as own:
        env = {
            **os.environ,
            "DATA_DIR": data_dir or own,
            "PORT": str(port),
            "HOST": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "civil_affairs.settings.demonstration",
            **environment,
        }
        manage("prepare", env=env)
        command = [sys.executable, "-m", "gunicorn", "--log-level", "error"]
        with running(command, port, env, cwd=ROOT) as server:
            yield Address(f"http://127.0.0.1:{port}", server.pid)
