"""PostgreSQL's full-text search over tokens made here, so without a dictionary of its own."""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.backends.database.postgres.query import LexemeCombinable, SearchQueryField
from modelsearch.query import Phrase, PlainText

from .documents import AnalysedObject
from .loosening import LooseningResults, ReadQuery
from .text import phrases_of


class PhraseLexeme(LexemeCombinable, Value):
    """Tokens that follow one another; they hold letters and digits only, nothing to escape."""

    _output_field = SearchQueryField()

    def __init__(self, phrase: tuple[str, ...], prefix: bool = False, invert: bool = False):
        joined = " <-> ".join(f"'{token}'" for token in phrase) + (":*" if prefix else "")
        super().__init__(f"!({joined})" if invert else f"({joined})")

    def as_sql(self, compiler, connection):
        return "%s", [self.value]


class Index(stock.PostgresIndex):
    def add_items(self, model, objs):
        super().add_items(model, [AnalysedObject(obj) for obj in objs])


class PhraseCompiler(ReadQuery):
    def build_tsquery_content(self, query, config=None, invert=False):
        if isinstance(query, PlainText | Phrase):
            *others, last = phrases_of(query)
            prefix = self.LAST_TERM_IS_PREFIX and isinstance(query, PlainText)
            lexemes = [PhraseLexeme(phrase, invert=invert) for phrase in others]
            lexemes.append(PhraseLexeme(last, prefix=prefix, invert=invert))
            any_of = (getattr(query, "operator", "and") == "or") != invert
            return SearchQuery(
                reduce(or_ if any_of else and_, lexemes), search_type="raw", config=config
            )
        return super().build_tsquery_content(query, config=config, invert=invert)

    def get_fields_vectors(self, search_query):
        # Stock reads the columns as they are written; the tokens are in the index only.
        columns = {"title" if name == "title" else "body" for name in self.search_fields}
        vectors = self.get_index_vectors(search_query)
        return [(v, boost) for v, boost in vectors if v.name.rpartition("__")[2] in columns]


class SearchCompiler(PhraseCompiler, stock.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(PhraseCompiler, stock.PostgresAutocompleteQueryCompiler):
    def get_fields_vectors(self, search_query):
        return self.get_index_vectors(search_query)


class Results(LooseningResults, stock.PostgresSearchResults):
    pass


class PostgreSQLSearchBackend(stock.PostgresSearchBackend):
    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results

    def __init__(self, params):
        super().__init__({"SEARCH_CONFIG": "simple", **params})
