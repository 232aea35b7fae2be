"""The frame around every page: navigation from the page tree, and breadcrumbs."""

from django import template
from django.utils.html import format_html_join

from home.display import views_shown
from home.models import SiteSettings
from home.navigation import NavigationItem, sections_in_menu
from home.remembered import remembered, site_of

register = template.Library()


@register.simple_tag(takes_context=True)
def main_navigation(context) -> list[NavigationItem]:
    """The sections under the home page that are shown in menus, in tree order."""
    request = context.get("request")
    return sections_in_menu(request) if request else []


@register.simple_tag(takes_context=True)
def site_facts(context) -> SiteSettings | None:
    """Who runs the site, and what stands above every page."""
    request = context.get("request")
    site = site_of(request) if request else None
    if site is None:
        return None
    return remembered(("facts", site.pk), lambda: SiteSettings.for_site(site))


@register.filter
def is_current(item: NavigationItem, request) -> bool:
    """Whether the request lies in the section of `item`."""
    return bool(request) and item.url != "/" and request.path.startswith(item.url)


@register.simple_tag(takes_context=True)
def display_views(context) -> dict[str, bool]:
    """Which of the two other views the reader has chosen: {"elderly": …, "contrast": …}."""
    return views_shown(context.get("request"))


@register.simple_tag(takes_context=True)
def display_attributes(context) -> str:
    """The attributes of <html> that the style sheet turns into the chosen views."""
    shown = views_shown(context.get("request"))
    return format_html_join("", " data-{}", ((name,) for name, on in shown.items() if on))
