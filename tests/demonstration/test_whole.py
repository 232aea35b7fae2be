"""What only the whole demonstration shows: halls by subdistrict, notices, originals of policies."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from guides.models import GuidePage, PolicyPage, QuestionTreePage
from guides.policies.disclosure import missing_fields, without_original
from home.languages.locales import CHINESE
from home.models import NoticePage, ServicePlace
from home.subdistrict_choice import COOKIE
from place_names.models import NamingApplication
from place_names.naming import notices
from tests.guides.questions.test_pages import answered
from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.one_engine,
]
# The address of a full text, and whether it is one. Right value first, written by hand.
ADDRESSES = [
    ("https://www.gov.cn/zhengce/zhengceku/202504/content_7017752.htm", True),
    ("https://www.gov.cn/zwgk/2005-05/23/content_167.htm", True),
    ("https://xzfg.moj.gov.cn/front/law/detail?LawID=1766", True),
    ("https://example.com/?id=7", True),
    ("https://flk.npc.gov.cn/detail2.html#abc", True),
    ("https://flk.npc.gov.cn/", False),
    ("https://www.gz.gov.cn", False),
    ("https://www.gz.gov.cn//", False),
    ("https://www.gz.gov.cn/#", False),
    ("https://www.gz.gov.cn/index.html", False),
    ("https://www.gz.gov.cn/index.htm?", False),
    ("", False),
]


def halls() -> list[ServicePlace]:
    return list(ServicePlace.objects.public().filter(kind="hall").order_by("subdistrict_code"))


def linked_data(html: str) -> list[dict]:
    found = BeautifulSoup(html, "html.parser").find_all("script", type="application/ld+json")
    return [json.loads(each.string) for each in found]


def test_search_engines_are_told_all_halls_whoever_asks(client: Client):
    guide = next(
        each
        for each in GuidePage.objects.live().filter(locale__language_code=CHINESE)
        if len(each.public_places) == 18
    )
    plain = linked_data(client.get(guide.url).content.decode())
    client.cookies[COOKIE] = halls()[7].subdistrict_code
    assert linked_data(client.get(guide.url).content.decode()) == plain
    [service] = [each for each in plain if each["@type"] == "GovernmentService"]
    named = {each["serviceLocation"]["name"] for each in service["availableChannel"]}
    assert named == {place.name for place in guide.public_places}
    assert all(each["serviceLocation"]["url"] for each in service["availableChannel"])


def places_section(client: Client) -> str:
    """Where to go, for somebody who was cremated in another city ten days ago."""
    tree = QuestionTreePage.objects.get(slug="funeral-subsidies")
    died, cremated = (timezone.localdate() - timedelta(days=days) for days in (12, 10))
    asked = ("广州市户籍", "不是", "在其他城市的殡仪馆", str(cremated), "寄存在骨灰楼")
    html = answered(client, tree, str(died), *asked).content.decode()
    return html[html.index('aria-labelledby="places-title"') : html.index('id="next-title"')]


def test_the_result_of_a_tree_begins_with_the_hall_of_my_subdistrict(client: Client):
    mine, others = halls()[7], [*halls()[:7], *halls()[8:]]
    everything = places_section(client)
    assert all(f'href="{hall.get_absolute_url()}"' in everything for hall in halls())
    assert "找您要办的那个街道" in everything
    client.cookies[COOKIE] = mine.subdistrict_code
    alone = places_section(client)
    assert f'href="{mine.get_absolute_url()}"' in alone
    assert mine.address in alone
    assert not [hall for hall in others if f'href="{hall.get_absolute_url()}"' in alone]
    assert 'href="/service-places/?kind=hall"' in alone
    client.cookies[COOKIE] = "999999999"
    assert places_section(client) == everything


def test_announced_applications_of_the_demonstration_have_their_notice(client: Client):
    announced = NamingApplication.objects.filter(state="announced")
    assert announced.exists()
    assert notices.lost() == []
    for each in announced:
        page = NoticePage.objects.get(pk=each.notice_page_id)
        assert page.is_sample
        assert each.name in client.get(page.url).content.decode()


@pytest.mark.parametrize(("address", "is_one"), ADDRESSES)
def test_a_start_page_is_no_original(address, is_one):
    policy = PolicyPage(title="要点", is_summary=True, full_text_address=address)
    assert policy.has_original == is_one
    fields = [finding.field for finding in missing_fields(policy)]
    assert ("原文网址" in fields) == (not is_one)


def test_readers_and_editors_are_told_where_there_is_no_original(client: Client):
    desk = {item.title for item in without_original(User.objects.create_superuser("root"))}
    assert desk
    for policy in PolicyPage.objects.live().filter(is_summary=True):
        words = re.sub(r"\s+", "", client.get(policy.url).content.decode())
        assert ("看原文：" in words) == policy.has_original
        assert ("原文的网页还没有找到" in words) == (policy.title in desk)
