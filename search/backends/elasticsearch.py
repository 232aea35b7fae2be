"""Elasticsearch 8 and 9 over tokens made here, so with the parts of its core alone.

While the server is away, or has no index yet, the same question is put to the embedded
engine, which is kept up to date beside it.
"""

import logging
from collections.abc import Callable

from elasticsearch import ApiError, TransportError
from modelsearch.backends import elasticsearch8 as stock
from modelsearch.backends import get_search_backend
from modelsearch.backends.elasticsearchbase import Field
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText

from search.breaker import breaker

from .documents import flat
from .loosening import LooseningResults, ReadQuery
from .text import indexed, phrases_of

logger = logging.getLogger("civil_affairs.search")

TIMEOUT = 2
"""Seconds, as for places (`search.places.server.connection`)."""


class Mapping(stock.Elasticsearch8Mapping):
    edgengram_analyzer_config = {}

    def get_mapping(self):
        mapping = super().get_mapping()
        _part_at_blanks(mapping["properties"])
        return mapping

    def get_field_mapping(self, field):
        name, mapping = super().get_field_mapping(field)
        if isinstance(field, SearchField):
            mapping["type"] = "text"  # Dates and numbers are searched as tokens too.
        return name, mapping

    def _get_document_field_data(self, field, obj):
        if isinstance(field, RelatedFields):
            return super()._get_document_field_data(field, obj)
        if isinstance(field, SearchField | AutocompleteField):
            completes = isinstance(field, AutocompleteField)
            value = indexed(flat(field.get_value(obj)), with_pinyin=completes)
            return self.get_field_column_name(field), value, [value] if completes else []
        return super()._get_document_field_data(field, obj)


def _part_at_blanks(properties: dict) -> None:
    """Blanks part the tokens that were made here; nothing else is done to them."""
    for field in properties.values():
        if field["type"] == "text":
            field["analyzer"] = "whitespace"
        _part_at_blanks(field.get("properties", {}))


class PhraseCompiler(ReadQuery):
    last_is_prefix = False

    def get_inner_query(self):
        return self._compiled(self.query)

    def _compiled(self, query) -> dict:
        """A query put together of others, each of which looks at all fields.

        Stock takes each field by itself, so a NOT is true as soon as one field lacks the word.
        """
        if isinstance(query, And | Or):
            clause = "must" if isinstance(query, And) else "should"
            return {"bool": {clause: [self._compiled(part) for part in query.subqueries]}}
        if isinstance(query, Not):
            return {"bool": {"must_not": self._compiled(query.subquery)}}
        if isinstance(query, Boost):
            return {"bool": {"must": self._compiled(query.subquery), "boost": query.boost}}
        if isinstance(query, MatchAll):
            return {"match_all": {}}
        if isinstance(query, Phrase):
            return self._compile_phrase_query(query, self._fields())
        if isinstance(query, PlainText):
            return self._compile_plaintext_query(query, self._fields())
        return self._compile_fuzzy_query(query, self._fields())

    def _fields(self) -> list[Field]:
        return self.remapped_fields

    def _compile_plaintext_query(self, query, fields, boost=1.0):
        phrases = phrases_of(query)
        parts = [
            self._phrase(phrase, fields, self.last_is_prefix and phrase is phrases[-1])
            for phrase in phrases
        ]
        if getattr(query, "operator", "and") == "or":
            clause = {"should": parts, "minimum_should_match": 1}
        else:
            clause = {"must": parts}
        return {"bool": {**clause, "boost": boost}}

    def _compile_phrase_query(self, query, fields):
        return self._phrase(phrases_of(query)[0], fields, False)

    def _phrase(self, phrase: tuple[str, ...], fields: list[Field], prefix: bool) -> dict:
        kind = "phrase_prefix" if prefix else "phrase"
        names = [field.field_name_with_boost for field in fields]
        return {"multi_match": {"query": " ".join(phrase), "fields": names, "type": kind}}


class SearchCompiler(PhraseCompiler, stock.Elasticsearch8SearchQueryCompiler):
    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"  # As the database engines have it, so all answer alike.


class AutocompleteCompiler(PhraseCompiler, stock.Elasticsearch8AutocompleteQueryCompiler):
    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"
    last_is_prefix = True

    def _fields(self) -> list[Field]:
        return [Field(name) for name in self.remapped_fields or ["_edgengrams"]]


class Results(LooseningResults, stock.Elasticsearch8SearchResults):
    def _strict_search(self):
        # As lists: a generator would fail only after the question was answered.
        return self._ask(lambda: list(super(Results, self)._strict_search()), list)

    def _strict_count(self):
        return self._ask(super()._strict_count, lambda found: found._do_count())

    def facet(self, field_name):
        return self._ask(
            lambda: super(Results, self).facet(field_name), lambda found: found.facet(field_name)
        )

    def _ask(self, server: Callable, embedded: Callable):
        """What the server answers, or `embedded` of the same question asked of the database."""
        breaker = self.backend.breaker
        if not breaker.is_open:
            try:
                answer = server()
            except ApiError as error:  # It answers, but not this: it may have no index yet.
                logger.warning("Elasticsearch refuses (%s): searching the database", type(error))
            except TransportError as error:
                breaker.note_failure(type(error).__name__)
            else:
                breaker.note_success()
                return answer
        return embedded(self._embedded())

    def _embedded(self):
        """The same slice of the same question, asked of the database."""
        compiler, embedded = self.query_compiler, get_search_backend("embedded")
        autocomplete = isinstance(compiler, AutocompleteCompiler)
        results = (embedded.autocomplete if autocomplete else embedded.search)(
            compiler.query,
            compiler.queryset,
            fields=compiler.fields,
            order_by_relevance=compiler.order_by_relevance,
        )
        results.start, results.stop = self.start, self.stop
        results._score_field = self._score_field
        return results


class ElasticsearchSearchBackend(stock.Elasticsearch8SearchBackend):
    mapping_class = Mapping
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    # Stock defines analyzers of n-grams that the core of the server does not have.
    settings = {"settings": {}}

    def __init__(self, params):
        self.breaker = breaker(params["URLS"][0])
        options = {"max_retries": 0, "retry_on_timeout": False, **params.pop("OPTIONS", {})}
        super().__init__({"TIMEOUT": TIMEOUT, "OPTIONS": options, **params})


SearchBackend = ElasticsearchSearchBackend
