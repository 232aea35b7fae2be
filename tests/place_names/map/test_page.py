"""The page of the great map and its parts, as a reader without a script gets them."""

import io
import re

import pytest
from PIL import Image

from home.cache import invalidation
from place_names.models import PlaceName
from tests.place_names.factories import make_category, make_place, make_subdistrict

pytestmark = pytest.mark.django_db

MAP = "/place-names/map/"


@pytest.fixture
def names():
    make_place("江南大道中", year_established=1931)
    make_place("旧凤凰", status=PlaceName.Status.HISTORICAL)
    make_place("晓港公园", category=make_category("25200", "公园"))
    make_place("待审路", status=PlaceName.Status.PENDING)


def content(client, query: str = "") -> str:
    answer = client.get(MAP + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_public_names_are_listed_and_counted(client, names):
    page = content(client)
    assert "海珠区的3条地名都在这张图上" in page
    assert all(name in page for name in ("江南大道中", "旧凤凰", "晓港公园"))
    assert "待审路" not in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?year=abc", "“<span translate=\"no\">abc</span>”不是年份"),
        ("?category=99", "没有您选的条件"),
        ("?page=99999", "第2页，共2页"),
        ("?q=没有这样的名称", "没有找到地名"),
        ("?year=1950", "另有1条地名起始年份没有记载"),
        ("?year=1950&start=unknown", "1950年是否已有不清楚"),
    ],
)  # fmt: skip
def test_odd_and_narrow_questions_are_answered_in_words(client, names, query, says):
    for number in range(20):
        make_place(f"前进{number}路", year_established=2000)
    assert says in content(client, query)


def test_filters_go_along_to_list_and_downloads(client, names):
    page = content(client, "?category=25200")
    assert 'href="/place-names/?category=25200"' in page
    assert 'href="/place-names/download/?category=25200"' in page
    assert (
        f'href="{MAP}?category=25200"'
        in client.get("/place-names/?category=25200").content.decode()
    )


def test_a_subdistrict_is_shown_whole(client, names):
    make_subdistrict()
    assert 'data-window="113.26,23.09,113.28,23.11"' in content(client, "?subdistrict=440105004")
    assert 'data-window="1,2,3,4"' in content(client, "?bbox=1,2,3,4").replace(".0", "")
    assert 'data-window=""' in content(client)


def test_each_name_leads_to_its_place_on_the_map(client, names):
    place = PlaceName.objects.get(name="晓港公园")
    assert f"{MAP}#17/23.1/113.265" in client.get(place.get_absolute_url()).content.decode()


def test_what_is_at_a_point(client, names):
    here = client.get(f"{MAP}here/?at=113.265,23.101").content.decode()
    assert "这里是江南中街道" in here
    assert "晓港公园" in here
    assert "南面约111米" in here
    assert "旧凤凰" not in here
    assert "海珠区以外" in client.get(f"{MAP}here/?at=0,0").content.decode()


def test_the_list_follows_the_view(client, names):
    make_place("远处路", geometry={"type": "Point", "coordinates": [113.4, 23.05]})
    part = client.get(f"{MAP}list/?bbox=113.39,23.04,113.41,23.06").content.decode()
    assert "图上范围内有1条地名" in " ".join(part.split())
    assert "远处路" in part
    assert "晓港公园" not in part


def test_parts_are_in_the_characters_that_the_reader_chose(client, names):
    client.cookies["display"] = "traditional"
    assert "曉港公園" in content(client)
    assert "曉港公園" in client.get(f"{MAP}list/").content.decode()
    assert "曉港公園" in client.get(f"{MAP}here/?at=113.265,23.101").content.decode()


EXTENTS = [
    ("q=晓港公园", "113.265,23.1,113.265,23.1"),
    ("subdistrict=440105004", "113.26,23.09,113.28,23.11"),
    ("q=没有这个名称", None),
]


@pytest.mark.parametrize(("query", "extent"), EXTENTS)
def test_the_list_says_where_few_names_lie(client, names, query, extent):
    part = client.get(f"{MAP}list/?{query}").content.decode()
    found = re.search(r'data-extent="([^"]*)"', part)
    numbers = found and [round(float(number), 4) for number in found[1].split(",")]
    assert numbers == (extent and [float(number) for number in extent.split(",")])


def test_what_narrows_the_map_is_written_in_the_list(client, names):
    html = content(client, "?q=晓港&year=1985")
    assert html.count('class="chosen-filters"') == 1
    assert '<span translate="no">“晓港”</span>' in html
    assert 'href="?q=%E6%99%93%E6%B8%AF"' in html


@pytest.mark.parametrize(("kind", "width"), [("avif", 400), ("avif", 800), ("webp", 400)])
def test_the_start_page_shows_the_district_as_it_is_drawn(client, kind, width):
    address = f"{MAP}district-{width}.{kind}"
    assert client.get(address).status_code == 404
    assert "district-" not in client.get("/place-names/").text
    make_subdistrict()
    invalidation.invalidate()
    page = client.get("/place-names/").text
    assert f"{address} {width}w" in page or f'src="{address}"' in page
    assert 'alt="海珠区地图' in page
    answer = client.get(address)
    assert answer.headers["Content-Type"] == f"image/{kind}"
    found = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert found.size == (width, round(width / 2.08))
    inside, outside = found.getpixel((width // 2, found.height // 2)), found.getpixel((3, 3))
    assert min(inside) > 235 > outside[0]


def test_other_pictures_of_the_district_are_not_drawn(client, names):
    make_subdistrict()
    for wrong in ("99.webp", "400.gif", "1040000.avif"):
        assert client.get(f"{MAP}district-{wrong}").status_code == 404
