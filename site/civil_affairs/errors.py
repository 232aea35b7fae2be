"""Error pages. Those for a wrong host, for 500 and for 503 use no database."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        # Calling `get_host()` would fail again, so this page does without it.
        return render(None, "400_host.html", {"site_url": settings.PUBLIC_BASE_URL}, status=400)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """The address of a form, opened as a page, or the other way round."""
    return render(request, "405.html", status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def service_unavailable() -> HttpResponse:
    """Asks to try again in a minute. The page needs neither the database nor the session."""
    response = render(None, "503.html", status=503)
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent with cookies off, or from a page that was open for too long.

    Other methods than POST, which no form sends, are told that no page takes them.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(("GET", "HEAD", "OPTIONS", "POST"))
    return render(request, "403_csrf.html", status=403)
