"""A form field for a geometry: a map to draw on, and its GeoJSON as text."""

import json

from django import forms
from django.urls import reverse


class GeometryWidget(forms.Textarea):
    """Point, line or polygon drawn on a map of our own polygons; the text stays editable."""

    template_name = "place_names/staff/geometry_widget.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["areas"] = reverse("place_names:subdistrict_shapes")
        return context

    def format_value(self, value):
        """Compact text; what cannot be read as JSON is shown as it was typed."""
        try:
            found = json.loads(value) if value else None
            return "" if found is None else json.dumps(found, separators=(",", ":"))
        except (TypeError, ValueError, RecursionError):
            return value

    @property
    def media(self):
        return forms.Media(
            css={
                "all": [
                    "leaflet/leaflet.css",
                    "leaflet/draw/leaflet.draw.css",
                    "css/place-names-admin.css",
                ]
            },
            js=["leaflet/leaflet.js", "leaflet/draw/leaflet.draw.js", "js/map-editor.js"],
        )
