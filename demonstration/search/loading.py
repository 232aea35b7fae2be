"""Words to begin with: synonyms, how people ask, safety cards, a promotion. The editors take them
from there."""

import csv
import tomllib
from pathlib import Path

from django.db import transaction
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from search.asked_words import add
from search.models import AskedWords, SafetyCard, Synonym
from search.site_search.documents import Document, all_documents
from search.site_search.page_entries import rebuild

DATA = Path(__file__).parent
PROMOTED = {"约时间": ("marriage-registration", "先在网上约好时间，再到婚姻登记处。")}


@transaction.atomic
def load(progress=print) -> None:
    """Adds synonyms and promotions where there are none yet, then rebuilds site search."""
    if not Synonym.objects.exists():
        with (DATA / "synonyms.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            Synonym.objects.create(is_sample=True, **row)
        progress(f"同义词：{len(rows)}组")
    if not SearchPromotion.objects.exists():
        _promote()
    if not SafetyCard.objects.filter(kind=SafetyCard.Kind.DANGER).exists():
        _make_safety_cards()
    rebuild(progress)
    _add_asked_words(progress)


def _add_asked_words(progress) -> None:
    """How people ask, for each page and application where nothing is written yet."""
    wanted = sections((DATA / "asked_words.txt").read_text(encoding="utf-8"))
    known = set(AskedWords.objects.values_list("document", flat=True))
    added = 0
    for document in all_documents():
        phrases = wanted.get(document.url)
        if phrases and document.key not in known and not (is_page(document) and document.asked):
            added += add(document, phrases)
    progress(f"群众怎么问：{added}项")


def is_page(document: Document) -> bool:
    return document.key.startswith("page:")


def sections(text: str) -> dict[str, list[str]]:
    """The lines below each heading in brackets."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def _make_safety_cards() -> None:
    with (DATA / "safety_cards.toml").open("rb") as file:
        cards = tomllib.load(file)["cards"]
    for order, card in enumerate(cards):
        page = Page.objects.filter(slug=card.pop("page")).first()
        SafetyCard.objects.create(page=page, sort_order=order, **card)


def _promote() -> None:
    for words, (slug, description) in PROMOTED.items():
        page = Page.objects.filter(slug=slug).first()
        if page:
            SearchPromotion.objects.create(
                query=Query.get(words), page=page, description=description
            )
