"""Pages and collections with one password for all: it cannot be tried without end either."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.documents.views.serve import authenticate_with_password as document_password
from wagtail.views import authenticate_with_password as page_password

from home import rate_limits
from home.models import SecuritySettings
from home.visitors import visitor_key


def _limited(view, kind: str):
    @wraps(view)
    def limited(request: HttpRequest, *args: int, **kwargs: int) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        restriction = next(iter((*args, *kwargs.values())))
        counts = (
            (f"{kind}-password", f"{restriction}:{visitor_key(request)}"),
            (f"{kind}-password-in-all", f"{restriction}"),
        )
        limits = SecuritySettings.load()
        allowed = (limits.wrong_passwords_per_address, limits.wrong_passwords_per_account)
        for count, limit in zip(counts, allowed, strict=True):
            if rate_limits.hit(*count) > limit:
                return render(request, "429.html", status=429)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:  # It was right.
            for count in counts:
                rate_limits.release(*count)
        return response

    return limited


authenticate_for_page = _limited(page_password, "page")
authenticate_for_document = _limited(document_password, "document")
