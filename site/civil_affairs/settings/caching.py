"""`CACHES` from the one setting CACHE_URL."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

MAX_SERVER_SECONDS = 0.5
"""Timeout for the cache server, after which a page is rendered without the cache."""


def caches(url: str, data_dir: Path) -> dict[str, dict]:
    """Two caches at `url`, and one in memory for what Wagtail looks up for each picture.

    `url` is `redis://host:port/database` (`rediss://` with TLS; Valkey speaks the same), or
    `file:///folder`; empty for files in `data_dir`. Raises ValueError for anything else.
    Whole pages are apart from the rest, so that however many are cached nothing else is evicted.
    """
    parts = urlsplit(url)
    if parts.scheme in ("redis", "rediss"):
        server = {
            "BACKEND": "home.cache.backends.ServerCache",
            "LOCATION": url,
            "OPTIONS": {
                "socket_timeout": MAX_SERVER_SECONDS,
                "socket_connect_timeout": MAX_SERVER_SECONDS,
            },
        }
        default = {**server, "KEY_PREFIX": "civil-affairs"}
        pages = {**server, "KEY_PREFIX": "civil-affairs-pages"}
    elif not url or (parts.scheme == "file" and parts.path and not parts.netloc):
        folder = Path(unquote(parts.path)) if url else data_dir / "cache"
        files = {"BACKEND": "home.cache.backends.FileCache"}
        default = {**files, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": 5000}}
        # Beyond the limit every third is dropped.
        pages = {**files, "LOCATION": folder / "pages", "OPTIONS": {"MAX_ENTRIES": 4000}}
    else:
        raise ValueError(f"CACHE_URL must be redis://…, rediss://… or file:///folder, not {url!r}.")
    return {
        "default": {**default, "TIMEOUT": 600},
        "pages": pages,
        # Wagtail looks up each size of a picture here, and writes it back each time.
        "renditions": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "renditions",
            "KEY_FUNCTION": "home.cache.invalidation.versioned_key",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        },
    }
