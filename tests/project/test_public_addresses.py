"""Every public address of the demonstration: a title and a description of its own, few queries."""

import re
from collections import defaultdict

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.cache import invalidation
from home.pages import sitemap
from tests.templates import DEMONSTRATION, in_copy_of

pytestmark = pytest.mark.one_engine

TITLE = re.compile(r"<title>(.*?)</title>", re.S)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
MAX_OF_A_PART = 40
MAX_QUERIES = 16  # An area reads its picture, its benefits and the places of its guides as well.
MAX_IN_ENGLISH = 22  # They read what their Chinese originals and booking hold as well.
# Addresses that stand in no sitemap, but are open to all.
BESIDE = (
    "/guides/marriage-registration/changes/",
    "/guides/sea-burial/changes/",
    "/feedback/",
    "/subscriptions/",
)


def read(client: Client, address: str) -> tuple[str, int]:
    """The page, and how many queries it takes when nothing is kept or remembered."""
    invalidation.invalidate()
    with CaptureQueriesContext(connection) as queries:
        html = client.get(address, follow=True).content.decode()
    return html, len(queries)


demonstration = in_copy_of(DEMONSTRATION)


@pytest.mark.usefixtures("demonstration")
def test_each_public_page_has_its_own_head_and_asks_little(client: Client, db):
    addresses = {
        entry.address
        for part in sitemap._parts.values()
        for entry in part.entries(0, MAX_OF_A_PART if part.name == "place-names" else 500)
    }
    assert {"/marriage/manage/", "/marriage/planner/"} <= addresses
    titles, descriptions, without, asks_much = defaultdict(set), defaultdict(set), [], []
    client.get("/")  # Content types are read once a process.
    for address in sorted({*addresses, *BESIDE}):
        html, queries = read(client, address)
        # The first visit of all makes the pictures of a page.
        limit = MAX_IN_ENGLISH if address.startswith("/en/") else MAX_QUERIES
        if queries > limit and (again := read(client, address)[1]) > limit:
            asks_much.append((address, again))
        titles[TITLE.search(html)[1]].add(address)
        found = DESCRIPTION.search(html)
        if found is None or not found[1].strip():
            without.append(address)
        else:
            descriptions[found[1]].add(address)
    assert asks_much == []
    assert without == []
    assert [each for each in titles.values() if len(each) > 1] == []
    assert [each for each in descriptions.values() if len(each) > 1] == []
