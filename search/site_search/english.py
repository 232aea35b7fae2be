"""The pages in English, found by queries in Latin letters.

They are few and have words with spaces between them, so they are compared word by word, apart from
the index of the Chinese pages: neither their number nor their words weigh in its scores.
"""

import re
from collections.abc import Iterable

from django.utils import translation

from home.cache.memoize import memoized
from home.languages.locales import ENGLISH, HAN
from search.analysis import normalise

from .documents import Document
from .page_documents import page_documents

FIELDS = {"title": 3.0, "asked": 2.5, "summary": 1.5, "text": 1.0}
"""What a word of the query counts by the best field that has it."""
TELLING = FIELDS["summary"]
"""A page that has all words in its running text alone says something of them in passing."""
LEAST_SHARE = 0.5
"""So many of the words a page must have."""
MAX_RESULTS = 10
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "are",
        "at",
        "be",
        "can",
        "do",
        "does",
        "for",
        "from",
        "get",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "need",
        "of",
        "on",
        "or",
        "our",
        "should",
        "that",
        "the",
        "their",
        "there",
        "this",
        "to",
        "us",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)
"""Words that say nothing of the subject."""


def in_english(query: str) -> list[Document]:
    """The English pages that answer the query, the best first; none for a Chinese query."""
    wanted = [] if HAN.search(query) else list(dict.fromkeys(words(query)))
    if not wanted:
        return []
    found = ((_score(page, wanted), document) for document, page in _known())
    best = sorted((each for each in found if each[0]), key=lambda row: (-row[0], row[1].key))
    return [document for _score_of, document in best[:MAX_RESULTS]]


def words(text: str) -> Iterable[str]:
    """The words of the subject in lower case, plurals as singulars, -ed and -ing left out."""
    for word in re.findall(r"[a-z0-9]+", normalise(text)):
        if word not in STOP_WORDS:
            yield _stem(word)


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("ss"):
            return (stem + instead).removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


Words = dict[str, frozenset[str]]


def _known() -> list[tuple[Document, Words]]:
    with translation.override(ENGLISH):
        return memoized("english documents", lambda: [(d, _of(d)) for d in page_documents()])


def _of(document: Document) -> Words:
    return {field: frozenset(words(getattr(document, field))) for field in FIELDS}


def _score(page: Words, wanted: list[str]) -> float:
    """Between 0, where the page does not answer, and the weight of the title."""
    best = [
        max((weight for field, weight in FIELDS.items() if word in page[field]), default=0.0)
        for word in wanted
    ]
    has = sum(1 for weight in best if weight)
    if has < LEAST_SHARE * len(wanted) or max(best) < TELLING:
        return 0.0
    return sum(best) / len(wanted)
