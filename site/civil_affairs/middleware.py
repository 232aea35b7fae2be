"""Middleware of the project."""

import logging

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from home import rate_limits
from home.brief_writes import UNAVAILABLE
from home.sandbox import BusyError
from place_names.open_data.problems import RequestError

from . import health
from .errors import bad_request, method_not_allowed, service_unavailable

logger = logging.getLogger("civil_affairs.database")

# Only the list of service places asks for the position, which stays in the browser.
PERMISSIONS_POLICY = "geolocation=(self), " + ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)


class HealthCheckMiddleware:
    """Answers `/healthz` and `/readyz` with any Host header.

    Monitors and load balancers use the IP address, which is not among ALLOWED_HOSTS. The
    response does not depend on the request, so this is safe.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = health.CHECKS.get(request.path)
        if view is None:
            return self.get_response(request)
        response = view(request)
        # CommonMiddleware is not reached; without a length gunicorn sends chunks.
        response.headers["Content-Length"] = str(len(response.content))
        return response


class PermissionsPolicyMiddleware:
    """Turns off the browser features that no page of the site uses, on cached pages too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class RetryAfterMiddleware:
    """Says with every 429 when to ask again: as the hour's count ends, unless a view says otherwise."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(rate_limits.seconds_left()))
        return response


HEADERS_OF_A_BODY = {"Content-Language", "Content-Length", "ETag", "Last-Modified"}


def _for_programs(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An error page as a problem document, where nobody reads pages."""
    is_page = response.get("Content-Type", "").startswith("text/html")
    if (
        settings.DEBUG
        or response.status_code < 400
        or not is_page
        or not request.path.startswith(settings.PROGRAM_ADDRESSES)
    ):
        return response
    problem = RequestError(
        "请求没有成功，原因见标题。", "The request failed as the title says.", response.status_code
    ).response()
    for name, value in response.items():
        if name not in HEADERS_OF_A_BODY:
            problem.headers.setdefault(name, value)
    return problem


class OpenDataMiddleware:
    """Lets scripts on any site read the open data, errors included, and answers their preflight.

    Browsers send no cookies with such requests, so nothing is read that is not public.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.OPEN_DATA_ADDRESSES):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = (
                "Accept, Content-Type, If-None-Match, If-Range, Range"
            )
            response.headers["Access-Control-Max-Age"] = "86400"
        else:
            response = _for_programs(request, self.get_response(request))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = (
            "Accept-Ranges, Content-Crs, Content-Disposition, Content-Range, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
        )
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """A strict policy for public pages, a looser one where a library writes inline scripts."""

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        inline = request.path.startswith(settings.INLINE_SCRIPT_ADDRESSES)
        before_login = request.path.startswith(settings.ADMIN_ADDRESSES_BEFORE_LOGIN)
        if inline and not before_login and not report_only:
            parts.config = settings.INLINE_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts


class RejectUnreadableAddressMiddleware:
    """Answers 400 to a URL with a NUL character, which PostgreSQL would reject with an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any(
            "\x00" in text for key, values in request.GET.lists() for text in (key, *values)
        ):
            return bad_request(request)
        return self.get_response(request)


METHODS_OF_PAGES = ("GET", "HEAD", "OPTIONS", "POST")


class MethodNotAllowedMiddleware:
    """A page that helps in place of an empty 405, where a person opened the address of a form.

    No page takes another method than METHODS_OF_PAGES; views without a token answer for themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_empty = response.status_code == 405 and not response.content
        if not is_empty or "text/html" not in request.headers.get("Accept", ""):
            return response
        page = method_not_allowed(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if request.method in METHODS_OF_PAGES or getattr(view, "csrf_exempt", False):
            return None
        return HttpResponseNotAllowed(METHODS_OF_PAGES)


class DatabaseUnavailableMiddleware:
    """Answers 503 to a view that the database keeps waiting too long, or that finds it away; to
    one that reads a file while too many others do, too.

    Views that can do more, such as keeping what was typed in a form, catch the error themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, BusyError):
            logger.warning("A file was not read: too many are being read")
            return service_unavailable()
        if not isinstance(exception, UNAVAILABLE):
            return None
        # The type only: the text of an error may hold what a visitor typed.
        logger.error("The database was unavailable: %s", type(exception).__name__)
        return service_unavailable()
