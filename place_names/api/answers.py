"""Listing with keyset paging, facets, and what is here."""

from datetime import datetime

from django.db.models import QuerySet
from pyproj import Geod

from place_names.models import Category, PlaceName, RegisterSettings, Subdistrict
from place_names.names.at_point import subdistrict_at
from place_names.names.listing import STATUSES
from place_names.ogc.asking import in_years
from place_names.ogc.collections import COLLECTIONS
from place_names.ogc.spatial import in_box
from place_names.open_data import keyset
from place_names.open_data.fields import place_rows, plain
from place_names.open_data.keyset import SortKey
from search.places.engines import place_search
from search.places.filters import Filters

from .facts import facts_of

GEOD = Geod(ellps="GRS80")
ORDERS = {
    "code": (SortKey("code"),),
    "name": (SortKey("sort_key"), SortKey("code")),
    "changed": (SortKey("updated_at"), SortKey("code")),
}


def selected(
    category: str,
    subdistrict: str,
    status: str,
    year: int | None,
    start_known: bool | None,
    box: tuple[float, float, float, float] | None,
    changed_since: datetime | None,
) -> QuerySet:
    places = PlaceName.objects.published()
    if category:
        places = places.filter(category__code__startswith=category.rstrip("0") or category)
    if subdistrict:
        places = places.filter(
            pk__in=PlaceName.subdistricts.through.objects.filter(
                subdistrict__code=subdistrict
            ).values("place_id")
        )
    if status:
        places = places.filter(status=status)
    if year is not None:
        places = places.filter(in_years(year, year, start_known))
    elif start_known is not None:
        places = places.filter(in_years(None, None, start_known))
    if box is not None:
        decimals = RegisterSettings.in_force().published_decimals
        places = places.filter(in_box(COLLECTIONS["place-names"], box, places, decimals))
    if changed_since is not None:
        places = places.filter(updated_at__gte=changed_since)
    return places


def page_of(
    places: QuerySet, sort: str, cursor: str, limit: int, with_geometry: bool
) -> tuple[list[dict], str | None]:
    """The records of a page, and the cursor of the next one."""
    keys = ORDERS[sort]
    if cursor:
        places = keyset.after(places, keys, keyset.read_cursor(keys, cursor))
    decimals = RegisterSettings.in_force().published_decimals
    rows = list(place_rows(keyset.ordered(places, keys)[: limit + 1], decimals))
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        at = PlaceName.objects.filter(code=rows[-1][0]["code"])
        last = at.values_list(*(key.path for key in keys)).get()
        exact = [each.isoformat() if isinstance(each, datetime) else each for each in last]
        following = keyset.write_cursor(keys, exact)
    records = [
        {name: plain(value) for name, value in values.items()}
        | ({"geometry": geometry} if with_geometry else {})
        for values, geometry in rows
    ]
    return records, following


def facets(text: str, filters: Filters) -> dict:
    """How many names each class, subdistrict and status holds among those found."""
    result = place_search().search(text, filters, page_size=1)
    titles = {
        "category": dict(Category.objects.values_list("code", "name")),
        "subdistrict": dict(Subdistrict.objects.values_list("code", "name")),
        "status": STATUSES,
    }
    return {"total": result.total} | {
        facet: [
            {"code": code, "name": names[code], "count": count}
            for code, count in sorted(result.facets[facet].items())
            if code in names
        ]
        for facet, names in titles.items()
    }


def here(lon: float, lat: float, limit: int) -> tuple[dict | None, list[dict]]:
    """The subdistrict around a point, and the standard names nearest to it."""
    hits = place_search().nearest(lon, lat, limit, Filters(status=PlaceName.Status.STANDARD))
    known = facts_of(hit.id for hit in hits)
    names = []
    for hit in hits:
        place = known.get(hit.id)
        if place is None or hit.place is None or hit.place.lon is None:
            continue
        bearing, _, metres = GEOD.inv(lon, lat, hit.place.lon, hit.place.lat)
        names.append(
            {
                "code": place["code"],
                "name": place["name"],
                "category": place["category"]["name"],
                "point": [hit.place.lon, hit.place.lat],
                "distance": round(metres, 1),
                "bearing": round(bearing % 360, 1) % 360,
                "address": place["address"],
            }
        )
    area = subdistrict_at(lon, lat)
    around = {"code": area.code, "name": area.name} if area else None
    return around, sorted(names, key=lambda each: each["distance"])
