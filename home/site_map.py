"""The map of the site for people, and what search engines may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from .navigation import address_of, with_addresses
from .page_cache import public_page
from .remembered import site_of


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """All live public pages as a tree, from one query."""
    site = site_of(request)
    pages = []
    if site:
        live = site.root_page.get_descendants().live().public().order_by("path")
        first = site.root_page.depth + 1
        pages = [
            (page.depth - first, page.title, address_of(page, request))
            for page in with_addresses(live)
        ]
    return render(
        request, "home/site_map.html", {"tree": nested(pages), "breadcrumbs": [(None, "网站地图")]}
    )


def nested(rows: list[tuple[int, str, str]]) -> list[dict]:
    """Rows of (depth, title, address) in tree order as a tree of {title, address, children}."""
    root: list[dict] = []
    trail = [root]
    for depth, title, address in rows:
        node = {"title": title, "address": address, "children": []}
        del trail[min(depth, len(trail) - 1) + 1 :]
        trail[-1].append(node)
        trail.append(node["children"])
    return root


@public_page
@cache_control(max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the desk, the search results and forms may not."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /marriage/manage/",
        "Disallow: /feedback/",
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
