"""The titles, synonyms and promotions of search, in memory until content changes."""

from dataclasses import dataclass
from datetime import date

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from home import fillers, page_cache
from home.fillers import Filler
from home.remembered import remembered
from home.visibility import is_open_to_all, open_to_all

from .analysis import name_key, normalise, readings
from .kinds import LABELS, PAGE
from .models import PageEntry, SearchSettings, Synonym
from .models.synonym import words_of

MAX_SPELT = 60  # Characters of a title that are spelt in pinyin.


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A live page open to everybody. `key` is its title in letters and characters alone;
    `syllables` has the usual reading of each of the first MAX_SPELT of them."""

    pk: int
    kind: str
    type_name: str
    title: str
    summary: str
    url: str
    dated: date | None
    key: str
    summary_key: str
    syllables: tuple[str, ...]

    @property
    def kind_label(self) -> str:
        return self.type_name if self.kind == PAGE else LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Promotion:
    title: str
    url: str
    description: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    pages: dict[int, ListedPage]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    """Pairs of what citizens say and the official words, the longest sayings first."""
    promotions: dict[str, tuple[Promotion, ...]]
    fill: Filler
    """Puts today's figures into the text of pages."""


def forget(**kwargs) -> None:
    """Read everything anew: at once on this connection, after the commit on the others."""
    page_cache.forget_all()


def connect() -> None:
    """Listen for every change of what the catalogue holds; called from SearchConfig.ready."""
    for model in (PageEntry, Synonym, SearchSettings, SearchPromotion, Query, PageViewRestriction):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid="search-catalogue")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(forget, dispatch_uid="search-catalogue")


def catalogue() -> Catalogue:
    """The catalogue of the present generation; read from the database (4 queries) when new."""
    return remembered("search catalogue", _read)


def _read() -> Catalogue:
    pages = open_to_all(Page.objects)
    entries = PageEntry.objects.filter(page__in=pages).select_related("page").defer("text")
    fill = fillers.load()
    listed = (_listed(entry, fill) for entry in entries)
    return Catalogue(
        pages={page.pk: page for page in listed if page.url},
        synonyms=_synonyms(),
        promotions=_promotions(),
        fill=fill,
    )


def _listed(entry: PageEntry, fill: Filler) -> ListedPage:
    key, summary = name_key(entry.title), fill(entry.summary)
    return ListedPage(
        pk=entry.pk,
        kind=entry.kind,
        type_name=entry.type_name,
        title=entry.title,
        summary=summary,
        url=entry.address or entry.page.get_url() or "",
        dated=entry.dated,
        key=key,
        summary_key=name_key(summary),
        syllables=tuple(options[0] for options in readings(key[:MAX_SPELT])),
    )


def _synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs: dict[str, list[str]] = {}
    for synonym in Synonym.objects.all():
        for word in words_of(synonym.said):
            pairs.setdefault(name_key(word), []).extend(map(name_key, words_of(synonym.official)))
    return tuple(
        (said, tuple(dict.fromkeys(official)))
        for said, official in sorted(pairs.items(), key=lambda pair: -len(pair[0]))
        if said
    )


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
