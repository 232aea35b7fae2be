"""The engine in the database itself: no server, consistent at commit, any number of processes."""

from collections.abc import Iterable, Sequence
from math import cos, radians

from django.db import connection, transaction
from django.db.models import Count, F, FloatField, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from .analysis import VERSION, name_tokens
from .engine import CANDIDATES, COUNT_CAP, Engine, Filters
from .models import IndexState, PlaceDocument, PlaceFacet, PlaceToken
from .place import Place
from .retrieval import Lookup, Tier

BATCH = 500
"""Places that are written at once."""
AFTER_ALL = "\U0010ffff"
RADII = (0.004, 0.03)
"""Degrees around a point in which the nearest are looked for first."""
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
        found = _matching(tier, filters)
        if exclude:
            found = found.exclude(pk__in=exclude)
        if order == "distance":
            found = _by_distance(found, near, offset + limit)
        else:
            found = found.order_by("size" if order == "size" else "sort_key", "place_id")
        rows = found.values_list("source", flat=True)[offset : offset + limit]
        return [Place.from_json(row) for row in rows]

    def count(self, tier, filters) -> int:
        if tier is not None and len(tier.groups) == 1 and filters == Filters():
            found = _tokens(tier.groups[0]).values("document").distinct()
        else:
            found = _matching(tier, filters)
        return found.order_by()[: COUNT_CAP + 1].count()

    def group(self, tier, filters, facets) -> dict[str, dict[str, int]]:
        return self.groups(tier, [(filters, facets)])

    def groups(self, tier, asked) -> dict[str, dict[str, int]]:
        """All in one query, so that a page needs as many whatever is chosen."""
        counts: dict[str, dict[str, int]] = {facet: {} for _, facets in asked for facet in facets}
        parts = []
        for filters, facets in asked:
            rows = PlaceFacet.objects.filter(facet__in=facets)
            if tier is not None or filters != Filters():
                rows = rows.filter(document__in=_matching(tier, filters).values("pk"))
            parts.append(rows.order_by().values_list("facet", "value").annotate(Count("id")))
        grouped = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        for facet, value, number in grouped:
            counts[facet][value] = number
        return counts

    def index(self, places: Iterable[Place]) -> int:
        """Write documents, tokens and facets anew; in the caller's transaction if there is one."""
        total = 0
        batch: list[Place] = []
        for place in places:
            batch.append(place)
            if len(batch) == BATCH:
                self._write(batch)
                total += len(batch)
                batch = []
        if batch:
            self._write(batch)
        return total + len(batch)

    @transaction.atomic
    def _write(self, places: Sequence[Place]) -> None:
        ids = [place.id for place in places]
        self.delete(ids)
        PlaceDocument.objects.bulk_create(
            PlaceDocument(
                place_id=place.id,
                size=place.size,
                sort_key=place.sort_key[:250],
                since=place.since,
                until=place.until,
                lon=place.lon,
                lat=place.lat,
                source=place.to_json(),
            )
            for place in places
        )
        _insert(
            PlaceToken,
            ("document_id", "kind", "token"),
            [(place.id, kind, token) for place in places for kind, token in place_tokens(place)],
        )
        _insert(
            PlaceFacet,
            ("document_id", "facet", "value"),
            [
                (place.id, facet, value)
                for place in places
                for facet, values in place.facets.items()
                for value in dict.fromkeys(values)
            ],
        )

    @transaction.atomic
    def delete(self, ids: Iterable[int]) -> None:
        ids = list(ids)
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            PlaceToken.objects.filter(document__in=some)._raw_delete(PlaceToken.objects.db)
            PlaceFacet.objects.filter(document__in=some)._raw_delete(PlaceFacet.objects.db)
            PlaceDocument.objects.filter(pk__in=some)._raw_delete(PlaceDocument.objects.db)

    def ids(self) -> set[int]:
        return set(PlaceDocument.objects.values_list("pk", flat=True))

    def sources(self, ids: Sequence[int]) -> dict[int, str]:
        """The stored documents of these places, as `Place.to_json` wrote them."""
        return dict(PlaceDocument.objects.filter(pk__in=ids).values_list("pk", "source"))

    def built_with(self) -> int | None:
        """The version of the analysis that made the index; None if there is none."""
        return IndexState.objects.filter(engine=self.name).values_list("version", flat=True).first()

    def mark_built(self) -> None:
        IndexState.objects.update_or_create(engine=self.name, defaults={"version": VERSION})


def place_tokens(place: Place) -> set[tuple[str, str]]:
    return {pair for name in place.names for pair in name_tokens(name)}


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple]) -> None:
    """Insert plain rows: ten times as fast as `bulk_create`, and a name has 50 tokens."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608
            rows,
        )


def _matching(tier: Tier | None, filters: Filters) -> QuerySet:
    found = PlaceDocument.objects.all()
    for group in tier.groups if tier else ():
        found = found.filter(pk__in=_tokens(group).values("document"))
    for facet, value in filters.by_facet().items():
        having = PlaceFacet.objects.filter(facet=facet, value=value).values("document")
        found = found.filter(pk__in=having)
    if filters.year is not None:
        found = found.filter(
            Q(since=None) | Q(since__lte=filters.year), Q(until=None) | Q(until__gte=filters.year)
        )
    if filters.bbox is not None:
        west, south, east, north = filters.bbox
        found = found.filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    return found


def _tokens(group: Sequence[Lookup]) -> QuerySet:
    condition = Q()
    for lookup in group:
        condition |= _condition(lookup)
    return PlaceToken.objects.filter(condition)


def _condition(lookup: Lookup) -> Q:
    if lookup.how == "prefix":
        (start,) = lookup.values
        return Q(kind=lookup.kind, token__gte=start, token__lt=start + AFTER_ALL)
    return Q(kind=lookup.kind, token__in=lookup.values)


def _by_distance(found: QuerySet, near: tuple[float, float], wanted: int) -> QuerySet:
    """Nearest first, those without a point last.

    Squared distance on a plane at that latitude: over a city it orders as the sphere does.
    A circle that holds enough is sought first, so that a million names need no full sort.
    """
    lon, lat = near
    shrink = max(cos(radians(lat)), 0.01)
    dx = (F("lon") - Value(lon)) * Value(shrink)
    dy = F("lat") - Value(lat)
    away = Coalesce(dx * dx + dy * dy, Value(FAR), output_field=FloatField())
    found = found.annotate(away=away)
    for radius in RADII:
        circle = found.filter(
            lon__gte=lon - radius / shrink,
            lon__lte=lon + radius / shrink,
            lat__gte=lat - radius,
            lat__lte=lat + radius,
            away__lte=radius * radius,
        )
        if circle.order_by()[:wanted].count() >= wanted:
            found = circle
            break
    return found.order_by("away", "place_id")
