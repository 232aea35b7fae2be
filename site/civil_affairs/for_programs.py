"""The short way of a request by a program: no session, account, form or page stands behind it.

What only pages need takes longer than many an answer of the open interfaces.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from home.cache.invalidation import RequestState, request_state

# An answer of data loads nothing and is shown in no frame.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class ShortWayMiddleware:
    """Calls the view of a reading program at once, past all middleware that comes after this one.

    Only an answer with data is taken from there. Pages, errors and whatever a view raises come the
    long way, so they are as they always are: the request then starts again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_for_program(request) and (response := _answer(request)) is not None:
            return response
        return self.get_response(request)


def is_for_program(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and request.path.startswith(settings.PROGRAM_ADDRESSES)
        and "text/html" not in request.headers.get("Accept", "")
        and "f=html" not in request.META.get("QUERY_STRING", "")
        and "\x00" not in request.path
        and "%00" not in request.META.get("QUERY_STRING", "")
    )


def _answer(request: HttpRequest) -> HttpResponse | None:
    """The answer of the view; None where only the long way gives the right one."""
    token = request_state.set(RequestState())
    try:
        request.get_host()  # Refuses names of hosts that are not ours.
        match = resolve(request.path_info)
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
    except Exception:
        return None
    finally:
        request_state.reset(token)
    if response.status_code not in (200, 304) or response.streaming:
        return None
    if response.get("Content-Type", "").startswith("text/html"):
        return None
    response.headers["Content-Length"] = str(len(response.content))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
