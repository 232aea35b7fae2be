"""Search engines find every public page, at the right host; people find the same by hand."""

from datetime import date
from xml.etree import ElementTree

import pytest

from home.models import ServicePlace
from home.pages import sitemap
from place_names.models import PlaceName
from tests.guides.factories import make_figure, make_guide
from tests.home.factories import make_home
from tests.place_names.factories import make_place, make_subdistrict

pytestmark = pytest.mark.django_db
NAMES = {"s": sitemap.NAMESPACE}


def locations(client, address: str, **headers) -> list[str]:
    answer = client.get(address, **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(answer.content)
    return [element.text for element in root.iterfind(".//s:loc", NAMES)]


def everything(client) -> list[str]:
    return [
        found
        for part in locations(client, "/sitemap.xml")
        for found in locations(client, part.removeprefix("http://testserver"))
    ]


def test_every_public_page_is_in_one_part(client):
    make_home()
    guide, figure = make_guide(), make_figure()
    area = make_subdistrict()
    place, hidden = make_place(), make_place(status=PlaceName.Status.PENDING)
    hall = ServicePlace.objects.create(name="大厅", slug="hall", kind="hall", address="示例路1号")
    found = everything(client)
    assert len(found) == len(set(found))
    for address in (
        "/",
        guide.url,
        figure.get_absolute_url(),
        place.get_absolute_url(),
        area.get_absolute_url(),
        hall.get_absolute_url(),
        f"/service-places/{area.code}/",
        "/place-names/",
        "/place-names/boundaries/",
        "/place-names/statistics/",
        "/place-names/map/",
    ):
        assert f"http://testserver{address}" in found, address
    assert not any(hidden.code in address for address in found)
    guide.unpublish()
    assert f"http://testserver{guide.url}" not in everything(client)


def test_long_parts_are_cut(client, monkeypatch):
    monkeypatch.setattr(sitemap, "SIZE", 2)
    for number in range(5):
        make_place(f"第{number}路")
    files = [each for each in locations(client, "/sitemap.xml") if "place-names" in each]
    assert [each.rpartition("/")[2] for each in files] == [
        "place-names-1.xml",
        "place-names-2.xml",
        "place-names-3.xml",
    ]
    assert len(locations(client, "/sitemap/place-names-3.xml")) == 1
    for wrong in ("place-names-4", "place-names-0", "no-such-part-1", "place-names-" + "9" * 30):
        assert client.get(f"/sitemap/{wrong}.xml").status_code == 404


def test_pages_and_names_tell_when_they_changed(client):
    make_guide()
    make_place()
    for part in ("pages", "place-names"):
        assert "<lastmod>20" in client.get(f"/sitemap/{part}-1.xml").content.decode()
    assert sitemap._changed(date(2026, 11, 23)) == "<lastmod>2026-11-23</lastmod>"


def test_the_host_is_that_of_the_request_or_of_the_setting(client, settings):
    make_home()
    here = locations(client, "/sitemap.xml", headers={"host": "mz.example.cn"})
    assert all(address.startswith("http://mz.example.cn/sitemap/") for address in here)
    settings.PUBLIC_BASE_URL = "https://www.haizhu.example.cn/"
    there = locations(client, "/sitemap.xml")
    assert all(address.startswith("https://www.haizhu.example.cn/sitemap/") for address in there)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://www.haizhu.example.cn/sitemap.xml" in robots
    html = client.get("/").content.decode()
    assert '<link rel="canonical" href="https://www.haizhu.example.cn/">' in html


def test_a_part_needs_few_queries(client, django_assert_max_num_queries):
    make_home()
    for number in range(30):
        make_place(f"第{number}路")
        ServicePlace.objects.create(
            name="大厅", slug=f"hall-{number}", kind="hall", address="示例路1号"
        )
    for address in ("/sitemap.xml", "/sitemap/place-names-1.xml", "/sitemap/service-places-1.xml"):
        with django_assert_max_num_queries(10):
            client.get(address)
