"""The representations of a name and of a subdistrict."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from home.pages.sitemap import public_url
from place_names.names import addresses
from place_names.open_data.http import open_data

from . import subdistricts
from .citation import TEXT_FORMATS
from .formats import Formats
from .record import record_of
from .representations import JSON_FORMATS

OF_PLACE = Formats(JSON_FORMATS, TEXT_FORMATS)
OF_SUBDISTRICT = subdistricts.FORMATS


@open_data
def representation(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    OF_PLACE.check(suffix)
    if current := addresses.current_code(code):
        return redirect("place_names:representation", current, suffix, permanent=True)
    return OF_PLACE.response(record_of(code, _base(request), timezone.localdate()), suffix)


@open_data
def subdistrict(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    OF_SUBDISTRICT.check(suffix)
    record = subdistricts.subdistrict_record(code, _base(request))
    return OF_SUBDISTRICT.response(record, suffix)


def _base(request: HttpRequest) -> str:
    return public_url(request, "/").rstrip("/")
