"""Which documents have the tokens of a tier and what the filters ask for."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from search.models import PlaceDocument, PlaceFacet, PlaceToken
from search.places.filters import Filters
from search.places.retrieval import Lookup, Tier

FEW = 2000
"""Up to so many tokens their documents are read first and then asked for by key."""
AFTER_ALL = "\U0010ffff"
_TABLE = PlaceToken._meta.db_table


def matching(
    tier: Tier | None, filters: Filters, exclude: Collection[int] = ()
) -> QuerySet[PlaceDocument]:
    """Documents with a token of each group of the tier (all, for None) that pass the filters,
    without those of the given keys.

    Keys that are few are read in a query of their own: the second query then has no join that
    a database without statistics (in the transaction of an import) could do the wrong way.
    """
    found = PlaceDocument.objects.all()
    for group in tier.groups if tier else ():
        keys = few_documents(group)
        if keys is not None:
            keys.difference_update(exclude)
        if keys is None:
            found = found.filter(pk__in=_tokens(group).values("document"))
        elif keys:
            # Plain numbers from the index: checking each as a parameter takes longer than the query.
            found = found.filter(pk__in=RawSQL(", ".join(map(str, keys)), ()))  # noqa: S611
        else:
            return found.none()
    if exclude:
        found = found.exclude(pk__in=exclude)
    for facet, value in filters.by_facet().items():
        if facet == "status":
            found = found.filter(status=value)
        elif facet == "has_variant":
            found = found.filter(has_variant=value == "1")
        else:
            having = PlaceFacet.objects.filter(facet=facet, value=value).values("document")
            found = found.filter(pk__in=having)
    return _valid_and_inside(found, filters)


def _valid_and_inside(found: QuerySet, filters: Filters) -> QuerySet:
    if filters.year is not None:
        found = found.filter(
            Q(since=None) | Q(since__lte=filters.year), Q(until=None) | Q(until__gte=filters.year)
        )
    if filters.start_known is not None:
        found = found.filter(since__isnull=not filters.start_known)
    if filters.bbox is not None:
        west, south, east, north = filters.bbox
        found = found.filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    return found


def few_documents(group: Sequence[Lookup]) -> set[int] | None:
    """Keys of the documents with a token of the group; None where there are more than FEW.

    Each lookup is one range of the index, whatever the planner knows of the table.
    """
    parts: list[str] = []
    values: list[str] = []
    for lookup in group:
        head = f"SELECT document_id FROM {_TABLE} WHERE kind = %s AND token"  # noqa: S608
        if lookup.how == "prefix":
            (start,) = lookup.values
            parts.append(f"{head} >= %s AND token < %s")
            values += [lookup.kind, start, start + AFTER_ALL]
        else:
            parts.append(f"{head} IN ({', '.join(['%s'] * len(lookup.values))})")
            values += [lookup.kind, *lookup.values]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} LIMIT {FEW + 1}", values)
        rows = cursor.fetchall()
    return None if len(rows) > FEW else {key for (key,) in rows}


def _tokens(group: Sequence[Lookup]) -> QuerySet[PlaceToken]:
    condition = Q()
    for lookup in group:
        if lookup.how == "prefix":
            (start,) = lookup.values
            condition |= Q(kind=lookup.kind, token__gte=start, token__lt=start + AFTER_ALL)
        else:
            condition |= Q(kind=lookup.kind, token__in=lookup.values)
    return PlaceToken.objects.filter(condition)
