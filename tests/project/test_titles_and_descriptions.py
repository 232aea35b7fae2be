"""Every public address tells search engines and tabs apart by a title and a description of its own."""

import re
from collections import defaultdict

import pytest
from django.core.management import call_command
from django.test import Client

from home import sitemap

pytestmark = pytest.mark.django_db
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
MOST_OF_A_PART = 40
# Addresses that stand in no sitemap, but are open to all.
BESIDE = ("/guides/marriage-registration/changes/", "/guides/sea-burial/changes/", "/feedback/")


def test_each_public_page_has_its_own_title_and_description(client: Client):
    call_command("load_demonstration", verbosity=0, stdout=open("/dev/null", "w"))  # noqa: SIM115
    addresses = {
        entry.address
        for part in sitemap._parts.values()
        for entry in part.entries(0, MOST_OF_A_PART if part.name == "place-names" else 500)
    }
    assert {"/marriage/manage/", "/marriage/planner/"} <= addresses
    titles, descriptions, without = defaultdict(set), defaultdict(set), []
    for address in sorted({*addresses, *BESIDE}):
        html = client.get(address, follow=True).content.decode()
        titles[TITLE.search(html)[1]].add(address)
        found = DESCRIPTION.search(html)
        if found is None or not found[1].strip():
            without.append(address)
        else:
            descriptions[found[1]].add(address)
    assert without == []
    assert [each for each in titles.values() if len(each) > 1] == []
    assert [each for each in descriptions.values() if len(each) > 1] == []
