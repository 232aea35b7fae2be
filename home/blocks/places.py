"""Service places in the text of a page: their address, hours and telephone stand nowhere else."""

from django.apps import apps
from django.db.models import Model
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.cache.memoize import memoized
from home.languages.locales import is_english

from .families import GUIDANCE, PREVIEW


class ServicePlacesBlock(blocks.StructBlock):
    places = blocks.ListBlock(
        SnippetChooserBlock("home.ServicePlace", label="服务网点"), label="服务网点", max_num=3
    )

    class Meta:
        label = "服务网点"
        group = GUIDANCE
        description = "网点的地址、时间和电话，取自服务网点。"
        preview_template = PREVIEW
        preview_value = {"places": []}
        icon = "site"
        template = "home/blocks/places.html"

    def get_template(self, value=None, context=None):
        return "home/blocks/english_places.html" if is_english() else "home/blocks/places.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        public = memoized("public service places", _public)
        chosen = (public.get(place.pk) for place in value["places"] if place)
        context["places"] = [place for place in chosen if place]
        return context


def _public() -> dict[int, Model]:
    """The public service places by key, with their hours."""
    places = apps.get_model("home", "ServicePlace").objects.public().with_hours()
    return {place.pk: place for place in places}
