"""For the bureau's servers: refuses to start with settings that are wrong, demands HTTPS."""

import os

from .base import *
from .base import (
    ALLOWED_HOSTS,
    CACHES,
    DATABASES,
    MACHINES,
    MESSAGE_GATEWAYS,
    MESSAGE_HTTP_URL,
    PERSONAL_DATA_KEYS,
    PUBLIC_BASE_URL,
    SECRET_KEY,
    SHOW_TELEPHONE_CODE,
)
from .problems import refuse

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]  # Asked within the machine, without a proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

refuse(
    {
        "ALLOWED_HOSTS": ALLOWED_HOSTS,
        "BASE_URL": PUBLIC_BASE_URL,
        "CACHES": CACHES,
        "DATABASES": DATABASES,
        "DATABASE_URL": os.environ.get("DATABASE_URL"),
        "MACHINES": MACHINES,
        "MESSAGE_GATEWAYS": MESSAGE_GATEWAYS,
        "MESSAGE_HTTP_URL": MESSAGE_HTTP_URL,
        "PERSONAL_DATA_KEYS": PERSONAL_DATA_KEYS,
        "SECRET_KEY": SECRET_KEY,
        "SHOW_TELEPHONE_CODE": SHOW_TELEPHONE_CODE,
    }
)
