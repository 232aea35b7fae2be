"""Configuration of the maps, from the settings."""

from collections.abc import Sequence

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.cache.memoize import memoized
from place_names.models import Subdistrict

register = template.Library()


@register.simple_tag
def tiles() -> SafeString | str:
    """The attributes of a map that name the tiles under it; nothing where there are none."""
    if not settings.MAP_TILE_URL:
        return ""
    return format_html(
        ' data-tiles="{}" data-tiles-by="{}"', settings.MAP_TILE_URL, settings.MAP_TILE_ATTRIBUTION
    )


@register.inclusion_tag("place_names/_district_picture.html")
def district_picture() -> dict[str, bool]:
    """The district, drawn from the register; nothing while no subdistrict has an outline."""
    return {"is_drawn": memoized("extent of the district", Subdistrict.extent_of_all) is not None}


NO_CODE = "0" * 20
"""Stands in an address where a script puts the code of a name."""


@register.simple_tag
def great_map_data(window: Sequence[float] | None) -> SafeString:
    """The attributes of the great map: where its script finds tiles, list and records, and what
    it shows first (west, south, east, north)."""
    return format_html(
        ' data-window="{}" data-name-tiles="{}" data-list-address="{}" data-here-address="{}"'
        ' data-name-address="{}" data-lines-address="{}"',
        ",".join(map(str, window or ())),
        reverse("place_names:map_names", args="012").replace("/0/1/2.", "/{z}/{x}/{y}."),
        reverse("place_names:map_list"),
        reverse("place_names:map_here"),
        reverse("place_names:place_name", args=[NO_CODE]),
        reverse("place_names:boundaries"),
    )
