"""Dated files of all public names, written once for each version and kept for a while.

They are in DATA_DIR/downloads/<version>/, with a description that has the size and the SHA-256
of each. A folder is renamed into its place only when it is complete.
"""

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from place_names.models import RegisterSettings

from . import edition as editions
from .formats import FORMATS, Format, data_package, resource
from .selection import Selection, listing

DESCRIPTION = "datapackage.json"
VERSION = re.compile(r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.[0-9]{6}-[0-9]+")


@dataclass(frozen=True)
class Snapshot:
    version: str
    description: dict

    @property
    def files(self) -> dict[str, dict]:
        """What is known of each file, by its name."""
        return {each["path"]: each for each in self.description["resources"]}


def folder() -> Path:
    return Path(settings.DATA_DIR) / "downloads"


def make(base: str) -> Snapshot:
    """The snapshot of the register as it is, written unless it is there; older ones are pruned.

    `base` is the address of the site, which stands in the Linked Places file.
    """
    edition = editions.current(base)
    if (found := get(edition.version)) is None:
        unfinished = folder() / f".{edition.version}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        whole = Selection(listing.Asked(), None)
        files = [_write(unfinished, each, whole, edition) for each in FORMATS.values()]
        text = json.dumps(data_package(edition, files), ensure_ascii=False, indent=1)
        (unfinished / DESCRIPTION).write_text(text, encoding="utf-8")
        unfinished.rename(folder() / edition.version)
        found = get(edition.version)
        if found is None:
            raise FileNotFoundError(edition.version)
    prune(RegisterSettings.load().snapshots_kept)
    return found


def _write(into: Path, of: Format, whole: Selection, edition: editions.Edition) -> dict:
    digest, size = hashlib.sha256(), 0
    with (into / of.file_name).open("wb") as file:
        for block in of.write(whole.rows(), edition):
            file.write(block)
            digest.update(block)
            size += len(block)
    return resource(of, bytes=size, hash=f"sha256:{digest.hexdigest()}")


def get(version: str) -> Snapshot | None:
    """A snapshot that is there and whole; None otherwise."""
    if not VERSION.fullmatch(version):
        return None
    try:
        text = (folder() / version / DESCRIPTION).read_text(encoding="utf-8")
        return Snapshot(version, json.loads(text))
    except (OSError, ValueError):
        return None


def versions() -> list[str]:
    """The versions that can be had, the newest first."""
    try:
        names = [path.name for path in folder().iterdir() if VERSION.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(names, reverse=True)


@dataclass(frozen=True)
class KeptFile:
    """A file of a snapshot; `hash` is its SHA-256, empty for the description."""

    path: Path
    hash: str


def file_of(version: str, file_name: str) -> KeptFile | None:
    """The file of a snapshot; None unless it is one of those that were described."""
    found = get(version)
    if found is None or file_name not in {*found.files, DESCRIPTION}:
        return None
    path = folder() / version / file_name
    known = str(found.files.get(file_name, {}).get("hash", "")).removeprefix("sha256:")
    return KeptFile(path, known) if path.is_file() else None


def prune(kept: int) -> None:
    for version in versions()[kept:]:
        shutil.rmtree(folder() / version, ignore_errors=True)


def make_tonight() -> None:
    """The daily job: a snapshot of what has changed since the last one."""
    make(settings.WAGTAILADMIN_BASE_URL.rstrip("/"))
