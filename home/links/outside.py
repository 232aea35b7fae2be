"""Whether links to other sites still lead somewhere.

Asked with one short request each, several at a time, so that the worker is held up for a minute at
worst. Only addresses that the public can reach are asked: an editor's link must not let this machine
ask others of its own network.
"""

import ipaddress
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 10
AT_ONCE = 8
UNREACHABLE = "打不开"
NOT_PUBLIC = "内网地址，公众打不开"


class _NotPublicError(Exception):
    pass


class _PublicOnly(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        _refuse_private(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_private(link: str) -> None:
    """Raises _NotPublicError, or OSError where the name is not known."""
    host = urlsplit(link).hostname or ""
    for *_kind, found in socket.getaddrinfo(host, None):
        address = ipaddress.ip_address(found[0].partition("%")[0])
        if not (getattr(address, "ipv4_mapped", None) or address).is_global:
            raise _NotPublicError


def answer_outside(link: str) -> str:
    """The response of another site: the problem in words, empty if there is none."""
    try:
        _refuse_private(link)
        # Only http and https come here (`checker.links_in`).
        request = Request(link, method="HEAD", headers={"User-Agent": "link-check"})  # noqa: S310
        with build_opener(_PublicOnly).open(request, timeout=SECONDS):
            return ""
    except _NotPublicError:
        return NOT_PUBLIC
    except HTTPError as error:
        # Many sites refuse HEAD or programs altogether: that is no dead link.
        return f"{error.code}" if error.code in (404, 410) else ""
    except (URLError, OSError, ValueError):
        return UNREACHABLE


def answers_outside(links: Iterable[str]) -> dict[str, str] | None:
    """{link: the problem, or an empty text}; None where nothing can be reached from here.

    Some machines may not ask other sites at all. That shows in the first few, which all stay
    unanswered; the others are then not asked.
    """
    ordered, answers = sorted(set(links)), {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            answers.update(zip(some, pool.map(answer_outside, some), strict=True))
            if all(answer == UNREACHABLE for answer in answers.values()):
                return None
    return answers
