"""The list of place names by the reader's own place and by a part of the map."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.place_names.factories import make_place

from .conftest import VIEWPORTS, open_page

pytestmark = pytest.mark.browser


def point(lon: float, lat: float) -> dict:
    return {"geometry": {"type": "Point", "coordinates": [lon, lat]}}


@pytest.fixture
def names(live_server):
    make_place("近处路", **point(113.270, 23.090))
    make_place("中间路", **point(113.300, 23.090))
    make_place("远处路", **point(113.370, 23.090))


def test_names_near_the_reader_come_first(names, chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url,
        viewport=VIEWPORTS["phone"],
        geolocation={"longitude": 113.37123, "latitude": 23.09017},
        permissions=["geolocation"],
    )
    page = context.new_page()
    page.goto("/place-names/?q=路")
    with page.expect_navigation():
        page.locator("[data-near-me]").click()
    asked = parse_qs(urlsplit(page.url).query)
    # No exact place of a person stands in an address.
    assert asked["near"] == ["113.371,23.090"]
    assert asked["sort"] == ["distance"]
    found = page.locator("main").inner_text()
    assert found.index("远处路") < found.index("中间路") < found.index("近处路")
    context.close()


def test_a_refused_place_is_explained(names, chromium, live_server):
    page = open_page(chromium, live_server, "phone")
    page.goto("/place-names/?q=路")
    button = page.locator("[data-near-me]")
    button.click()
    page.locator("text=没有得到您的位置").wait_for()
    page.context.close()


def test_names_within_a_part_of_the_map(names, chromium, live_server):
    page = open_page(chromium, live_server, "desktop")
    page.goto("/place-names/?q=路")
    part = page.locator("[data-window]")
    part.locator("summary").click()
    part.locator(".leaflet-container").wait_for(state="visible")
    for _ in range(2):
        part.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(600)
    with page.expect_navigation():
        part.locator("[data-window-search]").click()
    west, south, east, north = map(float, parse_qs(urlsplit(page.url).query)["bbox"][0].split(","))
    assert west < east
    assert south < north
    inside = {
        name
        for name, lon in (("近处路", 113.27), ("中间路", 113.3), ("远处路", 113.37))
        if west <= lon <= east and south <= 23.09 <= north
    }
    found = page.locator("main").inner_text()
    assert {name for name in ("近处路", "中间路", "远处路") if name in found} == inside
    assert inside != {"近处路", "中间路", "远处路"}
    page.context.close()
