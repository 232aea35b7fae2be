"""Telling visitors apart for an hour, without keeping who they are."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home import rate_limits
from home.brief_writes import try_briefly

IPV6_NETWORK = 64
"""Bits of an IPv6 address that name a household or an office; it chooses the rest itself
(RFC 6177, RFC 8981)."""


def visitor_key(request: HttpRequest) -> str:
    """A keyed hash of the network address that changes every day; the address is not kept.

    With `PROXIES_IN_FRONT` = n the n-th address from the end of X-Forwarded-For counts:
    what stands before it can be made up by the visitor. Of an IPv6 address the network counts.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.PROXIES_IN_FRONT
    if proxies:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = chain[-proxies].strip() if len(chain) >= proxies else address
    day = timezone.localdate().isoformat()
    return salted_hmac("home.visitor", f"{day} {network(address)}").hexdigest()[:24]


def network(address: str) -> str:
    """What counts as one visitor: an IPv4 address, the /64 of an IPv6 address, however written.

    Some proxies add the port. What is no address counts as it is.
    """
    text = address.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))


def is_at_limit(request: HttpRequest, action: str, limit: int, seconds: int = 3600) -> bool:
    """Whether one more `action` of this visitor would be too many; counts nothing."""
    return rate_limits.hits((action, visitor_key(request)), seconds=seconds)[0] >= limit


def release(request: HttpRequest, action: str, seconds: int = 3600) -> None:
    """Takes back one count of `within_limit`: the action was none."""
    try_briefly(lambda: rate_limits.release(action, visitor_key(request), seconds))


def within_limit(request: HttpRequest, action: str, limit: int, seconds: int = 3600) -> bool:
    """Counts one `action` of this visitor; False once there were more than `limit` in the span.

    A database too busy to count lets the visitor through.
    """
    counted = []
    try_briefly(lambda: counted.append(rate_limits.hit(action, visitor_key(request), seconds)))
    return not counted or counted[0] <= limit
