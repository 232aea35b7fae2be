"""The addresses of the service."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from home.pages.sitemap import public_url
from place_names.models import PlaceName, RegisterSettings
from place_names.names import addresses
from place_names.ogc.asking import read_limit
from place_names.open_data.http import json_response, method_not_allowed, open_data
from place_names.open_data.problems import RequestError
from search.site_search.query import clean

from . import answers, matching, reading

MAX_PREFIX, MAX_PROPOSED = 100, 1000


@csrf_exempt  # Nothing is changed: POST is for batches that are too long for an address.
def service(request: HttpRequest) -> HttpResponse:
    """The manifest; with `queries` the candidates, with `extend` the values of names."""
    if request.method not in ("GET", "HEAD", "POST"):
        return method_not_allowed("GET", "POST")
    try:
        if text := reading.parameter(request, "queries"):
            return json_response(_candidates(text))
        if text := reading.parameter(request, "extend"):
            return json_response(answers.extended(reading.extension(text)))
        if request.method == "POST":
            raise RequestError(
                "请用表单字段queries或extend发送JSON。",
                "Send JSON in the form field queries or extend.",
            )
    except RequestError as problem:
        return problem.response()
    return json_response(answers.manifest(public_url(request, "/").rstrip("/")))


def _candidates(text: str) -> dict:
    return {
        key: {
            "result": [
                answers.result(candidate)
                for candidate in matching.candidates(asked.text, asked.facts, asked.limit)
            ]
            if asked.text
            else []
        }
        for key, asked in reading.questions(text).items()
    }


@open_data
def suggest_entity(request: HttpRequest) -> HttpResponse:
    return json_response({"result": answers.suggested_entities(_prefix(request))})


@open_data
def suggest_type(request: HttpRequest) -> HttpResponse:
    return json_response({"result": answers.suggested_types(_prefix(request))})


@open_data
def suggest_property(request: HttpRequest) -> HttpResponse:
    return json_response({"result": answers.suggested_properties(_prefix(request))})


@open_data
def propose(request: HttpRequest) -> HttpResponse:
    return json_response(
        answers.proposed(read_limit(request.GET.get("limit", "100"), MAX_PROPOSED))
    )


def _prefix(request: HttpRequest) -> str:
    return clean(request.GET.get("prefix", ""))[:MAX_PREFIX]


@csrf_exempt  # Nothing is changed; another method gets its own answer.
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def preview(request: HttpRequest) -> HttpResponse:
    """A small page of a name, which OpenRefine shows in a frame."""
    code = request.GET.get("id", "")[:20]
    code = addresses.current_code(code) or code
    places = PlaceName.objects.published().defer("geometry").select_related("category")
    place = places.prefetch_related("subdistricts").filter(code=code).first()
    if place is None:
        raise Http404("没有这个代码的地名。")
    context = {"place": place, "register": RegisterSettings.in_force()}
    return render(request, "place_names/reconcile_preview.html", context)
