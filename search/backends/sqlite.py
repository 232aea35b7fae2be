"""SQLite's full-text search (FTS5) over tokens made here."""

from functools import reduce
from operator import and_, or_

from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.backends.database.sqlite.query import BM25, Lexeme, SearchQueryExpression
from modelsearch.query import And, Or, Phrase, PlainText

from .documents import AnalysedObject
from .loosening import LooseningResults, ReadQuery
from .text import phrases_of


class TitleFirst(BM25):
    """BM25 in which a hit in the title weighs ten times one in the text."""

    def as_sql(self, compiler, connection, function=None, template=None):
        table = stock.SQLiteFTSIndexEntry._meta.db_table
        return f"bm25({table}, 1.0, 1.0, 10.0)", []  # autocomplete, body, title


class Index(stock.SQLiteIndex):
    def add_items(self, model, objs):
        if not model.get_search_fields():
            return
        indexers = [stock.ObjectIndexer(AnalysedObject(obj), self.backend) for obj in objs]
        content_type = stock.get_content_type_pk(model)
        self.entries.bulk_create(
            [
                stock.IndexEntry(
                    content_type_id=content_type,
                    object_id=indexer.id,
                    title=indexer.title,
                    autocomplete=indexer.autocomplete,
                    body=indexer.body,
                )
                for indexer in indexers
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body"],
        )
        self._refresh_title_norms()


class PhraseCompiler(ReadQuery):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.fields is not None:
            # The table has a column for titles and one for everything else.
            column = {"title": "title"} if self.FTS_TABLE_FIELDS == ["title", "body"] else {}
            rest = self.FTS_TABLE_FIELDS[-1]
            self.fields = sorted({column.get(name, rest) for name in self.fields})

    def build_search_query_content(self, query, config=None):
        if isinstance(query, PlainText | Phrase):
            *others, last = [" ".join(phrase) for phrase in phrases_of(query)]
            prefix = self.LAST_TERM_IS_PREFIX and isinstance(query, PlainText)
            lexemes = [*map(Lexeme, others), Lexeme(last, prefix=prefix)]
            joined = or_ if getattr(query, "operator", "and") == "or" else and_
            return SearchQueryExpression(reduce(joined, lexemes), config=config)
        return super().build_search_query_content(query, config=config)

    def build_tsrank(self, vector, query, config=None, boost=1.0):
        # FTS5 knows one rank for the whole match, however the query is put together.
        if isinstance(query, And | Or | PlainText | Phrase):
            return TitleFirst() * boost
        return super().build_tsrank(vector, query, config=config, boost=boost)


class SearchCompiler(PhraseCompiler, stock.SQLiteSearchQueryCompiler):
    pass


class AutocompleteCompiler(PhraseCompiler, stock.SQLiteAutocompleteQueryCompiler):
    pass


class Results(LooseningResults, stock.SQLiteSearchResults):
    pass


class SQLiteSearchBackend(stock.SQLiteSearchBackend):
    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
