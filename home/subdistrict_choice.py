"""The subdistrict that a visitor chose as their own: a cookie, and nothing else.

The cookie holds the code alone. It is stored and logged nowhere, and used only to put first what
serves that subdistrict. Whoever reads it is marked on the request, so that the page cache
(`home.cache.page_cache`) knows that the page depends on it: cached is only what those see who
chose none.
"""

import re

from django.http import HttpRequest

COOKIE = "subdistrict"
CODE = re.compile(r"[0-9]{9}")


def has_chosen(request: HttpRequest) -> bool:
    return COOKIE in request.COOKIES


def chosen_code(request: HttpRequest | None) -> str:
    """The 9-digit code in the cookie, which may be that of no subdistrict; empty without one."""
    if request is None:
        return ""
    request.reads_subdistrict = True
    code = request.COOKIES.get(COOKIE, "")
    return code if CODE.fullmatch(code) else ""


def was_read(request: HttpRequest) -> bool:
    """Whether the response to the request depends on the choice."""
    return getattr(request, "reads_subdistrict", False)
