"""Synonyms and a promotion to begin with; the editors take them from there."""

import csv
from pathlib import Path

from django.db import transaction
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from .models import Synonym
from .page_entries import rebuild

DATA = Path(__file__).resolve().parent / "demonstration"
PROMOTED = {"约时间": ("marriage-registration", "先在网上约好时间，再到婚姻登记处。")}


@transaction.atomic
def load(progress=print) -> None:
    """Write the synonyms and the promotions where there are none yet, and the one box anew."""
    if not Synonym.objects.exists():
        with (DATA / "synonyms.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        for row in rows:
            Synonym.objects.create(is_sample=True, **row)
        progress(f"同义词：{len(rows)}组")
    if not SearchPromotion.objects.exists():
        _promote()
    rebuild(progress)


def _promote() -> None:
    for words, (slug, description) in PROMOTED.items():
        page = Page.objects.filter(slug=slug).first()
        if page:
            SearchPromotion.objects.create(
                query=Query.get(words), page=page, description=description
            )
