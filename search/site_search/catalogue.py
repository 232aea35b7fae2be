"""What site search knows, memoized until content changes."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from home.cache import invalidation
from home.cache.memoize import memoized
from home.pages.visibility import is_open_to_all
from search.analysis import name_key, normalise
from search.models import AskedWords, PageEntry, SafetyCard, SearchSettings, Synonym
from search.models.synonym import words_of

from .documents import Document, all_documents
from .query import SiteQuery, read
from .safety import SafetyRules
from .scoring import Index
from .wording import FunctionWords, Synonyms


@dataclass(frozen=True, slots=True)
class Promotion:
    title: str
    url: str
    description: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    index: Index
    promotions: dict[str, tuple[Promotion, ...]]
    safety: SafetyRules
    complaints: SafetyRules

    def read(self, query: str) -> SiteQuery:
        return read(query, self.index.synonyms, self.index.function_words)


def invalidate(**kwargs) -> None:
    """Read everything again: at once on this connection, after the commit on the others."""
    invalidation.invalidate()


def connect() -> None:
    """Listen for every change of what the catalogue holds; called from SearchConfig.ready."""
    for model in (
        AskedWords,
        PageEntry,
        SafetyCard,
        Synonym,
        SearchSettings,
        SearchPromotion,
        Query,
        PageViewRestriction,
    ):
        for signal in (post_save, post_delete):
            signal.connect(invalidate, sender=model, dispatch_uid="search-catalogue")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(invalidate, dispatch_uid="search-catalogue")


def catalogue() -> Catalogue:
    """The catalogue of the content as it is; read from the database when that has changed."""
    return memoized("search catalogue", _read)


def _read() -> Catalogue:
    said, function_words = _synonyms()
    rules = SafetyRules.load()
    return Catalogue(
        index=_index(tuple(_with_asked_words(all_documents())), said, function_words),
        promotions=_promotions(),
        safety=rules[SafetyCard.Kind.DANGER],
        complaints=rules[SafetyCard.Kind.COMPLAINT],
    )


@lru_cache(maxsize=2)
def _index(
    documents: tuple[Document, ...],
    said: tuple[tuple[str, tuple[str, ...]], ...],
    function_words: tuple[str, ...],
) -> Index:
    """The index, rebuilt only where one of its documents or words has changed: much that
    invalidates the catalogue (a booking, a sign-up) changes none of them."""
    return Index(documents, Synonyms.of(dict(said)), FunctionWords(function_words))


def _with_asked_words(documents: list[Document]) -> list[Document]:
    """The documents with what editors wrote for those that are no pages."""
    more = dict(AskedWords.objects.values_list("document", "words"))
    if not more:
        return documents
    return [document.asked_too(more.get(document.key, "")) for document in documents]


def _synonyms() -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """(saying, official words) for each saying, and the sayings without official words."""
    pairs: dict[str, list[str]] = {}
    for synonym in Synonym.objects.all():
        official = [normalise(word) for word in words_of(synonym.official)]
        for word in words_of(synonym.said):
            pairs.setdefault(name_key(word), []).extend(official)
    said = [(key, tuple(dict.fromkeys(official))) for key, official in pairs.items() if official]
    return tuple(said), tuple(key for key, official in pairs.items() if key and not official)


def _promotions() -> dict[str, tuple[Promotion, ...]]:
    found: dict[str, list[Promotion]] = {}
    chosen = SearchPromotion.objects.select_related("query", "page").order_by("sort_order", "pk")
    for promotion in chosen:
        page = promotion.page
        if page and not is_open_to_all(page):
            continue
        url = page.get_url() if page else promotion.external_link_url
        title = page.title if page else promotion.external_link_text or url
        if url:
            found.setdefault(normalise(promotion.query.query_string), []).append(
                Promotion(title, url, promotion.description)
            )
    return {query: tuple(promotions) for query, promotions in found.items()}
