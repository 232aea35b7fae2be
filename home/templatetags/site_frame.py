"""The frame around every page: header, navigation from the page tree, footer.

It is the same for many pages, so its HTML is memoized until the content changes.
"""

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.cache.memoize import memoized, site_of
from home.display_settings import views_shown
from home.languages.locales import is_english, language_in_use
from home.models.site_settings import settings_of
from home.pages.navigation import sections_in_menu
from home.pages.sitemap import public_url
from home.pages.translations import alternates, original_is_withdrawn, other_language

register = template.Library()


@register.simple_tag(takes_context=True)
def header(context) -> SafeString:
    """The header of every page, with the current section marked."""
    request = context.get("request")
    path = request.path if request else ""
    sections = sections_in_menu(request) if request else []
    addresses = [section.url for section in sections]
    home = reverse("wagtail_serve", args=[""])
    current = tuple(each for each in addresses if each != home and path.startswith(each))
    shown = views_shown(request)
    other = context.get("english_help") or (other_language(path) if request else "")
    # What was typed would be lost with the page.
    is_form = bool(context.get("is_form"))
    values = {
        "sections": sections,
        "current": current,
        "is_home": path == home,
        "home_address": home,
        "search_address": reverse("search:results"),
        "other_language": other,
        "is_form": is_form,
        "shown": shown,
        "query": context.get("query", ""),
    }
    key = (current, values["is_home"], other, is_form, *shown.values())
    return _part("includes/header.html", request, values, None if values["query"] else key)


@register.simple_tag(takes_context=True)
def footer(context) -> SafeString:
    """The footer of every page."""
    return _part("includes/footer.html", context.get("request"), {}, ())


def _part(
    name: str, request: HttpRequest | None, values: dict, key: tuple | None = None
) -> SafeString:
    """The template with `values` and the settings of the site.

    `key` tells apart the few forms that the part has; None: there are too many to remember.
    """
    site = site_of(request) if request else None
    facts = settings_of(site) if site else None

    values = {**values, "language": language_in_use()}

    def make() -> SafeString:
        return render_to_string(name, {**values, "site_settings": facts})

    if site is None or key is None:
        return make()
    return memoized((name, site.pk, key, facts.shows_urgent_notice), make)


@register.simple_tag(takes_context=True)
def display_attributes(context) -> str:
    """The attributes of `<html>` by which the style sheet applies the display settings."""
    shown = views_shown(context.get("request"))
    return format_html_join("", " data-{}", ((name,) for name, on in shown.items() if on))


@register.inclusion_tag("home/english/withdrawn.html", takes_context=True)
def translation_notice(context) -> dict:
    """Tells readers of an English page that its Chinese original is being revised."""
    page = context.get("page")
    shows = is_english() and isinstance(page, Page) and original_is_withdrawn(page)
    return {"shows": shows}


def _page_of_listing(context) -> int:
    """The number of the page of a listing that nobody has filtered; 1 for everything else."""
    shown, request = context.get("page_obj"), context.get("request")
    is_whole = request is not None and not set(request.GET) - {"page"}
    return shown.number if shown and is_whole else 1


@register.simple_tag(takes_context=True)
def canonical(context, address: str) -> str:
    """`address` as an absolute URL, with the number of the page of a listing."""
    request, number = context.get("request"), _page_of_listing(context)
    address = public_url(request, address) if request and address else address
    return f"{address}?page={number}" if number > 1 else address


@register.simple_tag(takes_context=True)
def language_links(context) -> SafeString:
    """The `hreflang` links of a page that exists in both languages, the same on both pages."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or request is None or getattr(request, "is_preview", False):
        return SafeString()
    if _page_of_listing(context) > 1:
        return SafeString()  # Page 2 in one language is not page 2 in the other.
    rows = ((tag, public_url(request, address)) for tag, address in alternates(page))
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', rows)
