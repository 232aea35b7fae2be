"""As ./run serves, but with the keys of the caller and static files from their sources."""

import os

from civil_affairs.settings.demonstration import *  # noqa: F403
from civil_affairs.settings.demonstration import STORAGES

PERSONAL_DATA_KEYS = os.environ["PERSONAL_DATA_KEYS"].split(",")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
