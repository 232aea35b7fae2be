"""What English pages show of shared records."""

from django import template

from home.languages.latin_names import latin
from home.service_places.done_here import powers_of
from home.service_places.mine import MAX_PLACES
from home.service_places.models import ServicePlace

register = template.Library()


@register.inclusion_tag("home/english/places.html")
def places_in_english(places: list[ServicePlace]) -> dict:
    """Name, address, hours and telephone of the places, with the Chinese to show on the way."""
    rows = [
        {
            "place": place,
            "name": latin("name", place.name),
            "powers": powers_of(place),
            "address": latin("address", place.address),
        }
        for place in places
    ]
    # What only some of them may do is what a foreigner comes for: no other may serve them.
    return {"rows": ([row for row in rows if row["powers"]] or rows)[:MAX_PLACES]}
