"""Pages of the subdistricts and of the boundary lines."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from home.page_cache import public_page
from home.subdistricts import sections
from place_names.apps import NAMES_HERE
from place_names.models import BoundaryLine, Category, PlaceName, RegisterSettings, Subdistrict
from search.question import clean

from .names import ROOT
from .paging import page_number

PAGE_SIZE = 60


@public_page
def subdistricts(request: HttpRequest) -> HttpResponse:
    areas = Subdistrict.objects.defer("geometry").annotate(
        names=Count(
            "places",
            filter=Q(places__live=True, places__status=PlaceName.Status.STANDARD),
            distinct=True,
        ),
    )
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, "街道")],
        "areas": areas,
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/subdistricts.html", context)


@public_page(numbered=True)
def subdistrict(request: HttpRequest, code: str) -> HttpResponse:
    """One subdistrict: its shape, its neighbours, its names by class."""
    area = get_object_or_404(Subdistrict.objects.defer("geometry"), code=code)
    names = PlaceName.objects.standard().in_subdistrict(area)
    counts = dict(names.order_by().values_list("category__code").annotate(Count("pk")))
    present = Category.objects.filter(code__in=counts)
    asked = clean(request.GET.get("category", ""))[:5]
    chosen = next((each for each in present if each.code == asked), None)
    if chosen:
        names = names.filter(category=chosen)
    listed = names.only("code", "name", "romanisation").order_by("romanisation_plain", "code")
    page = Paginator(listed, PAGE_SIZE).get_page(page_number(request.GET.get("page"), 10**6))
    lines = (
        BoundaryLine.objects.filter(Q(left=area) | Q(right=area))
        .select_related("left", "right")
        .defer("geometry", "left__geometry", "right__geometry")
    )
    context = {
        "breadcrumbs": [
            (reverse("place_names:index"), ROOT),
            (reverse("place_names:subdistricts"), "街道"),
            (None, area.name),
        ],
        "area": area,
        "neighbours": [
            (line, line.right if line.left_id == area.pk else line.left) for line in lines
        ],
        "communities": area.communities.all(),
        "sections": sections(area.code, leave_out=NAMES_HERE),
        "classes": [(each, counts[each.code]) for each in present],
        "total": sum(counts.values()),
        "chosen": chosen,
        "page_obj": page,
        "query_prefix": f"category={chosen.code}&" if chosen else "",
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/subdistrict.html", context)


@public_page
def boundaries(request: HttpRequest) -> HttpResponse:
    lines = (
        BoundaryLine.objects.select_related("left", "right")
        .defer("geometry", "left__geometry", "right__geometry")
        .prefetch_related("inspections")
    )
    ours = [line for line in lines if line.kind == BoundaryLine.Kind.SUBDISTRICT]
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, "行政区域界线")],
        "lines": ours,
        "length": sum(line.length_m or 0 for line in ours),
        "district_lines": [line for line in lines if line.kind == BoundaryLine.Kind.DISTRICT],
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/boundaries.html", context)
