"""Validates the settings of a public site.

Rules over a mapping of names to values: the production settings apply them at their end, and
`check --deploy` to the settings that it runs with.
"""

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

OF_ONE_PROCESS = ("FileBasedCache", "LocMemCache", "DummyCache")
"""Cache backends that are not shared between machines."""


def problems(values: dict) -> list[str]:
    """Messages about invalid settings; each begins with the variable to set."""
    found = [
        f"{name}: not set; docs/settings.md says what it must be."
        for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "PERSONAL_DATA_KEYS")
        if not values.get(name)
    ]
    for number, key in enumerate(values.get("PERSONAL_DATA_KEYS") or (), start=1):
        try:
            Fernet(key)
        except (ValueError, TypeError):
            found.append(
                f"PERSONAL_DATA_KEYS: key {number} is no key of cryptography.fernet "
                "(32 bytes in URL-safe base64: 44 signs)."
            )
    if not str(values.get("BASE_URL") or "").startswith("https://"):
        found.append(
            "BASE_URL: must be the public address, https://…: it stands in messages to citizens "
            "and in links for a lost password."
        )
    gateways = values.get("MESSAGE_GATEWAYS") or {}
    if gateways.get("sms") == "console":
        found.append("MESSAGE_SMS: console only prints messages; citizens would get none.")
    if values.get("SHOW_TELEPHONE_CODE"):
        found.append(
            "SHOW_TELEPHONE_CODE: only for demonstrations; with it a booking proves no telephone."
        )
    if "http" in gateways.values() and not values.get("MESSAGE_HTTP_URL"):
        found.append("MESSAGE_HTTP_URL: not set, and messages are to leave by http.")
    if (values.get("MACHINES") or 1) > 1:
        engine = values["DATABASES"]["default"]["ENGINE"]
        if engine.endswith("sqlite3"):
            found.append("DATABASE_URL: several machines need PostgreSQL, SQLite is one file.")
        alone = sorted(
            name
            for name in ("default", "pages")
            if values["CACHES"].get(name, {}).get("BACKEND", "").endswith(OF_ONE_PROCESS)
        )
        if alone:
            found.append(
                "CACHE_URL: several machines need one cache (redis://…): a change would be seen "
                f"on one of them only ({', '.join(alone)})."
            )
    return found


def refuse(values: dict) -> None:
    """Raises ImproperlyConfigured with everything that is wrong, at the end of a settings module."""
    if found := problems(values):
        raise ImproperlyConfigured("\n  ".join(["These settings are wrong:", *found]))
