import json
import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from guides.models import GuidePage
from guides.pages.completeness import blocking_gaps
from home.models import ServicePlace
from tests.guides.factories import complete_guide, guide_index
from tests.home.factories import publish

pytestmark = pytest.mark.django_db


def make_place(number: int, **fields) -> ServicePlace:
    place = ServicePlace(
        name=f"网点{number}",
        slug=f"place-{number}",
        kind="hall",
        subdistrict_code="440105001",
        address=f"示例路{number}号",
        phone="020-84440001",
        **fields,
    )
    place.weekly_hours.create(weekday=0, opens=time(9), closes=time(12))
    place.save()
    return place


def guide_at(*places: ServicePlace, **fields):
    guide = complete_guide(location="", hours="", phone="", **fields)
    guide.places = places
    return publish(guide_index(), guide)


def test_places_stand_for_place_hours_and_phone(client, django_assert_num_queries):
    place = make_place(1)
    assert {gap.field for gap in blocking_gaps(complete_guide(location="", hours=""))} == {
        "location",
        "hours",
    }
    guide = guide_at(place)
    read = GuidePage.objects.get(pk=guide.pk)
    with django_assert_num_queries(1):
        assert blocking_gaps(read) == []
    page = client.get(guide.url).content.decode()
    for words in (
        "网点1",
        "示例路1号",
        '周一：<span class="nowrap">09:00–12:00</span>',
        "020-84440001",
    ):
        assert words in page


def test_a_place_is_edited_once_and_every_guide_follows(client, settings):
    settings.PAGE_CACHE_SECONDS = 0  # Cached pages have tests of their own.
    place = make_place(1)
    guide = guide_at(place)
    client.get(guide.url)
    place.phone = "020-2"
    place.save()
    assert "020-2" in client.get(guide.url).content.decode()


def test_many_places_lead_to_the_directory_within_twelve_queries(
    client, django_assert_max_num_queries
):
    guide = guide_at(*(make_place(number) for number in range(18)))
    client.get("/feedback/")  # The first request of all writes the default settings.
    with django_assert_max_num_queries(12):
        page = client.get(guide.url).content.decode()
    assert "共18个网点" in page
    assert "/service-places/?kind=hall" in page
    assert "示例路17号" not in page


def test_the_subdistrict_lists_the_guides_done_there(client):
    guide = guide_at(make_place(1), title="申请低保")
    page = client.get("/service-places/440105001/").content.decode()
    assert "申请低保" in page
    assert guide.url in page


def test_a_guide_tells_the_coming_exceptions_of_its_places(client):
    place = make_place(1)
    guide = guide_at(place)
    today = timezone.localdate()
    for first, reason in (
        (today - timedelta(days=9), "搬迁"),
        (today, "系统升级"),
        (today + timedelta(days=31), "年后的事"),
    ):
        place.hours_exceptions.create(
            first_day=first, last_day=first + timedelta(days=2), reason=reason
        )
    place.save()
    page = client.get(guide.url).content.decode()
    assert "年后的事" not in page
    assert f"{today.month}月{today.day}日" in page
    assert "休息（系统升级）" in page
    assert "搬迁" not in page


def structured_data(html: str) -> dict:
    for found in re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S):
        for data in each if isinstance(each := json.loads(found), list) else [each]:
            if data.get("@type") == "GovernmentService":
                return data
    raise AssertionError("no data on the service")


def test_search_engines_are_told_the_places_and_no_sample_number(client):
    real, sample = make_place(1), make_place(2, is_sample=True)
    guide = guide_at(real, sample)
    channels = structured_data(client.get(guide.url).content.decode())["availableChannel"]
    assert [each["serviceLocation"]["name"] for each in channels] == ["网点1", "网点2"]
    assert channels[0]["servicePhone"] == [{"@type": "ContactPoint", "telephone": "02084440001"}]
    assert channels[0]["serviceLocation"]["openingHoursSpecification"][0]["opens"] == "09:00"
    assert "telephone" not in json.dumps(channels[1])


def test_a_guide_says_once_that_all_its_places_are_examples(client):
    mark = '<span class="sample">示例</span>'
    places = [make_place(number, is_sample=True) for number in (1, 2)]
    assert client.get(guide_at(*places).url).content.decode().count(mark) == 1
    mixed = guide_at(*places, make_place(3), slug="mixed")
    assert client.get(mixed.url).content.decode().count(mark) == 2
