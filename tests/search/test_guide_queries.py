"""Every way a citizen asks finds the guide: the guide part of the quality set.

The queries are in guide_queries.csv (query, slug of the page wanted); each must have its page
in the first three of all results, on the loaded demonstration.
"""

import csv
from pathlib import Path

import pytest
from wagtail.models import Page

from search import catalogue, demonstration
from search.pages import find
from search.question import read

DATA = Path(__file__).with_name("guide_queries.csv")


def queries() -> list[tuple[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return [(row["query"], row["slug"]) for row in csv.DictReader(lines)]


@pytest.mark.django_db
def test_every_question_finds_its_guide_in_the_first_three():
    from guides import demonstration as guides
    from home import demonstration as home

    for part in (home, guides, demonstration):
        part.load(progress=lambda text: None)
    slugs = dict(Page.objects.values_list("pk", "slug"))
    known = catalogue.catalogue()
    misses = []
    for query, slug in queries():
        first = [slugs[hit.page.pk] for hit in find(read(query, known), known)[:3]]
        if slug not in first:
            misses.append(f"{query}: {slug} not in {first}")
    assert not misses, "\n".join(misses)
    assert len(queries()) >= 60
