"""Icons from the site's SVG sprite."""

import re
from collections.abc import Iterable
from functools import cache

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
def marks(items: Iterable, field: str) -> SafeString:
    """The drawings that a list needs, once each, for `mark`: a page with a list asks for no
    file more. `field` of each item is the name of its drawing."""
    name_of = template.Variable(f"item.{field}").resolve
    names = sorted({name_of({"item": item}) for item in items} & set(_drawings()))
    drawn = mark_safe("".join(_drawings()[name] for name in names))  # noqa: S308 - our own file
    return format_html('<svg class="marks" aria-hidden="true">{}</svg>', drawn)


@register.simple_tag
def mark(name: str, kind: str = "mark") -> SafeString:
    """A drawing of `marks` with the CSS class `kind`, hidden from screen readers."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="#m-{}"/></svg>', kind, name)


@cache
def _drawings() -> dict[str, str]:
    """The symbols of `home/marks.svg` by name."""
    sheet = get_template("home/marks.svg").template.source
    found = re.findall(r'<symbol id="(\w+)"(.*?)</symbol>', sheet)
    return {name: f'<symbol id="m-{name}"{rest}</symbol>' for name, rest in found}


@cache
def _sheet() -> str:
    return static("img/icons.svg")
