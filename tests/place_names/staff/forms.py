"""What the registration form of a place name sends."""

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from place_names.models import PlaceName

POLYGON = (
    '{"type":"Polygon","coordinates":[[[113.26,23.1],[113.27,23.1],[113.27,23.11],[113.26,23.1]]]}'
)


def address(name, *args):
    return reverse(PlaceName.snippet_viewset.get_url_name(name), args=args)


def form(subdistricts=(), variants=(), images=(), **values):
    """The form of a new name."""
    data = {
        "name": "", "specific": "", "generic": "", "romanisation": "", "category": "",
        "code": "", "status": "standard", "year_established": "", "year_abolished": "",
        "geometry": "", "meaning": "", "origin": "", "history": "", "description": "",
        "sources": "", "remarks": "",
        "variants": inline_formset(list(variants)),
        "place_subdistricts": inline_formset([{"subdistrict": s.pk} for s in subdistricts]),
        "place_images": inline_formset(list(images)),
    }  # fmt: skip
    return nested_form_data(data | values)


def form_of(place, images=(), **values):
    """The form of a name as it stands, with changes."""
    names = (
        "name", "specific", "generic", "romanisation", "code", "status", "meaning", "origin",
        "history", "description", "sources", "remarks",
    )  # fmt: skip
    data = {name: getattr(place, name) for name in names} | {"category": place.category_id}
    rows = inline_formset(
        [
            {"id": row.pk, "subdistrict": row.subdistrict_id}
            for row in place.place_subdistricts.all()
        ],
        initial=place.place_subdistricts.count(),
    )
    return form(images=images, **(data | values)) | nested_form_data({"place_subdistricts": rows})
