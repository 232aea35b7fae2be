"""A walk through the demonstration: every page leads on, every promised way has its link."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from guides.models import GuidePage, PolicyPage
from home.models import HomePage, NoticePage, SectionPage, ServicePlace, SiteSettings
from home.pages import sitemap
from place_names.standard_names import avoided, pages
from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.one_engine,
]

# Links that every page of a kind has, whatever its content.
NO_WAY_ON = re.compile(r"^(#|\?|/feedback/|/site-map/)|/changes/$|/feed/$|^/place-names/[^/]+\.")
NAMES_LOOKED_AT = 40


class MainLinks(HTMLParser):
    """(URL, words) of the links and the forms between `<main>` and `</main>`, without the
    breadcrumb."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.words = ""
        self._in_main = self._in_crumbs = False
        self._address = None
        self.feed(html[html.index("<main") : html.index("</main>") + len("</main>")])

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "main":
            self._in_main = True
        if "breadcrumb" in (values.get("class") or ""):
            self._in_crumbs = True
        if tag == "a" and self._in_main and not self._in_crumbs:
            self._address = values.get("href")
            self.links.append((self._address or "", ""))
        if tag == "form" and self._in_main:
            self.links.append((values.get("action") or "form", ""))

    def handle_endtag(self, tag):
        if tag == "main":
            self._in_main = False
        if tag == "nav":
            self._in_crumbs = False
        if tag == "a":
            self._address = None

    def handle_data(self, data):
        if self._in_main:
            self.words += data
        if self._address is not None:
            address, words = self.links[-1]
            self.links[-1] = (address, words + data.strip())

    def leads_on(self, own: str) -> bool:
        return any(a and a != own and not NO_WAY_ON.search(a) for a, _words in self.links)


def opened(client: Client, address: str) -> MainLinks:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return MainLinks(answer.content.decode())


def addresses() -> list[str]:
    found = {
        entry.address
        for part in sitemap._parts.values()
        for entry in part.entries(0, NAMES_LOOKED_AT if part.name == "place-names" else 500)
    }
    return sorted(found)


def test_no_page_is_a_dead_end(client: Client):
    dead = [each for each in addresses() if not opened(client, each).leads_on(each)]
    assert dead == []


def test_a_section_shows_what_stands_below_it(client: Client):
    empty = []
    for section in SectionPage.objects.live():
        shown = {address for address, _words in opened(client, section.url).links}
        children = Page.objects.live().child_of(section)
        empty += [page.url for page in children if page.url not in shown]
    assert empty == []


def test_every_guide_that_can_be_done_online_says_where(client: Client):
    platform = SiteSettings.objects.get().online_platform_address
    without = []
    for guide in GuidePage.objects.live():
        page = opened(client, guide.url)
        wanted = guide.online_address or platform
        there = [words for address, words in page.links if address == wanted]
        if guide.by_internet and not there:
            without.append(guide.url)
        if not guide.by_internet and there:
            without.append(f"{guide.url} (not done online)")
    assert platform == "https://www.gdzwfw.gov.cn/"
    assert without == []


def test_links_to_other_sites_say_that_they_leave(client: Client):
    guide = GuidePage.objects.live().filter(by_internet=True).first()
    policy = PolicyPage.objects.live().filter(is_summary=True).first()
    place = ServicePlace.objects.public().exclude(longitude=None).first()
    for address in (guide.url, policy.url, place.get_absolute_url()):
        page = opened(client, address)
        assert any(each.startswith("https://") for each, _words in page.links)
        assert "外部网站" in page.words


@pytest.mark.parametrize("slug", ["marriage", "funerals", "social-assistance", "elder-care"])
def test_an_area_leads_to_what_is_done(client: Client, slug):
    area = SectionPage.objects.get(slug=slug)
    page = opened(client, area.url)
    shown = {address for address, _words in page.links}
    guides = GuidePage.objects.live().filter(section=area)
    buttons = {guide.action_url() for guide in guides if guide.action_label}
    assert buttons <= shown
    assert any(address.startswith("/service-places/") for address in shown)
    assert any(address.startswith("/figures/") for address in shown)
    assert any(address.startswith("/guides/") for address in shown)


def test_the_area_of_marriage_leads_to_each_booking_and_the_questions(client: Client):
    shown = {a for a, _words in opened(client, "/areas/marriage/").links}
    assert {
        "/marriage/services/marriage/",
        "/marriage/services/first-visit/",
        "/marriage/services/replacement/",
        "/guides/questions/marriage-materials/",
    } <= shown


def test_a_policy_that_is_a_summary_leads_to_its_full_text(client: Client):
    for policy in PolicyPage.objects.live().filter(is_summary=True):
        shown = {address for address, _words in opened(client, policy.url).links}
        assert policy.full_text_address in shown, policy.url


def test_a_service_place_leads_to_directions_and_to_what_it_does(client: Client):
    for place in ServicePlace.objects.public():
        page = opened(client, place.get_absolute_url())
        starts = {address.split(":")[0] for address, _words in page.links}
        if place.longitude is not None:
            assert {"geo", "https"} <= starts, place.slug
        assert "在这里可以办" in page.words, place.slug


def test_a_committee_and_a_subdistrict_lead_to_their_office(client: Client):
    page = opened(client, "/place-names/subdistricts/440105001/")
    shown = {address for address, _words in page.links}
    assert {"/service-places/chigang-hall/", "/service-places/440105001/"} <= shown
    assert any(address.startswith("tel:") for address in shown)


def test_the_button_of_the_divorce_guide_says_what_it_books():
    guide = GuidePage.objects.get(slug="divorce-registration")
    assert guide.action_label == "预约离婚登记"
    assert guide.action_url() == "/marriage/services/first-visit/"


def test_no_limit_is_given_as_a_bare_no():
    bare = {"无", "没有", "/", "-"}
    limits = GuidePage.objects.live().values_list("slug", "statutory_limit", "promised_limit")
    assert [slug for slug, *both in limits if bare & set(both)] == []


def test_a_notice_that_is_over_leaves_the_home_page(client: Client, time_machine):
    notice = NoticePage.objects.live().exclude(relevant_until=None).first()
    time_machine.move_to(timezone.make_aware(_noon(notice.relevant_until)), tick=False)
    assert notice in NoticePage.latest(99)
    assert notice.title in client.get(HomePage.objects.first().url).content.decode()
    time_machine.move_to(
        timezone.make_aware(_noon(notice.relevant_until)) + timezone.timedelta(days=1), tick=False
    )
    assert notice not in NoticePage.latest(99)
    assert notice.title not in client.get(HomePage.objects.first().url).content.decode()
    assert "这则通知已经过期" in client.get(notice.url).content.decode()


def _noon(day):
    return timezone.datetime(day.year, day.month, day.day, 12)


def test_our_own_pages_use_standard_names():
    """《地名管理条例》 art. 18; a finding here is a fault of the page or a false alarm."""
    names = avoided.current()
    assert len(names.avoided) > 600
    found = [
        (page.title, one.words)
        for page in Page.objects.live().filter(depth__gt=1).specific()
        for one in pages.non_standard(page)
    ]
    assert not found
