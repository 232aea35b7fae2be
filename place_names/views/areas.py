"""Pages of the subdistricts and of the boundary lines."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from home.pages.listing import listing_page, query_prefix
from home.service_places.listed import halls_of
from home.subdistricts import sections
from place_names.identity import views as identity
from place_names.models import BoundaryLine, Category, PlaceName, RegisterSettings, Subdistrict
from place_names.names.of_subdistrict import TITLE
from place_names.templatetags.place_measures import kilometres
from search.site_search.query import clean

from .names import ROOT

PAGE_SIZE = 60


@public_page
def subdistricts(request: HttpRequest) -> HttpResponse:
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, "街道")],
        "areas": memoized("subdistricts with numbers", _with_numbers),
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/subdistricts.html", context)


def _with_numbers() -> list[Subdistrict]:
    standard = Q(places__live=True, places__status=PlaceName.Status.STANDARD)
    areas = Subdistrict.objects.defer("geometry")
    return list(areas.annotate(names=Count("places", filter=standard, distinct=True)))


@public_page(paginated=True)
def subdistrict(request: HttpRequest, code: str) -> HttpResponse:
    """One subdistrict: its shape, its neighbours, its names by class; for a program that asks for
    data at its address, the data."""
    if suffix := identity.OF_SUBDISTRICT.preferred(request):
        return identity.subdistrict(request, code, suffix)
    facts = memoized(("subdistrict", code), lambda: _facts_of(code))
    area, classes = facts["area"], facts["classes"]
    asked = clean(request.GET.get("category", ""))[:5]
    chosen = next((each for each, _count in classes if each.code == asked), None)

    def listed():
        names = PlaceName.objects.standard().in_subdistrict(area)
        names = names.filter(category=chosen) if chosen else names
        return names.only("code", "name").order_by("sort_key", "code")

    context = {
        **facts,
        "breadcrumbs": [
            (reverse("place_names:index"), ROOT),
            (reverse("place_names:subdistricts"), "街道"),
            (None, area.name),
        ],
        "chosen": chosen,
        "page_obj": listing_page(
            request,
            ("names in", code, chosen and chosen.code),
            listed,
            PAGE_SIZE,
            lambda place: (place.get_absolute_url(), place.name),
            count=dict(classes)[chosen] if chosen else facts["total"],
        ),
        "query_prefix": query_prefix(category=chosen.code if chosen else ""),
        "register": RegisterSettings.in_force(),
    }
    response = render(request, "place_names/subdistrict.html", context)
    patch_vary_headers(response, ["Accept"])
    return response


def _facts_of(code: str) -> dict:
    area = get_object_or_404(Subdistrict.objects.defer("geometry"), code=code)
    names = PlaceName.objects.standard().in_subdistrict(area)
    classes = Category.objects.filter(places__in=names).annotate(number=Count("places"))
    classes = classes.order_by("code")
    counted = [(each, each.number) for each in classes]
    lines = (
        BoundaryLine.objects.filter(Q(left=area) | Q(right=area))
        .select_related("left", "right")
        .defer("geometry", "left__geometry", "right__geometry")
    )
    return {
        "area": area,
        "neighbours": [
            (line, line.right if line.left_id == area.pk else line.left) for line in lines
        ],
        "communities": list(area.communities.all()),
        "sections": sections(area.code, leave_out=TITLE),
        "offices": [(area.code, area.name, halls_of(area.code))],
        "classes": counted,
        "total": sum(number for _, number in counted),
    }


@public_page
def boundaries(request: HttpRequest) -> HttpResponse:
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, "行政区域界线")],
        "register": RegisterSettings.in_force(),
        **memoized("boundary lines", _lines),
    }
    return render(request, "place_names/boundaries.html", context)


def _lines() -> dict:
    """The lines of both kinds as their tables show them, and how long (m) those of ours are."""
    lines = list(
        BoundaryLine.objects.select_related("left", "right")
        .defer("geometry", "left__geometry", "right__geometry")
        .prefetch_related("inspections")
    )
    ours = [line for line in lines if line.kind == BoundaryLine.Kind.SUBDISTRICT]
    return {
        "lines": [_row(line) for line in ours],
        "length": sum(line.length_m or 0 for line in ours),
        "district_lines": [_row(line) for line in lines if line.kind == BoundaryLine.Kind.DISTRICT],
    }


def _row(line: BoundaryLine) -> dict:
    areas = [area for area in (line.left, line.right) if area]
    return {
        "number": line.number,
        "sides": line.sides,
        "areas": [(area.get_absolute_url(), area.name) for area in areas],
        "length": kilometres(line.length_m),
        "description": line.description,
        "inspections": [(each.year, each.get_result_display()) for each in line.inspections.all()],
    }
