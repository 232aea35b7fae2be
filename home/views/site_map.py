"""The site map for people, the parts of the sitemap that `home` registers, and robots.txt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from wagtail.models import Page, Site

from home.cache.memoize import memoized, site_of
from home.cache.page_cache import public_page
from home.models import ServicePlace
from home.pages import sitemap
from home.pages.navigation import address_of, with_addresses
from home.pages.sitemap import Entry, Part
from home.pages.translations import alternates, pages_of_site
from home.pages.visibility import open_to_all
from home.subdistricts import subdistricts


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """All public pages as a tree, from one query."""
    site = site_of(request)

    def lists() -> SafeString:
        values = {"tree": tree_of(site) if site else [], "others": sitemap.listed()}
        return render_to_string("home/includes/site_map.html", values)

    context = {
        "lists": memoized(("site map", site and site.pk), lists),
        "breadcrumbs": [(None, "网站地图")],
    }
    return render(request, "home/site_map.html", context)


def tree_of(site: Site) -> list[dict]:
    """The public pages of the site, see `nested`."""
    live = open_to_all(site.root_page.get_descendants()).order_by("path")
    first = site.root_page.depth + 1
    pages = with_addresses(live)
    return nested([(page.depth - first, page.title, address_of(page)) for page in pages])


def sitemap_parts() -> list[Part]:
    """The pages of the tree, the service places, and the subdistricts with their places."""

    def pages():
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            return Page.objects.none()
        return open_to_all(pages_of_site(site), any_language=True)

    def page_entries(start: int, stop: int) -> list[Entry]:
        return [
            Entry(address_of(page), page.title, page.last_published_at, alternates(page))
            for page in with_addresses(pages())[start:stop]
        ]

    def places():
        return ServicePlace.objects.public().order_by("pk")

    def place_entries(start: int, stop: int) -> list[Entry]:
        found = places().select_related("latest_revision")[start:stop]
        return [
            Entry(
                each.get_absolute_url(),
                each.name,
                each.latest_revision and each.latest_revision.created_at,
            )
            for each in found
        ]

    def subdistrict_entries(start: int, stop: int) -> list[Entry]:
        return [
            Entry(reverse("home:subdistrict_places", args=[code]), name)
            for code, name in subdistricts()[start:stop]
        ]

    return [
        Part("pages", lambda: pages().count(), page_entries),
        Part("service-places", lambda: places().count(), place_entries, "服务网点"),
        Part("subdistricts", lambda: len(subdistricts()), subdistrict_entries, "街道的服务"),
    ]


def nested(rows: list[tuple[int, str, str]]) -> list[dict]:
    """Rows of (depth, title, URL) in tree order as a tree of {title, address, children}."""
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
    """Allows everything public except the admin, search results and forms."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /marriage/manage/",
        "Allow: /marriage/manage/$",
        "Disallow: /feedback/",
        "",
        f"Sitemap: {sitemap.public_url(request, '/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
