"""For developers: errors in full, static files straight from the sources."""

import os

from .base import *
from .base import DATA_DIR, STORAGES
from .secrets import kept_secret

DEBUG = True
ALLOWED_HOSTS = ["*"]
SECRET_KEY = kept_secret(DATA_DIR, "secret_key")
PERSONAL_DATA_KEYS = [kept_secret(DATA_DIR, "personal_data_key")]
SHOW_TELEPHONE_CODE = os.environ.get("SHOW_TELEPHONE_CODE", "1") == "1"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Templates are read again for each page; a cached page would hide a change in one.
PAGE_CACHE_SECONDS = int(os.environ.get("PAGE_CACHE_SECONDS", "0"))
