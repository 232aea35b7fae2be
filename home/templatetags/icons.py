"""Icons from the site's SVG sprite."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing called `name` (home.blocks.tasks.ICONS), hidden from screen readers."""
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        _sheet(),
        name,
    )


@cache
def _sheet() -> str:
    return static("img/icons.svg")
