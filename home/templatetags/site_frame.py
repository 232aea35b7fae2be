"""The frame around every page: navigation from the page tree, and breadcrumbs."""

from django import template
from wagtail.models import Site

register = template.Library()


@register.simple_tag(takes_context=True)
def main_navigation(context) -> list:
    """The sections under the home page that are shown in menus, in tree order."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    return list(site.root_page.get_children().live().in_menu().specific())


@register.filter
def is_current(page, request) -> bool:
    """Whether the request lies in the section of `page`."""
    url = page.get_url(request) or ""
    return bool(request) and url != "/" and request.path.startswith(url)
