"""The nearest service place: asked for on a press, worked out in the browser."""

import pytest
from playwright.sync_api import expect

from home.models import ServicePlace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = {"longitude": 113.3312, "latitude": 23.0955}


@pytest.fixture
def places():
    for slug, name, kind, lon in (
        ("far", "远处的大厅", "hall", 113.25),
        ("near", "近处的大厅", "hall", 113.33),
        ("home", "颐康中心", "care", 113.29),
    ):
        ServicePlace.objects.create(
            slug=slug, name=name, kind=kind, address="示例路1号", longitude=lon, latitude=23.0955
        )


def test_the_nearest_place_comes_first_and_the_position_stays_here(chromium, live_server, places):
    context = chromium.new_context(
        base_url=live_server.url, geolocation=HERE, permissions=["geolocation"]
    )
    page = context.new_page()
    page.add_init_script(
        """const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
        window.asked = 0;
        navigator.geolocation.getCurrentPosition = (...all) => { window.asked += 1; ask(...all); };"""
    )
    sent = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page.goto("/service-places/")
    expect(page.locator("[data-near]")).to_be_visible()
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="按离我的远近排序").click()
    expect(page.locator("[data-near-state]")).to_contain_text("最近的是近处的大厅")
    expect(page.locator("[data-place] h3 a")).to_have_text(["近处的大厅", "颐康中心", "远处的大厅"])
    assert not any("113.33" in words or "23.09" in words for words in sent)
    assert "113" not in page.url
    context.close()


def test_the_nearest_of_all_pages_comes_first(chromium, live_server, places):
    for number in range(55):
        ServicePlace.objects.create(
            slug=f"b{number}", name=f"大厅{number:02}", kind="care", address="示例路2号"
        )
    context = chromium.new_context(
        base_url=live_server.url, geolocation=HERE, permissions=["geolocation"]
    )
    page = context.new_page()
    page.goto("/service-places/")
    expect(page.locator("[data-place]")).to_have_count(50)
    assert page.locator("[data-place]", has_text="近处的大厅").count() == 0
    page.get_by_role("button", name="按离我的远近排序").click()
    expect(page.locator("[data-near-state]")).to_contain_text("最近的是近处的大厅")
    expect(page.locator("[data-place]")).to_have_count(58)
    context.close()


def test_a_refused_position_is_explained(chromium, live_server, places):
    context = chromium.new_context(base_url=live_server.url, permissions=[])
    page = context.new_page()
    page.goto("/service-places/")
    page.get_by_role("button", name="按离我的远近排序").click()
    expect(page.locator("[data-near-state]")).to_contain_text("按街道筛选")
    context.close()


def test_the_map_is_used_by_keyboard(desktop_page, places):
    """A key opens the list of a pin and leads into it; Escape leads back to the pin."""
    page = desktop_page
    page.goto("/service-places/")
    pin = page.locator(".place-pin[title='近处的大厅']")
    pin.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".place-popup a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".place-popup")).to_have_count(0)
    expect(pin).to_be_focused()
