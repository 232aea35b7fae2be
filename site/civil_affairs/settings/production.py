"""For the bureau's servers: secrets and the database must be given, HTTPS is required."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import ALLOWED_HOSTS, PERSONAL_DATA_KEYS, SECRET_KEY

for name, value in {
    "SECRET_KEY": SECRET_KEY,
    "ALLOWED_HOSTS": ALLOWED_HOSTS,
    "DATABASE_URL": os.environ.get("DATABASE_URL"),
    "PERSONAL_DATA_KEYS": PERSONAL_DATA_KEYS,
}.items():
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; docs/settings.md says what it must be.")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]  # Asked within the machine, without a proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
