"""The release that runs here: part of the key of a cached page."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("demonstration", "guides", "home", "marriage", "place_names", "search", "site", "static")
SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".txt"}


def fingerprint(root: Path) -> str:
    """A hash of what pages are made with: code, templates, styles and pinned packages."""
    digest = hashlib.blake2b(digest_size=6)
    paths = [root / "requirements.txt"]
    for folder in FOLDERS:
        paths += sorted(p for p in (root / folder).rglob("*") if p.suffix in SUFFIXES)
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


@cache
def running_release() -> str:
    """The release this process was started with, even if files have been replaced since.

    During a deployment processes of two releases share one cache; neither may serve a page of
    the other.
    """
    return fingerprint(settings.ROOT)
