"""Texts with names of places in them."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_QUOTED = re.compile("“([^“”]*)”")


@register.filter
def names_as_written(text: str) -> SafeString:
    """The text with what stands in “” kept from conversion: a name to be applied for is written
    with standard characters in the 繁體 view too."""
    return mark_safe(_QUOTED.sub(r'“<span translate="no">\1</span>”', escape(text)))  # noqa: S308
