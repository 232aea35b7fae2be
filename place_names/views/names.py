"""Search and browsing of place names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import home.subdistricts
from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from place_names.models import RegisterSettings
from place_names.names import addresses, listing

from . import found
from .found import HITS_MAY_LAG
from .paging import page_number

ROOT = "地名"


@public_page(paginated=True, until_next_minute=HITS_MAY_LAG)
def index(request: HttpRequest) -> HttpResponse:
    """Names by what was typed and chosen, with counts by facet. Odd input is explained."""
    categories = memoized("categories", found.categories)
    subdistricts = dict(home.subdistricts.subdistricts())
    asked, ignored = listing.read(
        request.GET, {"category": categories, "subdistrict": subdistricts}
    )
    code = addresses.typed_code(asked.q)
    if code and (current := addresses.current_code(code)):
        return redirect("place_names:place_name", current)
    number = page_number(request.GET.get("page"))

    def make() -> dict:
        return found.listed(asked, number, categories, subdistricts)

    plain = asked == listing.Asked() and not HITS_MAY_LAG
    year, address = asked.year_number, asked.address()
    context = {
        "breadcrumbs": [(None, ROOT)],
        "asked": asked,
        "query": asked.q,
        "year": year,
        "wrong_year": bool(asked.year) and year is None,
        "ignored": ignored,
        "filtered": asked.is_filtered,
        "chosen_filters": listing.chosen_filters(asked, categories, subdistricts),
        "unknown_address": asked.address(start="unknown"),
        "map_address": asked.address(sort="", near=""),
        "query_prefix": address + "&" if address else "",
        "sorts": [
            (value, label, asked.address(sort=value))
            for value, label in listing.SORTS.items()
            if value != "distance" or asked.point
        ],
        "register": RegisterSettings.in_force(),
        **(memoized(("all names", number), make) if plain else make()),
    }
    return render(request, "place_names/index.html", context)
