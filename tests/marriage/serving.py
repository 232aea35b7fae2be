"""The real server on a database of the caller's, as ./run serves it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url(connection) -> str:
    """The address of the database that `connection` is using."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return (
        f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST'] or 'localhost'}"
        f":{given['PORT'] or 5432}/{given['NAME']}"
    )


@contextlib.contextmanager
def server(database: str, data_dir: Path, keys: list[str], port: int, **environment):
    """gunicorn with two processes and its own process group. Yields the process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--log-level", "error"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.marriage.served_settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DATABASE_URL": database,
            "DATA_DIR": str(data_dir),
            "PERSONAL_DATA_KEYS": ",".join(keys),
            "PORT": str(port),
            "HOST": "127.0.0.1",
            **environment,
        },
        start_new_session=True,
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                if urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    break
            if process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.1)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def kill(process) -> None:
    """kill -9 of the server and all its workers at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
