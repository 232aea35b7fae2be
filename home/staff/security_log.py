"""What an administrator reads after an attack: logins, failures and refusals.

No name, no network address and no password is written: an account is told by its number, or
by a keyed hash of what was typed (which may be a password typed into the wrong field), a
visitor by a hash that changes daily.
"""

import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from home.visitors import visitor_key

logger = logging.getLogger("civil_affairs.security")


def account_key(username: str) -> str:
    """A keyed hash of the name of an account, however it is written."""
    name = get_user_model().normalize_username(username).strip().casefold()
    return salted_hmac("home.account", name, algorithm="sha256").hexdigest()[:24]


def write(event: str, request: HttpRequest | None, **facts: object) -> None:
    if request is not None:
        facts["visitor"] = visitor_key(request)[:12]
    logger.info("%s %s", event, " ".join(f"{name}={value}" for name, value in facts.items()))


def connect() -> None:
    """Listens for logins; called once from HomeConfig.ready."""

    def logged_in(sender, request, user, **kwargs):
        write("login", request, user=user.pk, account=account_key(user.get_username()))

    def logged_out(sender, request, user, **kwargs):
        if user is not None:
            write("logout", request, user=user.pk)

    def failed(sender, credentials, request=None, **kwargs):
        if request is not None and not getattr(request, "password_refused", False):
            name = credentials.get("username") or ""
            write("login failed", request, account=account_key(name))

    for signal, receiver in (
        (user_logged_in, logged_in),
        (user_logged_out, logged_out),
        (user_login_failed, failed),
    ):
        signal.connect(receiver, weak=False, dispatch_uid=f"security_log_{receiver.__name__}")
