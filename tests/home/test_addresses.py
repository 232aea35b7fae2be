"""Addresses that stay true: redirects, canonical links, cards for sharing."""

import json
import re

import pytest
from wagtail.models import Locale

from guides.models import GuideIndexPage
from home.models import HomePage, NoticeIndexPage, NoticePage, PlainPage, SectionPage
from tests.guides.factories import make_guide
from tests.home.factories import make_area, make_home, publish
from tests.place_names.factories import make_place

pytestmark = pytest.mark.django_db


def test_a_page_with_a_new_slug_is_found_at_its_old_address(client, committed):
    guide = make_guide(slug="old")
    guide.slug = "new"
    with committed():
        guide.save_revision().publish()
    answer = client.get("/guides/old/?from=letter")
    assert (answer.status_code, answer["Location"]) == (301, "/guides/new/")


def test_pages_below_a_renamed_one_are_found_too(client, committed):
    notices = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    publish(notices, NoticePage(slug="one", title="通知"))
    notices.slug = "news"
    with committed():
        notices.save_revision().publish()
    answer = client.get("/notices/one/")
    assert (answer.status_code, answer["Location"]) == (301, "/news/one/")


def test_a_moved_page_is_found_at_its_old_address(client):
    area, guide = make_area(), make_guide(slug="moved")
    guide.move(area, pos="last-child")
    answer = client.get("/guides/moved/")
    assert (answer.status_code, answer["Location"]) == (301, "/marriage/moved/")


def test_a_page_below_a_draft_does_not_lead_up_to_it(client):
    section = publish(make_home(), SectionPage(slug="section", title="还没公布的栏目"))
    publish(section, PlainPage(slug="page", title="已公布"))
    section.unpublish()
    answer = client.get("/section/page/")
    assert answer.status_code == 200
    assert "还没公布的栏目" not in answer.content.decode()


def test_every_page_names_one_canonical_address_and_a_card(client):
    place = make_place("江南大道中")
    for address in (make_guide().url, place.get_absolute_url(), "/place-names/", "/"):
        html = client.get(f"{address}?utm_source=x").content.decode()
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        assert canonical == [f"http://testserver{address}"]
        for name in ("og:title", "og:url", "og:image", "og:type"):
            assert len(re.findall(rf'<meta property="{name}" content="[^"]+">', html)) == 1, name


def test_each_page_of_a_listing_is_canonical_in_itself(client):
    for number in range(45):
        make_guide(slug=f"guide-{number}")
    english = Locale.objects.get_or_create(language_code="en")[0]
    for each in (HomePage.objects.get(), GuideIndexPage.objects.get()):
        copy = each.copy_for_translation(english)
        copy.save_revision().publish()
    for query, canonical, is_translated in (
        ("", "", True),
        ("?page=1", "", True),
        ("?page=2", "?page=2", False),
        ("?page=99", "?page=3", False),
        # What is filtered is a part of the listing, and no page of it.
        ("?page=2&area=none", "", True),
    ):
        html = client.get(f"/guides/{query}").text
        found = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        assert found == [f"http://testserver/guides/{canonical}"], query
        assert ('<link rel="alternate" hreflang="en"' in html) is is_translated, query
    assert html.count('property="og:url"') == 1


def test_a_guide_tells_search_engines_what_service_it_is(client):
    guide = make_guide(
        title="办一件事",
        summary="写了“引号”和</script>也不会坏。",
        faq=[{"type": "question", "value": {"question": "要钱吗？", "answer": "<p>不要。</p>"}}],
    )
    html = client.get(guide.url).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(found) == 1
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "GovernmentService"
    for key in ("name", "description", "url", "serviceOperator", "areaServed", "availableChannel"):
        assert data[key], key
    assert data["name"] == "办一件事"
    assert data["url"] == f"http://testserver{guide.url}"
    assert data["subjectOf"]["mainEntity"][0]["name"] == "要钱吗？"


def test_a_missing_page_helps_on(client):
    make_home()
    answer = client.get("/guides/nothing-here/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert 'action="/search/"' in html
    assert 'href="/place-names/"' in html
    assert "canonical" not in html
