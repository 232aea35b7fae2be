"""The engine for place names on Elasticsearch, by the same tiers and ranking as embedded."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import (
    Bool,
    Exists,
    GeoBoundingBox,
    MatchAll,
    Prefix,
    Query,
    Range,
    Term,
    Terms,
)
from elasticsearch.helpers import streaming_bulk

from search.analysis.names import KINDS
from search.places.engine import CANDIDATES, COUNT_CAP, Engine, EngineAwayError
from search.places.filters import FACETS, Filters
from search.places.place import Place
from search.places.retrieval import Lookup, Tier

from .connection import alias
from .documents import body

MAX_VALUES = 2000
"""Of one facet; there are some hundred classes and 18 subdistricts."""


class ElasticsearchEngine(Engine):
    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, index: str | None = None):
        self.client = client
        self.index_name = index or alias()

    def fetch(
        self, tier, filters, *, order="size", near=None, limit=CANDIDATES, offset=0, exclude=()
    ) -> list[Place]:
        search = self._search(tier, filters, exclude).source(["source"])
        if order == "distance":
            lon, lat = near
            by = {"_geo_distance": {"location": {"lon": lon, "lat": lat}, "order": "asc"}}
        else:
            by = "size" if order == "size" else "sort_key"
        search = search.sort(by, "place_id").extra(track_total_hits=False)
        with answering():
            found = search[offset : offset + limit].execute()
        return [Place.from_json(hit.source) for hit in found]

    def count(self, tier, filters) -> int:
        search = self._search(tier, filters).extra(size=0, track_total_hits=COUNT_CAP + 1)
        with answering():
            return search.execute().hits.total.value

    def facets(self, tier, filters) -> dict[str, dict[str, int]]:
        """One request: each facet is counted under what is chosen in the others."""
        search = self._search(tier, filters.without_facets())
        search = search.extra(size=0, track_total_hits=False)
        for facet in FACETS:
            others = [Term(f, value) for f, value in filters.by_facet().items() if f != facet]
            search.aggs.bucket(facet, "filter", filter=Bool(filter=others or [MatchAll()])).bucket(
                "values", "terms", field=facet, size=MAX_VALUES
            )
        with answering():
            found = search.execute().aggregations
        return {
            facet: {bucket.key: bucket.doc_count for bucket in found[facet]["values"].buckets}
            for facet in FACETS
        }

    def index(self, places: Iterable[Place], version: int = 1) -> int:
        """Send the places; a later version on the server stays."""
        actions = (
            {
                "_op_type": "index",
                "_index": self.index_name,
                "_id": str(place.id),
                "version": version,
                "version_type": "external_gte",
                **body(place),
            }
            for place in places
        )
        with answering():
            sent = streaming_bulk(self._patient(), actions, raise_on_error=False)
            return sum(ok for ok, _ in sent)

    def delete(self, ids: Iterable[int], version: int = 1) -> None:
        actions = (
            {
                "_op_type": "delete",
                "_index": self.index_name,
                "_id": str(place_id),
                "version": version,
                "version_type": "external_gte",
            }
            for place_id in ids
        )
        with answering():
            for _ in streaming_bulk(self._patient(), actions, raise_on_error=False):
                pass

    def _patient(self) -> Elasticsearch:
        return self.client.options(request_timeout=60)

    def _search(self, tier: Tier | None, filters: Filters, exclude: Sequence[int] = ()) -> Search:
        conditions = [*_conditions(filters)]
        for group in tier.groups if tier else ():
            conditions.append(Bool(should=[_lookup(lookup) for lookup in group]))
        excluded = [Terms("place_id", list(exclude))] if exclude else []
        query = Bool(filter=conditions or [MatchAll()], must_not=excluded)
        return Search(using=self.client, index=self.index_name).query(query)


@contextmanager
def answering() -> Iterator[None]:
    """Errors of the server and of the way to it as `EngineAwayError`."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineAwayError(f"{type(error).__name__}: {error}"[:200]) from error


def _lookup(lookup: Lookup) -> Query:
    field = KINDS[lookup.kind]
    if lookup.how == "prefix":
        return Prefix(field, lookup.values[0])
    return Terms(field, list(lookup.values))


def _conditions(filters: Filters) -> Iterator[Query]:
    for facet, value in filters.by_facet().items():
        yield Term(facet, value)
    if filters.year is not None:
        yield _open_or("since", lte=filters.year)
        yield _open_or("until", gte=filters.year)
    if filters.start_known is not None:
        known = Exists(field="since")
        yield known if filters.start_known else Bool(must_not=[known])
    if filters.bbox is not None:
        west, south, east, north = filters.bbox
        box = {"top_left": {"lat": north, "lon": west}, "bottom_right": {"lat": south, "lon": east}}
        yield GeoBoundingBox("location", box)


def _open_or(field: str, **limits: int) -> Query:
    return Bool(should=[Range(field, limits), Bool(must_not=[Exists(field=field)])])
