"""Every way a citizen asks finds the guide: the guide part of the quality set.

The queries are in guide_queries.csv (query, slug of the page wanted); each must have its page
in the first three of all results, on the loaded demonstration.
"""

import csv
from pathlib import Path

import pytest
from wagtail.models import Page

from search.site_search.catalogue import catalogue
from tests.templates import DEMONSTRATION, in_copy_of

pytestmark = pytest.mark.one_engine

DATA = Path(__file__).with_name("guide_queries.csv")


demonstration = in_copy_of(DEMONSTRATION)


def queries() -> list[tuple[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return [(row["query"], row["slug"]) for row in csv.DictReader(lines)]


@pytest.mark.usefixtures("demonstration")
def test_every_question_finds_its_guide_in_the_first_three(db):
    slugs = {str(pk): slug for pk, slug in Page.objects.values_list("pk", "slug")}
    known = catalogue()
    misses = []
    for query, slug in queries():
        hits = known.index.search(known.read(query))[:3]
        first = [slugs.get(hit.entry.document.key.removeprefix("page:")) for hit in hits]
        if slug not in first:
            misses.append(f"{query}: {slug} not in {first}")
    assert not misses, "\n".join(misses)
    assert len(queries()) >= 60
