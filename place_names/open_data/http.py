"""What every open interface does with HTTP: methods, formats, validators, problem documents."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from home.cache.invalidation import content_version
from home.cache.release import running_release
from home.display_settings import views_shown

from .problems import RequestError

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"


def open_data(view: Callable[..., HttpResponse]):
    """A view for reading: says 304 as long as nothing has changed, and problems as documents."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return method_not_allowed("GET")
        try:
            return unless_current(request, lambda: view(request, *args, **kwargs))
        except RequestError as problem:
            return problem.response()

    wrapper.csrf_exempt = True  # Nothing is changed here; another method gets its own answer.
    return wrapper


def unless_current(
    request: HttpRequest, answer: Callable[[], HttpResponse], *state: str
) -> HttpResponse:
    """The answer with its ETag; 304 to whoever has it already, without making it again.

    `state` is what else than the content, the program, the question and the day it depends on.
    """
    tag = entity_tag(request, *state)
    known = [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponseNotModified() if tag in known else answer()
    if response.status_code == 200 and "*" in known:
        response = HttpResponseNotModified()
    if response.status_code in (200, 304):
        response.headers.setdefault("ETag", tag)  # A file has one of its own.
    response.headers.setdefault("Cache-Control", "no-cache")
    is_page = response.get("Content-Type", "").startswith(HTML)
    patch_vary_headers(response, ["Accept", "Cookie"] if is_page else ["Accept"])
    return response


def method_not_allowed(*methods: str) -> HttpResponse:
    listed = ", ".join(methods)
    problem = RequestError(f"只支持{listed}。", f"Only {listed} is supported.", 405)
    response = problem.response()
    also = ("HEAD", "OPTIONS") if "GET" in methods else ("OPTIONS",)
    response.headers["Allow"] = ", ".join((*methods, *also))
    return response


def entity_tag(request: HttpRequest, *state: str) -> str:
    """The same as long as neither the content nor the program nor the question has changed, on
    one day: states of policies change at midnight."""
    parts = (
        content_version(),
        running_release(),
        str(timezone.localdate()),
        request.build_absolute_uri(),
        request.headers.get("Accept", ""),
        *(name for name, is_on in views_shown(request).items() if is_on),
        *state,
    )
    return f'W/"{hashlib.blake2b(chr(0).join(parts).encode(), digest_size=12).hexdigest()}"'


def chosen_format(request: HttpRequest, formats: Sequence[tuple[str, str]]) -> str:
    """The short name of the format: `?f=`, else what Accept prefers, else the first.

    `formats` are (short name, media type), the usual one first. Raises RequestError.
    """
    asked = request.GET.get("f")
    names = [name for name, _ in formats]
    if asked is not None:
        if asked not in names:
            listed = ", ".join(dict.fromkeys(names))
            raise RequestError(
                f"没有这种格式。f可以是：{listed}。",
                f"There is no such format; f may be {listed}.",
                parameter="f",
            )
        return asked
    preferred = request.get_preferred_type([media for _, media in formats])
    return next((name for name, media in formats if media == preferred), names[0])


def json_response(data: object, media_type: str = JSON, status: int = 200) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, media_type, status)
