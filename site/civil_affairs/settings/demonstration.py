"""What `./run` serves: as in production, but with secrets made and kept in DATA_DIR."""

import os

from .base import *
from .base import DATA_DIR
from .secrets import kept_secret

ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "*").split(",") if host]
SECRET_KEY = kept_secret(DATA_DIR, "secret_key")
PERSONAL_DATA_KEYS = [kept_secret(DATA_DIR, "personal_data_key")]
# Visitors get no message here, and could not finish a booking without the code.
SHOW_TELEPHONE_CODE = os.environ.get("SHOW_TELEPHONE_CODE", "1") == "1"
# Somebody who only tries the site sends no requests to the government's.
CHECK_OUTSIDE_LINKS = os.environ.get("CHECK_OUTSIDE_LINKS", "0") == "1"
