"""Running text and queries as tokens: one per Chinese character, one per word or number else."""

import re
from functools import lru_cache
from itertools import pairwise

from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

from search.analysis import normalise, pinyin_terms, text_terms

GAP = re.compile(r"[\W_]+")

MAX_INDEXED_TOKENS = 100_000  # About 200 printed pages: a tsvector may not pass 1 MB.
MAX_QUERY_TOKENS = 40
MAX_TOKEN_LENGTH = 64
MAX_SPELT = 100


def tokens(text: str) -> list[str]:
    """The tokens of a text in order; 结婚登记2人 gives 结 婚 登 记 2 人."""
    return [token[:MAX_TOKEN_LENGTH] for token in text_terms(text)]


def indexed(text: str, with_pinyin: bool = False) -> str:
    """The text as it is stored in an index: its tokens with blanks between.

    With pinyin, a short text can also be completed from jiehun or jhdj on.
    """
    stored = tokens(text)[:MAX_INDEXED_TOKENS]
    if with_pinyin and len(text) <= MAX_SPELT:
        stored += [term[:MAX_TOKEN_LENGTH] for term in pinyin_terms(text)]
    return " ".join(stored)


@lru_cache(maxsize=512)
def terms(query: str) -> tuple[tuple[str, ...], ...]:
    """The words of a query, each a phrase of tokens, no more than MAX_QUERY_TOKENS in all.

    Whatever is no letter and no digit parts words and is dropped, so quotes, operators and
    control characters of any query language lose their meaning here.
    """
    found: list[tuple[str, ...]] = []
    room = MAX_QUERY_TOKENS
    for word in GAP.split(normalise(query[:2000])):
        phrase = tuple(tokens(word)[:room])
        if phrase and phrase not in found:
            found.append(phrase)
            room -= len(phrase)
        if room <= 0:
            break
    return tuple(found)


@lru_cache(maxsize=512)
def pieces(query: str) -> tuple[tuple[str, ...], ...]:
    """Each pair of neighbours in each word of the query: what to look for when no page has it
    whole. 离婚冷静期 gives 离婚, 婚冷, 冷静, 静期."""
    found: dict[tuple[str, ...], None] = {}
    for phrase in terms(query):
        if len(phrase) < 3:
            found[phrase] = None
        else:
            for pair in pairwise(phrase):
                found[pair] = None
    return tuple(found)


class Pieces(PlainText):
    """A query that is content with any piece of what was asked; the more, the better."""

    def __init__(self, query_string: str):
        super().__init__(query_string, operator="or")


class Whole(PlainText):
    """A query that wants every word, and rather no answer than a looser one."""


def phrases_of(query: PlainText | Phrase) -> tuple[tuple[str, ...], ...]:
    """The phrases an engine has to look for, to be joined by the operator of the query."""
    if isinstance(query, Pieces):
        return pieces(query.query_string)
    if isinstance(query, Phrase):
        return (tuple(token for term in terms(query.query_string) for token in term),)
    return terms(query.query_string)


def without_blanks(query: SearchQuery) -> SearchQuery | None:
    """The query without the parts that ask for nothing; None when nothing is left of it."""
    if isinstance(query, PlainText | Phrase | Fuzzy):
        return query if terms(query.query_string) else None
    if isinstance(query, And | Or):
        kept = [part for part in map(without_blanks, query.subqueries) if part is not None]
        if len(kept) == 1:
            return kept[0]
        return type(query)(kept) if kept else None
    if isinstance(query, Not):
        part = without_blanks(query.subquery)
        return MATCH_ALL if part is None else Not(part)
    if isinstance(query, Boost):
        part = without_blanks(query.subquery)
        return None if part is None else Boost(part, query.boost)
    return query


def loosened(query: SearchQuery) -> SearchQuery | None:
    """What to try when `query` finds nothing: any piece of it. None when that is no looser."""
    if isinstance(query, Pieces | Whole) or not isinstance(query, PlainText):
        return None
    if pieces(query.query_string) == terms(query.query_string) and (
        query.operator == "or" or len(terms(query.query_string)) < 2
    ):
        return None
    return Pieces(query.query_string)
