"""Counts of standard names, their page, their tables and pictures."""

from xml.etree import ElementTree

import pytest

from place_names.models import PlaceName
from place_names.statistics.counting import statistics
from tests.place_names.factories import make_category, make_place, make_subdistrict

pytestmark = pytest.mark.django_db

PAGE = "/place-names/statistics/"


@pytest.fixture
def names():
    """Five standard names, of which one crosses two subdistricts, and two that do not count."""
    make_category("23000", "交通运输设施")
    make_category("22000", "居民点")
    first, second = make_subdistrict(), make_subdistrict("440105005", "滨江街道")
    estate = make_category("22100", "城镇居民点（住宅区）")
    make_place("江南大道中", generic="大道", subdistricts=[first, second], year_established=1931)
    make_place("前进路", generic="路", subdistricts=[first], year_established=1939)
    make_place("青葵大街", generic="街", subdistricts=[first], year_established=1880)
    make_place("同福东路", generic="路", subdistricts=[second])
    make_place("万松园", generic="", subdistricts=[second], category=estate)
    abolished = PlaceName.Status.ABOLISHED
    make_place("旧路", generic="路", subdistricts=[first], status=abolished)
    make_place("待审路", generic="路", subdistricts=[first], status=PlaceName.Status.PENDING)


def groups(key: str) -> list[tuple[str, int]]:
    return [(group.label, group.number) for group in statistics()[key].groups]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("class", [("交通运输设施", 4), ("居民点", 1)]),
        ("subdistrict", [("江南中街道", 3), ("滨江街道", 3)]),
        ("generic", [("路", 2), ("大道", 1), ("街", 1), ("没有通名", 1)]),
        ("decade", [("1900年以前", 1), ("1930年代", 2), ("设立年份不详", 2)]),
        ("length", [("3个字", 2), ("4个字", 2), ("5个字", 1)]),
    ],
)
def test_only_names_in_force_count(names, key, expected):
    assert groups(key) == expected


def test_rare_generic_parts_are_one_group(names, monkeypatch):
    monkeypatch.setattr("place_names.statistics.counting.MAX_GENERICS", 1)
    assert groups("generic") == [("路", 2), ("其余2种通名", 2), ("没有通名", 1)]


def test_the_longest_bar_is_the_whole_width(names):
    bars = [group.bar for group in statistics()["class"].groups]
    assert bars == [100, 25]


def test_the_page_shows_every_number_and_leads_to_the_names(client, names):
    html = client.get(PAGE).content.decode()
    assert "标准地名共5条" in html
    assert "/place-names/?category=23000&amp;status=standard" in html
    for statistic in statistics().values():
        assert f'id="{statistic.key}"' in html
        for group in statistic.groups:
            assert group.label in html


def test_a_table_is_csv_and_a_picture_is_svg(client, names):
    for key, statistic in statistics().items():
        lines = b"".join(client.get(f"{PAGE}{key}.csv")).decode("utf-8-sig").splitlines()
        assert lines[0] == f"{statistic.heading},标准地名条数"
        assert lines[1:] == [f"{group.label},{group.number}" for group in statistic.groups]
        drawn = client.get(f"{PAGE}{key}.svg")
        assert drawn["Content-Type"] == "image/svg+xml"
        texts = [text.text for text in ElementTree.fromstring(drawn.content).iter() if text.text]
        assert all(group.label in texts for group in statistic.groups)


@pytest.mark.parametrize("path", ["nothing.csv", "nothing.svg", "class.png"])
def test_what_is_not_there_is_not_found(client, names, path):
    assert client.get(PAGE + path).status_code == 404


def test_an_empty_register_has_a_page(client):
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}decade.svg").status_code == 200
