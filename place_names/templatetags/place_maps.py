"""Configuration of the maps, from the settings."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def tiles() -> SafeString | str:
    """The attributes of a map that name the tiles under it; nothing where there are none."""
    if not settings.MAP_TILE_URL:
        return ""
    return format_html(
        ' data-tiles="{}" data-tiles-by="{}"', settings.MAP_TILE_URL, settings.MAP_TILE_ATTRIBUTION
    )
