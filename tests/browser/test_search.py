"""Searching by keyboard, with an input method, by screen reader, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from search.models import QueryCount
from tests.home.factories import make_home
from tests.search.factories import guide_page, notice_page, plain_page

from .conftest import open_page

pytestmark = pytest.mark.browser

HEADER_BOX = "#header-q"
LIST = "[role=listbox]"
ANYTHING = re.compile(".*")


@pytest.fixture
def content(live_server):
    make_home()
    guide_page("内地居民结婚登记", slug="marriage", summary="双方一起到婚姻登记处办理。")
    guide_page("结婚登记档案查询", slug="archive")
    notice_page("结婚登记高峰日提示", slug="peak")
    plain_page("关于本站", slug="about", body="本站可以查结婚登记。")


def requests_for_suggestions(page) -> list[str]:
    seen = []
    page.on("request", lambda r: seen.append(r.url) if "/search/suggest/" in r.url else None)
    return seen


def test_a_suggestion_is_chosen_by_keyboard(content, desktop_page):
    page = desktop_page
    page.goto("/about/")
    box = page.locator(HEADER_BOX)
    box.focus()
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.type("jiehun")
    page.locator(f"#{box.get_attribute('aria-controls')}").wait_for(state="visible")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    text = chosen.inner_text()
    page.keyboard.press("ArrowUp")
    expect(chosen).not_to_have_text(text, use_inner_text=True)
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", ANYTHING)
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(("/guides/marriage/", "/guides/archive/"))


def test_escape_closes_the_list_and_enter_then_searches(content, desktop_page):
    page = desktop_page
    page.goto("/about/")
    page.locator(HEADER_BOX).focus()
    page.keyboard.type("结婚登记")
    page.locator(LIST).first.wait_for(state="visible")
    page.keyboard.press("Escape")
    expect(page.locator(f"{LIST}:visible")).to_have_count(0)
    expect(page.locator(HEADER_BOX)).to_have_value("结婚登记")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/search/?q=" in page.url
    expect(page.locator("h1")).to_have_text("搜索结果")
    expect(page.locator("mark").first).to_be_visible()


def test_nothing_is_asked_while_an_input_method_composes(content, desktop_page):
    page = desktop_page
    page.goto("/about/")
    asked = requests_for_suggestions(page)
    session = page.context.new_cdp_session(page)
    page.locator(HEADER_BOX).focus()
    for typed in ("j", "ji", "jie", "jie h", "jie hun"):
        session.send(
            "Input.imeSetComposition",
            {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)},
        )
        page.wait_for_timeout(200)
    assert asked == []
    session.send("Input.insertText", {"text": "结婚"})
    page.locator(LIST).first.wait_for(state="visible")
    assert len(asked) == 1


def test_fast_typing_asks_once(content, desktop_page):
    page = desktop_page
    page.goto("/about/")
    asked = requests_for_suggestions(page)
    # The page's clock stands still while typing, however slow the machine is.
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.locator(HEADER_BOX).press_sequentially("jiehundengji")
    assert asked == []
    page.clock.run_for(1000)
    page.locator(LIST).first.wait_for(state="visible")
    assert len(asked) == 1


def test_a_suggestion_is_chosen_by_pointer_and_leaving_the_box_closes_the_list(content, page):
    page.goto("/about/")
    page.locator(HEADER_BOX).fill("档案")
    page.locator("[role=option]").first.wait_for(state="visible")
    page.locator("h1").click()
    expect(page.locator(f"{LIST}:visible")).to_have_count(0)
    page.locator(HEADER_BOX).fill("档案查询")
    option = page.locator("[role=option]").first
    option.wait_for(state="visible")
    with page.expect_navigation():
        option.click()
    assert page.url.endswith("/guides/archive/")


def test_the_form_works_without_javascript(content, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/about/")
    page.fill(HEADER_BOX, "结婚登记")
    page.click("form[role=search] button")
    expect(page.locator("h1")).to_have_text("搜索结果")
    page.click("nav[aria-label=按类型查看] >> text=通知公告")
    expect(page.locator("text=结婚登记高峰日提示")).to_have_count(1)
    context.close()


def test_an_opened_result_is_counted_without_a_cookie(content, desktop_page):
    page = desktop_page
    page.goto("/search/?q=结婚登记")
    with page.expect_response(lambda r: "/search/clicked/" in r.url) as answer:
        # In a new tab: a page that goes away does not always tell how its last request ended.
        page.locator(".result-list a").first.click(modifiers=["Control"])
    assert answer.value.status == 204
    assert QueryCount.objects.get().clicks == 1
    assert page.context.cookies() == []


@pytest.mark.parametrize("viewport", ["phone", "desktop"])
@pytest.mark.parametrize("display", ["", "elderly", "contrast"])
def test_axe_finds_nothing(content, chromium, live_server, viewport, display):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(chromium, live_server, viewport)
    if display:
        page.context.add_cookies([{"name": "display", "value": display, "url": live_server.url}])
    for address in ("/search/?q=结婚登记", "/search/?q=火星旅游", "/search/"):
        page.goto(address)
        if "结婚" in address:
            page.locator("#page-q").focus()
            page.keyboard.press("ArrowDown")
            page.locator(f".search-box {LIST}").wait_for(state="visible")
            page.keyboard.press("ArrowDown")
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found]
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{address} scrolls sideways"
    page.context.close()
