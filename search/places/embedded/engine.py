"""The engine for place names in tables of the site's own database."""

from collections.abc import Iterable, Sequence
from itertools import islice
from math import cos, radians

from django.db.models import Count, F, FloatField, QuerySet, Value
from django.db.models.functions import Coalesce

from home.cache.memoize import memoized
from search.analysis import analyse
from search.models import IndexState, PlaceDocument
from search.places.engine import CANDIDATES, COUNT_CAP, Engine
from search.places.filters import Filters
from search.places.place import Place
from search.places.retrieval import tiers

from . import writing
from .combinations import counts_by_facet
from .selection import few_documents, matching

RADII = (0.004, 0.03)
"""Degrees around a point in which the nearest are looked for first."""
CLOSE, MANY = 0.0005, 100_000
"""Of so many places there are mostly enough within this radius."""
FAR = 1e9


class EmbeddedEngine(Engine):
    name = "embedded"

    def fetch(
        self,
        tier,
        filters,
        *,
        order="size",
        near=None,
        limit=CANDIDATES,
        offset=0,
        exclude=(),
    ) -> list[Place]:
        found = matching(tier, filters, exclude)
        if found.query.is_empty():
            return []  # Compiling a query that finds nothing takes longer than most queries.
        if order == "distance":
            rows = _nearest(found, near, offset, limit)
        else:
            found = found.order_by("size" if order == "size" else "sort_key", "place_id")
            rows = found.values_list("source", flat=True)[offset : offset + limit]
        return [Place.from_json(row) for row in rows]

    def count(self, tier, filters) -> int:
        if tier is not None and len(tier.groups) == 1 and filters == Filters():
            keys = few_documents(tier.groups[0])
            if keys is not None:
                return len(keys)
        return matching(tier, filters).order_by()[: COUNT_CAP + 1].count()

    def facets(self, tier, filters) -> dict[str, dict[str, int]]:
        grouped = (
            matching(tier, filters.without_facets())
            .order_by()
            .values_list("combination")
            .annotate(Count("place_id"))
        )
        return counts_by_facet(grouped, filters.by_facet())

    def documents(self, text: str, filters: Filters) -> QuerySet[PlaceDocument]:
        """All that `search` finds, as documents, for those who group or count them."""
        if not text.strip():
            return matching(None, filters)
        query = analyse(text)
        plan = tiers(query)
        if not plan:
            return PlaceDocument.objects.none()
        ranked, broad = self._gather(query, plan)
        if broad:
            return matching(plan[0], filters)
        admitted = [each.place.id for each in ranked if filters.admit(each.place)]
        return PlaceDocument.objects.filter(pk__in=admitted)

    def index(self, places: Iterable[Place]) -> int:
        """Replace documents, tokens and facets; in the caller's transaction if there is one."""
        total = 0
        rest = iter(places)
        while batch := list(islice(rest, writing.BATCH)):
            writing.write(batch)
            total += len(batch)
        return total

    def delete(self, ids: Iterable[int]) -> None:
        writing.delete(ids)

    def ids(self) -> set[int]:
        return set(PlaceDocument.objects.values_list("pk", flat=True))

    def sources(self, ids: Sequence[int]) -> dict[int, str]:
        """The stored documents of these places, as `Place.to_json` wrote them."""
        return dict(PlaceDocument.objects.filter(pk__in=ids).values_list("pk", "source"))

    def incomplete(self, places: Sequence[Place]) -> list[Place]:
        """Those of the places whose tokens or facets are not those that `index` would write."""
        rows = writing.stored_rows([place.id for place in places])
        return [place for place in places if rows[place.id] != writing.rows_of(place)]

    def delete_orphans(self) -> int:
        """Delete tokens and facets of documents that are not there; returns of how many."""
        return writing.delete_orphans()

    def built_with(self) -> int | None:
        """The version of the analysis that made the index; None if there is none."""
        return IndexState.version_of(self.name)

    def mark_built(self) -> None:
        IndexState.note(self.name)


def _nearest(found: QuerySet, near: tuple[float, float], offset: int, limit: int) -> Iterable[str]:
    """Documents, nearest first, those without a point last.

    Squared distance on a plane at that latitude: over a city it orders as the sphere does.
    A circle that holds enough is sought first, so that a million names need no full sort.
    """
    lon, lat = near
    shrink = max(cos(radians(lat)), 0.01)
    dx = (F("lon") - Value(lon)) * Value(shrink)
    dy = F("lat") - Value(lat)
    away = Coalesce(dx * dx + dy * dy, Value(FAR), output_field=FloatField())
    found = found.annotate(away=away).order_by("away", "place_id")
    found = found.values_list("source", flat=True)
    for radius in (CLOSE, *RADII) if _are_many() else RADII:
        circle = found.filter(
            lon__gte=lon - radius / shrink,
            lon__lte=lon + radius / shrink,
            lat__gte=lat - radius,
            lat__lte=lat + radius,
            away__lte=radius * radius,
        )
        rows = list(circle[offset : offset + limit])
        if len(rows) == limit:
            return rows
    return found[offset : offset + limit]


def _are_many() -> bool:
    return memoized("many places", lambda: PlaceDocument.objects.all()[MANY : MANY + 1].exists())
