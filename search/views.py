"""The result page, the suggestions while typing, and the counting of opened results."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from home.languages.locales import is_english
from home.models import SiteSettings
from home.pages.listing import page_number, query_prefix

from . import statistics
from .site_search.answering import answer
from .site_search.catalogue import catalogue
from .site_search.english import in_english
from .site_search.query import clean
from .site_search.suggestions import suggest


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`?q=` the query, `?kind=` one of `search.site_search.kinds`, `?page=` a page of that kind."""
    query = clean(request.GET.get("q", ""))
    if is_english():
        return _english_results(request, query)
    found = answer(query, request.GET.get("kind", "")[:20], page_number(request))
    if not found.query.is_blank and not found.total:
        statistics.count(query, "without_result")
    return render(
        request,
        "search/results.html",
        {
            "query": query,
            "answer": found,
            "page_obj": found.results,
            "query_prefix": query_prefix(q=query, kind=found.kind),
            "tab_prefix": query_prefix(q=query),
            "in_english": in_english(query),
            "bureau": SiteSettings.for_request(request) if not found.total else None,
            "breadcrumbs": [(None, "搜索")],
        },
    )


def _english_results(request: HttpRequest, query: str) -> HttpResponse:
    """The English pages that answer the query; all other things have Chinese names only."""
    context = {
        "query": query,
        "results": in_english(query),
        "breadcrumbs": [(None, "Search")],
    }
    return render(request, "search/english/results.html", context)


@require_GET
@cache_control(max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Groups of suggestions for `?q=`, as JSON."""
    known = catalogue()
    query = known.read(request.GET.get("q", ""))
    groups = [
        {
            "label": group.label,
            "items": [{"text": i.text, "url": i.url, "note": i.note} for i in group.items],
        }
        for group in suggest(query, known)
    ]
    return JsonResponse({"groups": groups}, json_dumps_params={"ensure_ascii": False})


# Without a token: it only adds one to a count, and a token would need a cookie.
@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A result of `q` was opened; sent by the browser when somebody follows a result."""
    statistics.count(clean(request.POST.get("q", "")), "clicks")
    return HttpResponse(status=204)
