"""The public list of non-standard names and the names to use instead."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from home.cache.page_cache import public_page
from place_names.models import NonStandardName, RegisterSettings
from place_names.names.successors import standard_names_of

from .names import ROOT
from .paging import page_number

PER_PAGE = 50


@public_page(paginated=True)
def non_standard(request: HttpRequest) -> HttpResponse:
    """Newest first, with the standard names of today: a name that was renamed since is followed."""
    found = NonStandardName.objects.published().select_related("subdistrict")
    page = Paginator(found, PER_PAGE).get_page(page_number(request.GET.get("page")))
    now = standard_names_of(each.place_id for each in page if each.place_id)
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, "不规范地名清单")],
        "page_obj": page,
        "rows": [(each, now.get(each.place_id, ())) for each in page],
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/non_standard.html", context)
