"""Writing documents, tokens and facets of places into the tables of the index."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter

from django.db import connection, transaction

from home.plain_inserts import insert_rows
from search.analysis import name_tokens
from search.analysis.names import HAN
from search.models import PlaceDocument, PlaceFacet, PlaceToken
from search.places.place import Place

from . import cells
from .combinations import combination

BATCH = 500
"""Places that are written at once."""
TABLES = (PlaceToken, PlaceFacet, PlaceDocument)


def place_tokens(place: Place) -> set[tuple[str, str]]:
    """Pairs (kind, token) under which the place is found by any of its names."""
    tokens = set().union(*map(name_tokens, place.names))
    if place.code:
        tokens.add((HAN, place.code))
    return tokens


@transaction.atomic
def write(places: Sequence[Place]) -> None:
    """Replace these places; in the caller's transaction if there is one."""
    before = _delete([place.id for place in places])
    insert_rows(
        PlaceDocument,
        (
            "place_id", "size", "sort_key", "status", "has_variant", "combination", "since", "until",
            "lon", "lat", "source",
        ),
        (
            (
                place.id, place.size, place.sort_key[:250], place.status, place.has_variant,
                combination(place), place.since, place.until, place.lon, place.lat,
                place.to_json(),
            )
            for place in places
        ),
    )  # fmt: skip
    # In the order of the index for look-ups: a name has 50.
    insert_rows(
        PlaceToken,
        ("document_id", "kind", "token"),
        sorted(
            ((place.id, kind, token) for place in places for kind, token in place_tokens(place)),
            key=itemgetter(1, 2, 0),
        ),
    )
    insert_rows(
        PlaceFacet,
        ("document_id", "facet", "value"),
        (
            (place.id, facet, value)
            for place in places
            for facet in ("category", "subdistrict")
            for value in dict.fromkeys(place.facets[facet])
        ),
    )
    cells.note(
        before,
        ((each.lon, each.lat, combination(each), each.since, each.until) for each in places),
    )


@transaction.atomic
def delete(ids: Iterable[int]) -> None:
    cells.note(_delete(ids), ())


def _delete(ids: Iterable[int]) -> list[cells.Row]:
    """Deletes what there is of these places; says what documents there were."""
    ids = list(ids)
    gone: list[cells.Row] = []
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        gone += PlaceDocument.objects.filter(pk__in=some).values_list(*cells.COLUMNS)
        for model in TABLES:
            key = "pk__in" if model is PlaceDocument else "document__in"
            model.objects.filter(**{key: some})._raw_delete(model.objects.db)
    return gone


def rows_of(place: Place) -> Counter[tuple[str, str]]:
    """The tokens and facets that `write` stores for a place, each once."""
    facets = {
        (facet, value) for facet in ("category", "subdistrict") for value in place.facets[facet]
    }
    return Counter({*place_tokens(place), *facets})


def stored_rows(ids: Sequence[int]) -> dict[int, Counter[tuple[str, str]]]:
    """The tokens and facets that are stored for these places, with how often they are."""
    found: dict[int, Counter[tuple[str, str]]] = {place: Counter() for place in ids}
    for model, columns in ((PlaceToken, ("kind", "token")), (PlaceFacet, ("facet", "value"))):
        rows = model.objects.filter(document__in=ids).values_list("document_id", *columns)
        for document, *row in rows.iterator(chunk_size=10_000):
            found[document][tuple(row)] += 1
    return found


@transaction.atomic
def delete_orphans() -> int:
    """Delete the rows of documents that are not there; returns of how many documents."""
    documents = PlaceDocument.objects.values("pk")
    orphans: set[int] = set()
    for model in (PlaceToken, PlaceFacet):
        rows = model.objects.exclude(document__in=documents)
        orphans.update(rows.values_list("document_id", flat=True).distinct())
    delete(orphans)
    return len(orphans)


@contextmanager
def filling() -> Iterator[None]:
    """Within it a whole index is written, batch by batch.

    Into empty tables rows go without the indexes for look-ups, which are made at the end by
    one sort: at a million names putting each token in its place takes hours. A process that
    was killed before that leaves right but slow tables; the next filling makes the indexes.
    At the end the database learns how the values are spread, before its own upkeep does.
    """
    alone = not connection.in_atomic_block
    if alone and not PlaceDocument.objects.exists():
        there = _names_of_indexes()
        _change_indexes("remove_index", lambda name: name in there)
    try:
        yield
    finally:
        if alone:
            there = _names_of_indexes()
            _change_indexes("add_index", lambda name: name not in there)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in TABLES:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _change_indexes(how: str, wanted: Callable[[str], bool]) -> None:
    with connection.schema_editor() as editor:
        for model in TABLES:
            for index in model._meta.indexes:
                if wanted(index.name):
                    getattr(editor, how)(model, index)


def _names_of_indexes() -> set[str]:
    with connection.cursor() as cursor:
        return {
            name
            for model in TABLES
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }
