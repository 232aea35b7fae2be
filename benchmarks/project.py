"""The project in the process of a measurement that needs no server."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def set_up(settings: str = "demonstration") -> None:
    """Django with these settings, unless the environment names others."""
    import django

    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"civil_affairs.settings.{settings}")
    django.setup()


def set_up_alone() -> tempfile.TemporaryDirectory:
    """Django on a database of its own: BENCHMARK_DATABASE_URL, or a file in the temporary folder
    that is given back and gone when nobody holds it."""
    folder = tempfile.TemporaryDirectory(prefix="benchmark-")
    address = os.environ.get("BENCHMARK_DATABASE_URL", f"sqlite:///{folder.name}/names.sqlite3")
    os.environ |= {"DATA_DIR": folder.name, "DATABASE_URL": address}
    os.environ["DJANGO_SETTINGS_MODULE"] = "civil_affairs.settings.test"
    set_up()
    return folder
