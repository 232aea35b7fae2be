"""Telling visitors apart for an hour, without keeping who they are."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac


def visitor_key(request: HttpRequest) -> str:
    """A keyed hash of the network address that changes every day; the address is not kept.

    With `PROXIES_IN_FRONT` = n the n-th address from the end of X-Forwarded-For counts:
    what stands before it can be made up by the visitor.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.PROXIES_IN_FRONT
    if proxies:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = chain[-proxies].strip() if len(chain) >= proxies else address
    day = timezone.localdate().isoformat()
    return salted_hmac("home.visitor", f"{day} {address}").hexdigest()[:24]


def within_limit(request: HttpRequest, action: str, limit: int, seconds: int = 3600) -> bool:
    """Counts one `action` of this visitor; False once there were more than `limit` in the time.

    The time is cut into spans of `seconds`, a day from midnight to midnight here: the count
    begins anew with each.
    """
    key = _counter(request, action, seconds)
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # It was pushed out between the two calls.
        return True
    cache.touch(key, seconds)  # Counting has put the usual, shorter time in its place.
    return count <= limit


def forget_count(request: HttpRequest, action: str, seconds: int = 3600) -> None:
    """Lets this visitor begin anew with `action`."""
    cache.delete(_counter(request, action, seconds))


def _counter(request: HttpRequest, action: str, seconds: int) -> str:
    span = int((time.time() + timezone.localtime().utcoffset().total_seconds()) // seconds)
    digest = salted_hmac(f"home.visitor.{action}", f"{span} {visitor_key(request)}").hexdigest()
    return f"visitor:{digest}"
