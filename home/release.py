"""Which release of the site runs here, so that no page made by another one is shown."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("guides", "home", "marriage", "place_names", "search", "site", "static")
MAKES_PAGES = {".py", ".html", ".css", ".js", ".svg", ".txt"}


def fingerprint(root: Path) -> str:
    """A word for what makes the pages: the code, templates, styles and pinned packages."""
    digest = hashlib.blake2b(digest_size=6)
    paths = [root / "requirements.txt"]
    for folder in FOLDERS:
        paths += sorted(p for p in (root / folder).rglob("*") if p.suffix in MAKES_PAGES)
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


@cache
def running_release() -> str:
    """The release that this process was started with, whatever is put on the disk later."""
    return fingerprint(settings.ROOT)
