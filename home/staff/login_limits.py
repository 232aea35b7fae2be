"""How often passwords may be tried, wherever the site asks for one of an account.

Counted are wrong passwords of the running hour: of one network address for one account, of
one address for all accounts, and for one account from everywhere. The last would let anybody
lock out anybody; so a browser in which somebody has logged in before keeps a signed mark and
is counted by itself ("device cookies" of OWASP): guessers fill the count of the account, and
its owner goes on where she always works.

The count is made before the password is looked at and taken back if it was right, so that
parallel tries do not exceed it.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from home import rate_limits
from home.models import SecuritySettings
from home.visitors import visitor_key

from . import security_log
from .security_log import account_key

COOKIE, SALT = "known_device", "home.known_device"
DEVICE_SECONDS = 180 * 24 * 3600
REFUSED = "试了太多次，请一小时后再试，或者请系统管理员重设密码。"


def remember_device(response: HttpResponse, request: HttpRequest, username: str) -> None:
    """Marks the browser as one in which this account was logged in."""
    response.set_signed_cookie(
        COOKIE,
        f"{account_key(username)}:{get_random_string(12)}",
        salt=SALT,
        max_age=DEVICE_SECONDS,
        path="/admin/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, username: str) -> str:
    """The mark of this browser if it is known for this account, else an empty text."""
    try:
        mark = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=DEVICE_SECONDS)
    except signing.BadSignature:
        return ""
    account, _, device = mark.partition(":")
    return device if account == account_key(username) else ""


@dataclass(frozen=True)
class Try:
    """One try of a password: each (action, who, limit) that it counts for."""

    counts: tuple[tuple[str, str, int], ...]

    @classmethod
    def of(cls, request: HttpRequest, username: str) -> "Try":
        limits = SecuritySettings.load()
        account, address = account_key(username), visitor_key(request)
        if device := known_device(request, username):
            return cls((("login-device", device, limits.wrong_passwords_per_address),))
        return cls(
            (
                ("login", f"{account}:{address}", limits.wrong_passwords_per_address),
                ("login-address", address, limits.wrong_passwords_from_address),
                ("login-account", account, limits.wrong_passwords_per_account),
            )
        )

    def is_allowed(self) -> bool:
        """Counts the try. One that is refused does not use up the other counts: who tries on
        from a blocked address fills the account's no further."""
        with transaction.atomic():
            for number, (action, who, limit) in enumerate(self.counts):
                if rate_limits.hit(action, who) > limit:
                    for before, earlier, _ in self.counts[:number]:
                        rate_limits.release(before, earlier)
                    return False
        return True

    def was_right(self) -> None:
        """Undoes the count and resets it for this browser or address."""
        (action, who, _), *others = self.counts
        with transaction.atomic():
            rate_limits.forget(action, who)
            for other, somebody, _ in others:
                rate_limits.release(other, somebody)


class LimitedModelBackend(ModelBackend):
    """Checks user name and password like Django's, within the limits above.

    As a backend it holds for every form that asks for an account: the admin's, the one of
    private pages, and whatever is added later. Without a request (a command, a test) nothing
    is limited.
    """

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None:
            username = kwargs.get(get_user_model().USERNAME_FIELD)
        if request is None or username is None or password is None:
            return super().authenticate(request, username, password, **kwargs)
        attempt = Try.of(request, username)
        if not attempt.is_allowed():
            request.password_refused = True
            security_log.write("login refused", request, account=account_key(username))
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            attempt.was_right()
        return user
