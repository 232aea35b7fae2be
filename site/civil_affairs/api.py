"""The public interface for programs, version 1: one router an app."""

import re
from collections.abc import Callable
from functools import cache, wraps

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from guides.api.router import router as guides
from place_names.api import router as place_names
from place_names.open_data.http import method_not_allowed, unless_current
from place_names.open_data.json_text import read_json
from place_names.open_data.parameters import misspelt, what_is_right
from place_names.open_data.problems import PROBLEM_TYPE, RequestError, shown
from place_names.views.found import HITS_MAY_LAG


class Problem(Schema):
    """A problem document (RFC 9457), in Chinese and English."""

    type: str
    title: str
    status: int
    detail: str
    detail_zh: str
    detail_en: str
    parameter: str = ""


def _takes_head(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What answers GET answers HEAD (RFC 9110, 9.1); the server sends no body."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "HEAD":
            return view(request, *args, **kwargs)
        request.method = "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = "HEAD"

    return answer


def _refuses_repeated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A parameter that is given twice is refused: whichever of the two was read, who asked would
    not know it. No parameter of the interface is a list of repeated ones."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        name = next((name for name, given in request.GET.lists() if len(given) > 1), "")
        if name:
            zh, en = f"参数{shown(name)}只能给一次。", f"Parameter {shown(name)} may be given once."
            return RequestError(zh, en, 400, shown(name)).response()
        return view(request, *args, **kwargs)

    return answer


@cache
def _described() -> dict[tuple[str, str], dict[str, dict]]:
    """The schemas of the parameters of a query that the description lists, by path and method."""
    return {
        (path, method): {
            each["name"]: each["schema"]
            for each in operation.get("parameters", ())
            if each["in"] == "query"
        }
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method, operation in operations.items()
    }


def _refuses_undescribed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A parameter that the description does not list is refused: who misspells a filter would
    take everything for what the filter found. So is a number or a day that is not written as one.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", request.resolver_match.route)
        known = _described().get((path, request.method.lower())) if request.GET else None
        name = (
            next((name for name in request.GET if name not in known), "")
            if known is not None
            else ""
        )
        if name:
            listed = ", ".join(known)
            zh = f"没有参数“{shown(name)}”。" + (f"可用的有：{listed}。" if known else "")
            en = f'There is no parameter "{shown(name)}"' + (
                f"; there are {listed}." if known else "."
            )
            return RequestError(zh, en, parameter=shown(name)).response()
        for name, text in request.GET.items() if known else ():
            if right := misspelt(known[name], text):
                return _wrong(name, *right).response()
        return view(request, *args, **kwargs)

    return answer


def _wrong(name: str, chinese: str, english: str) -> RequestError:
    return RequestError(f"参数{name}有误：{chinese}。", f"Parameter {name}: {english}.", 422, name)


def _tagged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An answer to GET has an ETag, and 304 goes to whoever has it, as in all open interfaces."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        # A search server hears of a change a little later.
        minute = f"{timezone.now():%H:%M}" if HITS_MAY_LAG else ""
        return unless_current(request, lambda: view(request, *args, **kwargs), minute)

    return answer


def _only_reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the description, which nobody writes to."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return (
            method_not_allowed("GET") if request.method != "GET" else view(request, *args, **kwargs)
        )

    answer.csrf_exempt = True  # Another method gets its own answer.
    return answer


def _says_what_is_allowed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Another method than those there are: a problem document, as every error."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            return method_not_allowed(*sorted(response["Allow"].split(", ")))
        return response

    return answer


class PublicAPI(NinjaAPI):
    """Describes problem documents among its schemas; every error is one."""

    @property
    def urls(self):
        patterns, app, namespace = super().urls
        for pattern in patterns:
            view = _refuses_repeated(_refuses_undescribed(pattern.callback))
            if pattern.name in ("openapi-json", "openapi-view", "api-root"):
                view = _only_reads(view)
            pattern.callback = _says_what_is_allowed(_tagged(_takes_head(view)))
        return patterns, app, namespace

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        schemas = schema["components"].setdefault("schemas", {})
        schemas["Problem"] = Problem.json_schema()
        for path, operations in schema["paths"].items():
            for operation in operations.values():
                _describe_errors(path, operation)
            if "get" in operations:
                operations["get"]["responses"][304] = NOT_MODIFIED
        return schema


PROBLEM = {"content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
NOT_MODIFIED = {"description": "与If-None-Match所给的ETag相同，没有变动"}
RATE_LIMIT_HEADERS = {
    "RateLimit-Policy": {
        "description": '每个时段的请求数，例如 "requests";q=1200;w=60',
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": '本时段还剩多少次、还有几秒，例如 "requests";r=1190;t=42',
        "schema": {"type": "string"},
    },
}


def _describe_errors(path: str, operation: dict) -> None:
    """Every error is a problem document, and every answer says what is left of the quota."""
    responses = operation["responses"]
    responses.setdefault(400, {"description": "请求有误，说明怎样才对"} | PROBLEM)
    responses.setdefault(414, {"description": "地址太长"})
    responses.setdefault(422, {"description": "参数有误，说明怎样才对"} | PROBLEM)
    responses.setdefault(429, {"description": "请求过于频繁"} | PROBLEM)
    if "{" in path:
        responses.setdefault(404, {"description": "没有找到"} | PROBLEM)
    for response in responses.values():
        response["headers"] = RATE_LIMIT_HEADERS | response.get("headers", {})


class StrictParser(Parser):
    """Refuses text that no database stores."""

    def parse_body(self, request: HttpRequest):
        return read_json(request.body)


api = PublicAPI(
    parser=StrictParser(),
    title="海珠区民政局开放接口",
    version="1",
    description="标准地名、民政数据、办事指南和政策文件。标明示例的内容仅供演示。"
    "每个访客每分钟的请求数有限，回应的RateLimit头写明还剩多少。",
    urls_namespace="api",
)
api.add_router("/place-names", place_names)
api.add_router("", guides)


@api.get("/", include_in_schema=False)
def root(request: HttpRequest) -> HttpResponse:
    return redirect("api:openapi-view")


@api.exception_handler(RequestError)
def request_error(request: HttpRequest, error: RequestError) -> HttpResponse:
    return error.response()


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first parameter that is wrong, and what would be right."""
    first = error.errors[0] if error.errors else {}
    name = next((each for each in reversed(first.get("loc", ())) if isinstance(each, str)), "")
    return _wrong(name, *what_is_right(first)).response()


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return RequestError("内容过大，请分批发送。", "Too large; send less at a time.", 413).response()


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return RequestError("没有找到。", "Not found.", 404).response()


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    problem = RequestError(
        "请求的内容无法读取，应为JSON，其中的文字没有无效的字符。",
        f"{shown(error.message)}; it is JSON without invalid characters.",
        error.status_code,
    )
    return problem.response()
