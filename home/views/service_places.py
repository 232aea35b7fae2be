"""The directory of service places, one service place, and one subdistrict."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from home.models import ServicePlace
from home.pages.listing import query_prefix
from home.samples import are_all_samples
from home.service_places.directions import directions_to
from home.service_places.done_here import done_at
from home.service_places.listed import listed_places
from home.service_places.mine import mine_first, my_subdistrict
from home.service_places.structured_data import place_as_data
from home.subdistricts import sections, subdistricts

PAGE_SIZE = 50


@public_page(paginated=True, until_next_minute=True)
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
    mine, my_name = my_subdistrict(request)
    shown = [
        place.at(now)
        for place in mine_first(listed_places(), mine)
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
            "my_name": my_name,
            "all_samples": are_all_samples(shown),
            "unknown_filter": unknown,
            "map_shapes_url": _gazetteer_url("subdistrict_shapes"),
            "now": now,
        },
    )


@public_page(until_next_minute=True)
def place(request: HttpRequest, slug: str) -> HttpResponse:
    public = ServicePlace.objects.public().with_hours()
    found = memoized(("service place", slug), lambda: get_object_or_404(public, slug=slug))
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
            "directions": directions_to(found),
            "done_here": done_at(found),
            "structured_data": {
                "@context": "https://schema.org",
                **place_as_data(found, request),
            },
            "map_shapes_url": _gazetteer_url("subdistrict_shapes"),
        },
    )


@public_page(until_next_minute=True)
def subdistrict(request: HttpRequest, code: str) -> HttpResponse:
    """What one subdistrict offers: service places, guides, and a link to its place names."""
    names = dict(subdistricts())
    now = timezone.localtime()
    listed = listed_places()
    shown = [place.at(now) for place in listed if place.subdistrict_code == code]
    name = names.get(code)
    if name is None and not shown:
        raise Http404("没有这个街道")
    name = name or code
    of_district = [place.at(now) for place in listed if not place.subdistrict_code]
    return render(
        request,
        "home/service_places/subdistrict.html",
        {
            "breadcrumbs": [(reverse("home:service_places"), "服务网点"), (None, name)],
            "name": name,
            "mine": my_subdistrict(request)[0],
            "places": shown,
            "district_places": of_district,
            "all_samples": are_all_samples([*shown, *of_district]),
            "sections": sections(code),
            "map_shapes_url": _gazetteer_url("subdistrict_shapes"),
            "place_names_url": _gazetteer_url("subdistrict", code),
            "subdistricts": names.items(),
            "code": code,
        },
    )


def _gazetteer_url(view: str, *arguments: str) -> str:
    """A URL of the gazetteer, which is above this app; empty if it is not installed."""
    try:
        return reverse(f"place_names:{view}", args=arguments)
    except NoReverseMatch:
        return ""
