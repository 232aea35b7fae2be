"""The public list of non-standard names and the names to use instead."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from home.cache.page_cache import public_page
from place_names.models import NonStandardName, PlaceName, RegisterSettings

from .names import ROOT
from .paging import page_number

PER_PAGE = 50


@public_page(paginated=True)
def non_standard(request: HttpRequest) -> HttpResponse:
    """Newest first; a standard name is linked where it is public."""
    found = NonStandardName.objects.published().select_related("subdistrict", "place")
    page = Paginator(found, PER_PAGE).get_page(page_number(request.GET.get("page")))
    public = set(
        PlaceName.objects.published()
        .filter(pk__in=[each.place_id for each in page if each.place_id])
        .values_list("pk", flat=True)
    )
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, "不规范地名清单")],
        "page_obj": page,
        "rows": [(each, each.place if each.place_id in public else None) for each in page],
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/non_standard.html", context)
