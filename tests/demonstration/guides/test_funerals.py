"""What somebody needs whose relative has just died: whom to call at night, which money, how long."""

import re

import pytest

from guides.models import GuidePage, TopicPage
from home.models import ServicePlace

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.one_engine,
]


def text_of(client, address: str) -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("slug", ["losing-a-relative", "funeral-subsidies"])
def test_the_first_number_is_the_one_that_answers_at_night(client, slug):
    at_night = ServicePlace.objects.get(note__contains="24小时有人接听")
    model = TopicPage if slug == "losing-a-relative" else GuidePage
    words = text_of(client, model.objects.get(slug=slug).url)
    assert "24小时有人接听" in words
    assert re.findall(r"tel:(020-?\d+)", words)[0].replace("-", "") == at_night.phone.replace(
        "-", ""
    )


def test_the_life_event_names_the_money_of_the_insurance_and_the_household_register(client):
    words = text_of(client, TopicPage.objects.get(slug="losing-a-relative").url)
    for told in ("丧葬补助金", "抚恤金", "社保经办机构", "12333", "社会保险法》第十七条"):
        assert told in words
    for told in ("注销户口", "死亡证明", "户口簿", "安葬以前", "户口登记条例》第八条"):
        assert told in words


@pytest.mark.parametrize("slug", ["funeral-subsidies", "sea-burial"])
def test_a_guide_for_mourners_holds_no_statistics_of_the_district(client, slug):
    words = text_of(client, GuidePage.objects.get(slug=slug).url)
    assert "全区" not in words
    assert "安葬率" not in words


def test_the_bureau_has_one_address(client):
    bureau = ServicePlace.objects.get(slug="civil-affairs-bureau")
    html = client.get(bureau.get_absolute_url()).content.decode()
    frame = html.split("<footer")[1]
    assert bureau.address in frame
    assert bureau.phone in frame
    assert html.count("某某路") == 0
