"""For the tests: fast hashing, fixed keys, data in a folder of its own.

The test database is a file, so that several connections and processes share it as they do
in production.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="civil-affairs-test-"))

from .base import *
from .base import CACHES, DATA_DIR, DATABASES, STORAGES

SECRET_KEY = "only-for-tests"
PERSONAL_DATA_KEYS = ["dGVzdC1vbmx5LWtleS10ZXN0LW9ubHkta2V5LXRlc3Q="]
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = CACHES | {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages")
}
# Most tests never commit, so nothing would be invalidated; tests of the cache turn it on.
PAGE_CACHE_SECONDS = 0
TASKS = {
    name: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    for name in ("default", "later")
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATA_DIR).mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
    # Durability costs a disk flush at each commit; tests that need it set it themselves.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
CALENDAR_SECONDS = 0
CHECK_OUTSIDE_LINKS = False
