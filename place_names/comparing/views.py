"""The page where a list of names is brought, and the same list with the answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.cache.page_cache import public_page
from home.pages.sitemap import public_url
from home.sandbox import BusyError
from home.table_export import csv_response, xlsx_response
from home.visitors import is_at_limit, release, within_limit
from place_names.importing.problems import FileRefusedError
from place_names.models import RegisterSettings

from .lists import MAX_ROWS, ListForm, ListOfNames, read
from .results import HEADINGS, compared, headings_beside

LISTS_IN_AN_HOUR, REFUSED_IN_AN_HOUR = 20, 60
_COMPARED, _REFUSED = "compare-names", "compare-names-refused"
TITLE = "核对一批地名"
_WAIT = f"一小时内最多核对{LISTS_IN_AN_HOUR}份名单，请过一小时再来。"


@csrf_exempt  # Nothing is changed or kept: a page that is cached needs no token.
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def page(request: HttpRequest) -> HttpResponse:
    """The form; with a file, the list as a download with the answers beside each name."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _shown(request, form)
    if not form.is_valid():
        return _shown(request, form, 422)
    refused = is_at_limit(request, _REFUSED, REFUSED_IN_AN_HOUR)
    if refused or not within_limit(request, _COMPARED, LISTS_IN_AN_HOUR):
        form.add_error(None, _WAIT)
        return _shown(request, form, 429)
    try:
        found = read(form)
    except (FileRefusedError, BusyError) as problem:
        # Nothing was compared; trying again with a better file is no abuse, up to a point.
        release(request, _COMPARED)
        if isinstance(problem, BusyError):
            raise
        within_limit(request, _REFUSED, REFUSED_IN_AN_HOUR)
        form.add_error("file", str(problem))
        return _shown(request, form, 422)
    return _download(found, public_url(request, "/").rstrip("/"))


def _shown(request: HttpRequest, form: ListForm, status: int = 200) -> HttpResponse:
    context = {
        "breadcrumbs": [(reverse("place_names:index"), "地名"), (None, TITLE)],
        "form": form,
        "headings": HEADINGS,
        "max_rows": MAX_ROWS,
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/compare.html", context, status=status)


def _download(found: ListOfNames, base: str) -> HttpResponse:
    def rows():
        yield [*found.headings, *headings_beside(found.headings)]
        for item, result in zip(found.items, compared(found.items, base), strict=True):
            yield [*item.cells, *result.cells]

    if found.is_workbook:
        response: HttpResponse = xlsx_response(rows(), "核对结果", "地名核对结果")
    else:
        response = csv_response(rows(), "地名核对结果")
    response.headers["Cache-Control"] = "no-store"
    return response
