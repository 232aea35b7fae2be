"""Deployment checks, run at start and by `check --deploy`.

The production settings validate themselves. Whether the keys of personal data decrypt what the
database holds is tested when the web processes and the worker start.
"""

import logging

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from home.personal_data.encryption import DecryptionError, open_samples

from .settings.problems import problems

logger = logging.getLogger("civil_affairs.deployment")

WRONG_KEYS = (
    "PERSONAL_DATA_KEYS: no key opens the personal data of {model}. Give the key that it was "
    "written with (after the newest, separated by a comma); without it nobody reads it again."
)


def refuse_wrong_keys() -> None:
    """Raises ImproperlyConfigured when the keys do not decrypt what the database holds.

    If the database is unreachable or has no tables yet, nothing is raised: the site starts.
    """
    try:
        open_samples()
    except DecryptionError as error:
        raise ImproperlyConfigured(WRONG_KEYS.format(model=error.args[0])) from error
    except DatabaseError as error:
        logger.warning("Keys of personal data not tried: %s", type(error).__name__)


@register(deploy=True)
def check_deployment(app_configs, **kwargs) -> list[Error | Warning]:
    names = ("SECRET_KEY", "ALLOWED_HOSTS", "PERSONAL_DATA_KEYS", "MESSAGE_GATEWAYS", "MACHINES")
    names += ("MESSAGE_HTTP_URL", "DATABASES", "CACHES", "SHOW_TELEPHONE_CODE")
    values = {name: getattr(settings, name) for name in names}
    values |= {"BASE_URL": settings.PUBLIC_BASE_URL, "DATABASE_URL": True}
    found = [Error(text, id="civil_affairs.E001") for text in problems(values)]
    try:
        refuse_wrong_keys()
    except (ImproperlyConfigured, ValueError) as error:
        found.append(Error(str(error), id="civil_affairs.E002"))
    if settings.MESSAGE_GATEWAYS["mail"] == "console":
        text = "MESSAGE_MAIL: console only prints messages; who left a mail address gets none."
        found.append(Warning(text, id="civil_affairs.W001"))
    return found
