"""Place names on the page of a subdistrict, beside what other apps list there."""

from django.urls import reverse

from place_names.models import PlaceName

TITLE = "这里的地名"
SHOWN = 12


def names_of_subdistrict(code: str) -> list[tuple[str, str]]:
    """(URL, name) of some standard names of the subdistrict, then a link to all of them."""
    names = PlaceName.objects.standard().filter(subdistricts__code=code)
    links = [
        (reverse("place_names:place_name", args=[place_code]), name)
        for place_code, name in names.order_by("category__code", "code").values_list(
            "code", "name"
        )[:SHOWN]
    ]
    if links:
        links.append((reverse("place_names:subdistrict", args=[code]), "全部地名"))
    return links
