"""The representations of a name: by suffix, or by the Accept header at its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from home.pages.sitemap import public_url
from place_names.names import addresses
from place_names.open_data.http import json_response, open_data
from place_names.open_data.problems import RequestError

from .citation import TEXT_FORMATS
from .record import record_of
from .representations import JSON_FORMATS

SUFFIXES = (*JSON_FORMATS, *TEXT_FORMATS)
PAGE = "text/html"
BY_MEDIA_TYPE: dict[str, str] = {}
"""The first format of each media type, the most usual type first."""
for _suffix, (_media_type, _) in [*JSON_FORMATS.items(), *TEXT_FORMATS.items()]:
    BY_MEDIA_TYPE.setdefault(_media_type, _suffix)


def preferred(request: HttpRequest) -> str | None:
    """The suffix of the format that a program asks for by Accept; None for people."""
    found = request.get_preferred_type([PAGE, *BY_MEDIA_TYPE])
    return BY_MEDIA_TYPE.get(found or PAGE)


@open_data
def representation(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    if suffix not in SUFFIXES:
        listed = ", ".join(SUFFIXES)
        raise RequestError(f"没有这种格式。有：{listed}。", f"Formats are {listed}.", 404)
    if current := addresses.current_code(code):
        return redirect("place_names:representation", current, suffix, permanent=True)
    base = public_url(request, "/").rstrip("/")
    record = record_of(code, base, timezone.localdate())
    if suffix in JSON_FORMATS:
        media_type, make = JSON_FORMATS[suffix]
        response = json_response(make(record), media_type)
    else:
        media_type, write = TEXT_FORMATS[suffix]
        response = HttpResponse(write(record), f"{media_type}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{code}.{suffix}"'
    response.headers["Link"] = f'<{record.address}>; rel="canonical"'
    return response
