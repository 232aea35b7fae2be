"""The directory of service places, one place, and one subdistrict."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from home.listing import query_prefix
from home.models import ServicePlace
from home.page_cache import public_page
from home.remembered import remembered
from home.subdistricts import sections, subdistricts

from .done_here import done_at
from .listed import listed_places
from .structured_data import place_as_data

PAGE_SIZE = 50


@public_page(numbered=True, this_minute=True)
def directory(request: HttpRequest) -> HttpResponse:
    """All public places, narrowed by kind, subdistrict and “open now”.

    The map and the nearest are of all pages: the browser reads the others too.
    Unknown values of a filter are told to the visitor and left out; the position of the
    visitor never reaches the server, sorting by distance is the browser's work.
    """
    rows = subdistricts()
    names = dict(rows)
    kinds = dict(ServicePlace.Kind.choices)
    kind = request.GET.get("kind", "")
    code = request.GET.get("subdistrict", "")
    open_now = request.GET.get("open") == "1"
    unknown = (kind and kind not in kinds) or (code and names and code not in names)
    now = timezone.localtime()
    shown = [
        place.at(now)
        for place in listed_places()
        if (kind not in kinds or place.kind == kind)
        and (code not in names or place.subdistrict_code == code)
    ]
    if open_now:
        shown = [each for each in shown if each.is_open]
    chosen = {"kind": kind, "subdistrict": code, "open": "1" if open_now else ""}
    return render(
        request,
        "home/service_places/directory.html",
        {
            "breadcrumbs": [(None, "服务网点")],
            "page_obj": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
            "query_prefix": query_prefix(**chosen),
            "kinds": ServicePlace.Kind.choices,
            "subdistricts": rows,
            "chosen": chosen,
            "unknown_filter": unknown,
            "map_shapes_address": _gazetteer_address("subdistrict_shapes"),
            "now": now,
        },
    )


@public_page(this_minute=True)
def place(request: HttpRequest, slug: str) -> HttpResponse:
    public = ServicePlace.objects.public().with_hours()
    found = remembered(("service place", slug), lambda: get_object_or_404(public, slug=slug))
    crumbs = [(reverse("home:service_places"), "服务网点")]
    if found.subdistrict_name:
        address = reverse("home:subdistrict_places", args=[found.subdistrict_code])
        crumbs.append((address, found.subdistrict_name))
    return render(
        request,
        "home/service_places/place.html",
        {
            "breadcrumbs": [*crumbs, (None, found.name)],
            "place": found,
            "done_here": done_at(found),
            "structured_data": {
                "@context": "https://schema.org",
                **place_as_data(found, request),
            },
            "map_shapes_address": _gazetteer_address("subdistrict_shapes"),
        },
    )


@public_page(this_minute=True)
def subdistrict(request: HttpRequest, code: str) -> HttpResponse:
    """What one subdistrict offers: its places, guides, and the way to its place names."""
    names = dict(subdistricts())
    now = timezone.localtime()
    listed = listed_places()
    shown = [place.at(now) for place in listed if place.subdistrict_code == code]
    name = names.get(code)
    if name is None and not shown:
        raise Http404("没有这个街道")
    name = name or code
    return render(
        request,
        "home/service_places/subdistrict.html",
        {
            "breadcrumbs": [(reverse("home:service_places"), "服务网点"), (None, name)],
            "name": name,
            "places": shown,
            "district_places": [place.at(now) for place in listed if not place.subdistrict_code],
            "sections": sections(code),
            "map_shapes_address": _gazetteer_address("subdistrict_shapes"),
            "place_names_address": _gazetteer_address("subdistrict", code),
            "subdistricts": names.items(),
            "code": code,
        },
    )


def _gazetteer_address(view: str, *arguments: str) -> str:
    """An address of the gazetteer, which lies above this app; nothing where it is absent."""
    try:
        return reverse(f"place_names:{view}", args=arguments)
    except NoReverseMatch:
        return ""
