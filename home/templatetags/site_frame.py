"""The frame around every page: navigation from the page tree, and breadcrumbs."""

from django import template
from django.utils.html import format_html_join
from wagtail.models import Site

from home.display import views_shown

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


@register.simple_tag(takes_context=True)
def display_views(context) -> dict[str, bool]:
    """Which of the two other views the reader has chosen: {"elderly": …, "contrast": …}."""
    return views_shown(context.get("request"))


@register.simple_tag(takes_context=True)
def display_attributes(context) -> str:
    """The attributes of <html> that the style sheet turns into the chosen views."""
    shown = views_shown(context.get("request"))
    return format_html_join("", " data-{}", ((name,) for name, on in shown.items() if on))
