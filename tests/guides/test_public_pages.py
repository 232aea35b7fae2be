"""Each public page of the demonstration: it answers, says what it must, and costs little."""

from datetime import timedelta

import pytest

from guides.models import Figure, GuidePage, PolicyPage, TopicPage
from guides.pages.completeness import gaps
from home.models import SectionPage
from home.pages.section_contents import pages_of

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/guides/",
    "/guides/?area=elder-care&way=internet",
    "/guides/marriage-registration/",
    "/guides/funeral-subsidies/",
    "/guides/place-name-approval/",
    "/policies/",
    "/policies/?state=ended",
    "/policies/five-year-plan/",
    "/policies/five-year-plan/plan-in-plain-words/",
    "/notices/",
    "/notices/?kind=event",
    "/notices/winter-holiday-hours/",
    "/notices/marriage-lecture-december/",
    "/areas/",
    "/areas/marriage/",
    "/areas/elder-care/?kind=guide",
    "/life/",
    "/life/losing-a-relative/",
    "/figures/",
    "/figures/eco-burial-rate/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/site-map/",
]


ODD = [
    "/guides/?page=-3&area=%ff&way=x",
    "/guides/?page=99999999999999999999",
    "/policies/?state=%01x",
    "/notices/?kind=%E2%80%AE&area=" + "x" * 10_000,
    "/areas/marriage/?kind='&page=abc",
    "/figures/eco-burial-rate/?as-of=9999-99-99",
    "/figures/eco-burial-rate/?as-of=" + "1" * 10_000,
    "/guides/marriage-registration/?as-of=0000-00-00",
]


def test_each_page_costs_no_more_than_twelve_queries(
    demonstration, client, settings, django_assert_max_num_queries
):
    settings.PAGE_CACHE_SECONDS = 0
    for address in PAGES:
        client.get(address)  # Content types and sites are read once a process.
        with django_assert_max_num_queries(12, info=address):
            response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        assert html.count("<h1") == 1, address
        assert "{figure:" not in html, address
        assert "数据待补" not in html, address


def test_odd_queries_are_answered(demonstration, client):
    assert {client.get(address).status_code for address in ODD} == {200}


def test_demonstration_is_complete(demonstration):
    assert GuidePage.objects.live().count() >= 20
    assert SectionPage.objects.filter(is_area=True).count() == 12
    assert TopicPage.objects.live().count() == 6
    guides = GuidePage.objects.select_related("section")
    assert {guide.section.slug for guide in guides} == set(
        SectionPage.objects.filter(is_area=True).values_list("slug", flat=True)
    )
    assert {guide.title: gaps(guide) for guide in guides if gaps(guide)} == {}


def test_loading_again_keeps_what_an_editor_changed(demonstration):
    from demonstration.guides import loading as module

    chinese = GuidePage.objects.filter(locale__language_code="zh-hans")
    guide = chinese.get(slug="marriage-registration")
    guide.phone = "改过的电话"
    guide.save_revision().publish()
    Figure.objects.filter(slug="dibao-standard").update(name="改过的名称")
    before = GuidePage.objects.count(), Figure.objects.count(), PolicyPage.objects.count()
    module.load(progress=lambda text: None)
    assert before == (
        GuidePage.objects.count(),
        Figure.objects.count(),
        PolicyPage.objects.count(),
    )
    assert chinese.get(slug="marriage-registration").phone == "改过的电话"
    assert Figure.objects.get(slug="dibao-standard").name == "改过的名称"


def test_marriage_guide_leads_to_booking(demonstration, client):
    html = client.get("/guides/marriage-registration/").content.decode()
    assert 'href="/marriage/services/marriage/">预约结婚登记</a>' in html


def test_plan_has_21_indicators_with_three_years(demonstration, client):
    html = client.get("/policies/five-year-plan/").content.decode()
    for number in range(1, 22):
        assert f"{number}. " in html or f"{number}a. " in html
    for text in ("84.25", "86", "90", "≥30（630元/人/月）", "参考市标准"):
        assert text in html


def test_a_section_lists_guides_as_they_stand_in_the_tree(demonstration):
    section = SectionPage.objects.get(slug="marriage").pk
    first = pages_of(section, "guide")[0]
    assert pages_of(section, "guide").count() > 1
    earlier = first.first_published_at - timedelta(days=9)
    GuidePage.objects.filter(pk=first.pk).update(first_published_at=earlier)
    assert pages_of(section, "guide")[0].pk == first.pk


def test_a_section_lists_the_topics_below_it(demonstration, client):
    section = SectionPage.objects.get(slug="life")
    topics = list(section.get_children().live().values_list("title", flat=True))
    page = client.get("/life/").content.decode()
    assert len(topics) == 6
    assert [title for title in topics if title not in page] == []


def test_no_section_is_empty(demonstration, client):
    sections = list(SectionPage.objects.live())
    assert len(sections) > 10
    empty = [page.url for page in sections if "还没有内容" in client.get(page.url).content.decode()]
    assert empty == []


def test_section_lists_what_is_filed_in_it(demonstration, client):
    html = client.get("/areas/marriage/").content.decode()
    assert "/guides/divorce-registration/" in html
    assert "/notices/winter-holiday-hours/" in html
    only_notices = client.get("/areas/marriage/?kind=notice").content.decode()
    assert "/guides/divorce-registration/" not in only_notices


def test_map_feeds_and_robots(demonstration, client):
    assert "/guides/sea-burial/" in client.get("/site-map/").content.decode()
    assert "/guides/sea-burial/" in client.get("/sitemap/pages-1.xml").content.decode()
    assert "Sitemap: http://" in client.get("/robots.txt").content.decode()
    assert "元旦假期" in client.get("/notices/feed/").content.decode()
    assert "十四五" in client.get("/policies/feed/").content.decode()
