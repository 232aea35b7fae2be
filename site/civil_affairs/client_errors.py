"""Answers invalid requests with 400 and a page where a view would raise and answer 500.

Our own views validate their input. Django passes some invalid values on to the database, and
Wagtail's views assume that the fields of their forms are present.
"""

import itertools
import json
import logging
import traceback
from pathlib import Path

import draftjs_exporter
import wagtail
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError

from .errors import bad_request

logger = logging.getLogger("civil_affairs.client_errors")

WAGTAIL = Path(wagtail.__file__).parent
CHOOSER = WAGTAIL / "admin" / "views" / "generic" / "chooser.py"
# What reads the texts of the editor, which are JSON with blocks.
JSON_READERS = {Path(json.decoder.__file__), Path(json.__file__)}
BLOCK_READER = Path(draftjs_exporter.__file__).parent
PAGE_CHOOSER = WAGTAIL / "admin" / "views" / "chooser.py"


class ClientErrorMiddleware:
    """Answers 400 to an exception that the request alone has caused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_clients_fault(request, exception):
            return None
        frame = _innermost(exception)
        logger.warning(
            "%s at %s:%s, answered with 400",
            type(exception).__name__,
            frame.filename,
            frame.lineno,
        )
        return bad_request(request)


def is_clients_fault(request: HttpRequest, exception: Exception) -> bool:
    """Whether the request lacks a field or holds a value that no database can store.

    Every other exception remains a server error: only the cases named here count.
    """
    if isinstance(exception, MultiValueDictKeyError | OverflowError | DataError):
        return True
    if isinstance(exception, UnicodeEncodeError):
        # Half a surrogate pair, which JSON may spell: no encoding of ours, no database has it.
        return exception.reason == "surrogates not allowed"
    if not request.path.startswith("/admin/"):
        return False
    if isinstance(exception, ValueError) and "expected a number but got" in str(exception):
        return True
    if isinstance(exception, NoReverseMatch):  # Choosers build links from their parameters.
        return request.method == "GET" and bool(request.GET)
    place = Path(_innermost(exception).filename)
    if place == PAGE_CHOOSER and isinstance(exception, AttributeError):
        return request.method == "GET" and bool(request.GET)  # The root has no page above it.
    if request.method == "POST" and _is_text_of_no_editor(exception):
        return True
    if request.method != "POST" or not isinstance(exception, AttributeError | KeyError):
        return False
    if place == CHOOSER:  # Creating what has no form for it.
        return True
    fields = set(request.POST) - {"csrfmiddlewaretoken"}
    return place.is_relative_to(WAGTAIL) and not fields and not request.FILES


def _is_text_of_no_editor(exception: Exception) -> bool:
    """Whether Wagtail could not read a text as JSON with blocks. Writing JSON may fail too, and
    our own code reads and draws blocks: such an error is ours."""
    places = [Path(frame.filename) for frame in traceback.extract_tb(exception.__traceback__)]
    if places[-1] in JSON_READERS:
        readers = {json.JSONDecodeError, ValueError, RecursionError}
        caller = next((one for one in reversed(places) if one not in JSON_READERS), None)
        return type(exception) in readers and caller is not None and WAGTAIL in caller.parents
    if BLOCK_READER not in places[-1].parents:
        return False
    within = itertools.dropwhile(lambda one: BLOCK_READER not in one.parents, places)
    return isinstance(exception, TypeError | LookupError | AttributeError) and all(
        BLOCK_READER in one.parents for one in within
    )


def _innermost(exception: Exception) -> traceback.FrameSummary:
    return traceback.extract_tb(exception.__traceback__)[-1]
