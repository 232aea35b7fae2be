"""The pages in English, found by queries in Latin letters.

They are few and have words with spaces between them, so they are compared word by word, apart from
the index of the Chinese pages: neither their number nor their words weigh in its scores.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from django.utils import translation
from django.utils.html import strip_tags
from wagtail.fields import StreamField
from wagtail.models import Page

from home.cache.memoize import memoized
from home.languages.locales import ENGLISH, HAN
from home.pages.full_text import texts_of
from search.analysis import normalise

from .documents import Document
from .page_documents import page_documents

FIELDS = {"title": 3.0, "asked": 2.5, "summary": 1.5, "text": 1.0}
"""What a word of the query counts by the best field that has it."""
TELLING = FIELDS["summary"]
"""What a page has in its running text alone it says in passing: it must have all of the words."""
SHORTEST_SLIP, ALIKE = 5, 0.82
"""From so many letters on a word that no page has is read as the one most like it, if it is so
much like it (as `difflib` measures): about one letter wrong, too many, missing or swapped."""
LEAST_SHARE = 0.5
"""So many of the words a page must have."""
MAX_RESULTS = 10
SHOWN_FROM_ELSEWHERE = {"material_list", "places"}
"""Blocks of which the page itself holds only what is chosen."""
_STOP_WORDS = """
a about after am an and any are as at be been before by can could did do does for from get had has
have he her him his how i if in is it me must my need no not of on or our please she should so some
than that the their them then there they this to us want was we were what when where which who whom
why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing of the subject."""


_WHOM = """
spouse husband wife fiance fiancee partner boyfriend girlfriend foreigner mother father parents son
daughter brother sister friend
"""
WHOM_WEIGHT = 0.1
"""Whom it is for tells pages apart that answer the matter; alone it is the matter."""


def in_english(query: str) -> list[Document]:
    """The English pages that answer the query, the best first; none for a Chinese query."""
    wanted = [] if HAN.search(query) else list(dict.fromkeys(words(query)))
    if not wanted:
        return []
    known = _known()
    wanted = [_as_known(word, known) for word in wanted]
    found = ((_score(page, wanted), document) for document, page in known)
    best = sorted((each for each in found if each[0]), key=lambda row: (-row[0], row[1].key))
    return [document for _score_of, document in best[:MAX_RESULTS]]


def words(text: str) -> Iterable[str]:
    """The words of the subject in lower case, plurals as singulars, -ed and -ing left out."""
    for word in re.findall(r"[a-z0-9]+", normalise(text)):
        if word not in STOP_WORDS:
            yield _stem(word)


def _stem(word: str) -> str:
    for ending in ("ies", "ied", "ing", "ed", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("ss"):
            return stem + "i" if ending.startswith("ie") else stem.removesuffix("e")
    if len(word) < 4:
        return word
    return word[:-1] + "i" if word.endswith("y") else word.removesuffix("e")


WHOM = frozenset(map(_stem, _WHOM.split()))

Words = dict[str, frozenset[str]]


def _known() -> list[tuple[Document, Words]]:
    return memoized("english documents", _read)


def _read() -> list[tuple[Document, Words]]:
    with translation.override(ENGLISH):
        documents = {document.key: document for document in page_documents()}
        keys = [key.removeprefix("page:") for key in documents]
        pages = Page.objects.filter(pk__in=keys).order_by("pk").specific()
        return [
            (documents[f"page:{page.pk}"], _of(documents[f"page:{page.pk}"], page))
            for page in pages
        ]


def _of(document: Document, page: Page) -> Words:
    found = {field: frozenset(words(getattr(document, field))) for field in FIELDS}
    return found | {"text": frozenset(words(f"{document.text} {_shown(page)}"))}


def _shown(page: Page) -> str:
    """Every text of the page, with the lists and places that its blocks show from elsewhere."""
    parts = [text.words for text in texts_of(page)]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            parts += [
                strip_tags(block.render().replace("<", " <"))
                for block in getattr(page, field.name)
                if block.block_type in SHOWN_FROM_ELSEWHERE
            ]
    return " ".join(parts)


def _as_known(word: str, known: list[tuple[Document, Words]]) -> str:
    """The word, or where no page has it and it looks misspelt, the one that was meant."""
    vocabulary = frozenset().union(*(page[field] for _, page in known for field in FIELDS))
    if word in vocabulary or len(word) < SHORTEST_SLIP:
        return word
    alike = [each for each in vocabulary if each[0] == word[0] and not each.isdigit()]
    return next(iter(get_close_matches(word, sorted(alike), 1, ALIKE)), word)


def _score(page: Words, wanted: list[str]) -> float:
    """Between 0, where the page does not answer, and a little above the weight of the title."""
    matter = [word for word in wanted if word not in WHOM]
    if matter and len(matter) < len(wanted):
        whom = [word for word in wanted if word in WHOM]
        answers = _score(page, matter)
        return answers and answers + WHOM_WEIGHT * _score(page, whom)
    best = [
        max((weight for field, weight in FIELDS.items() if word in page[field]), default=0.0)
        for word in wanted
    ]
    has = sum(1 for weight in best if weight)
    share = 1 if max(best) < TELLING else LEAST_SHARE
    if not has or has < share * len(wanted):
        return 0.0
    return sum(best) / len(wanted)
