"""The document of a place on the server: tokens made in Python, so keywords only."""

from elasticsearch.dsl import (
    Document,
    GeoPoint,
    Integer,
    Keyword,
    Long,
    Short,
)

from search.analysis.names import KINDS
from search.places.embedded import place_tokens
from search.places.place import Place


class PlaceNameDocument(Document):
    """Fields `han` … `sound` hold the tokens of that kind (search.analysis.names.KINDS)."""

    place_id = Long()
    size = Short()
    sort_key = Keyword()
    category = Keyword()
    subdistrict = Keyword()
    status = Keyword()
    has_variant = Keyword()
    since = Integer()
    until = Integer()
    location = GeoPoint()
    source = Keyword(index=False, doc_values=False)

    han = Keyword(doc_values=False)
    digits = Keyword(doc_values=False)
    pinyin = Keyword(doc_values=False)
    initials = Keyword(doc_values=False)
    whole = Keyword(doc_values=False)
    whole_pinyin = Keyword(doc_values=False)
    gaps = Keyword(doc_values=False)
    pinyin_gaps = Keyword(doc_values=False)
    sound = Keyword(doc_values=False)
    cantonese = Keyword(doc_values=False)

    class Index:
        settings = {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "max_result_window": 100_000,
            # A late write of an old version must meet the mark of a later deletion.
            "gc_deletes": "6h",
        }


def body(place: Place) -> dict:
    """The place as the server keeps it."""
    tokens: dict[str, list[str]] = {}
    for kind, token in sorted(place_tokens(place)):
        tokens.setdefault(KINDS[kind], []).append(token)
    found = {
        "place_id": place.id,
        "size": place.size,
        "sort_key": place.sort_key,
        "since": place.since,
        "until": place.until,
        "source": place.to_json(),
        **{facet: list(values) for facet, values in place.facets.items()},
        **tokens,
    }
    if place.lon is not None and place.lat is not None:
        found["location"] = {"lon": place.lon, "lat": place.lat}
    return found
