"""The great map: find, filter, choose a year, ask what is here, pass the link on; also by keyboard,
by finger and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.place_names.factories import make_category, make_line, make_place, make_subdistrict

from .conftest import VIEWPORTS
from .keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MAP = "/place-names/map/"
AT = "#17/23.10000/113.26500"


def point(lon: float, lat: float) -> dict:
    return {"geometry": {"type": "Point", "coordinates": [lon, lat]}}


@pytest.fixture
def names():
    area, other = make_subdistrict(), make_subdistrict(
        "440105003", "昌岗街道",
        ring=[[113.28, 23.09], [113.30, 23.09], [113.30, 23.11], [113.28, 23.11], [113.28, 23.09]],
    )  # fmt: skip
    make_line(area, other)
    park = make_category("25200", "公园")
    make_place("江南大道中", year_established=1931, **point(113.265, 23.1))
    make_place("前进路", year_established=1960, **point(113.267, 23.1005))
    make_place("晓港公园", category=park, **point(113.277, 23.095))
    for number in range(30):
        make_place(f"书云{number}巷", **point(113.29, 23.105))


def heading(page):
    return page.locator("[data-map-list] h2")


def drawn(page, number: int) -> None:
    expect(page.locator("[data-great-map]")).to_have_attribute("data-drawn", str(number))


def test_find_filter_and_choose_a_year(desktop_page, names):
    page = desktop_page
    page.goto(MAP)
    expect(heading(page)).to_contain_text("图上范围内有33条地名")
    drawn(page, 33)
    page.get_by_text("类别、街道和状态").click()
    page.get_by_label("类别", exact=True).select_option("25200")
    expect(heading(page)).to_contain_text("1条地名")
    drawn(page, 1)
    expect(page).to_have_url(re.compile(r"\?category=25200#"))
    assert "category=25200" in page.get_by_role("link", name="地名列表").get_attribute("href")
    page.get_by_label("类别", exact=True).select_option("")
    page.goto(MAP)
    page.get_by_label("年份", exact=True).fill("1931")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("年份", exact=True)).to_have_value("1932")
    expect(heading(page)).to_contain_text("1932年有效")
    expect(page.locator("[data-map-list]")).to_contain_text("另有31条地名起始年份没有记载")
    drawn(page, 1)
    page.get_by_role("button", name="不限年份").click()
    page.get_by_label("地名", exact=True).fill("qianjin")
    page.keyboard.press("Enter")
    expect(page.locator("[data-map-list] li h3")).to_have_text(["前进路"])
    drawn(page, 1)


def test_the_link_shows_the_same_to_others(desktop_page, names):
    page = desktop_page
    page.goto(f"{MAP}?year=1950{AT}")
    expect(heading(page)).to_contain_text("1条地名")
    page.locator("[data-great-map]").focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"\?year=1950#18/23\.1\d*/113\.26"))
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    drawn(page, 1)
    assert page.url == link


def test_a_press_names_what_is_drawn_there(desktop_page, names):
    page = desktop_page
    page.goto(MAP + AT)
    drawn(page, 2)
    page.locator("[data-great-map]").click()
    expect(page.locator(".leaflet-popup li")).to_contain_text("江南大道中")
    page.goto(f"{MAP}?q=晓港#17/23.10500/113.28000")
    page.reload()
    drawn(page, 0)
    page.locator("[data-great-map]").click()
    expect(page.locator(".leaflet-popup a[href$='#line-01']")).to_contain_text("界线 01")


def test_a_press_on_a_group_goes_nearer(desktop_page, names):
    page = desktop_page
    page.goto(f"{MAP}#15/23.10500/113.29000")
    expect(heading(page)).to_contain_text("条地名")
    drawn(page, 31)
    page.locator("[data-great-map]").click()
    expect(page).to_have_url(re.compile("#17/23.105"))


def test_what_is_here_by_right_click_and_by_keyboard(desktop_page, names):
    page = desktop_page
    page.goto(MAP + AT)
    drawn(page, 2)
    page.locator("[data-great-map]").click(button="right")
    here = page.locator("[data-map-here]")
    expect(here.get_by_role("heading")).to_have_text("这里是江南中街道")
    expect(here.get_by_role("heading")).to_be_focused()
    expect(here).to_contain_text("江南大道中")
    page.get_by_role("button", name="收起").click()
    expect(here).to_be_hidden()
    expect(page.locator("[data-great-map]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(here.get_by_role("heading")).to_be_focused()


def test_the_list_leads_to_the_map_by_keyboard(desktop_page, names):
    page = desktop_page
    page.goto(MAP)
    expect(heading(page)).to_contain_text("图上范围内有33条地名")
    tab_to(page, "下一页")
    page.keyboard.press("Enter")
    expect(page.locator("[data-map-list] ol > li")).to_have_count(13)
    expect(heading(page)).to_be_focused()
    page.reload()
    expect(heading(page)).to_contain_text("图上范围内有33条地名")
    tab_to(page, "看位置")
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a").first).to_have_text("江南大道中")
    expect(page).to_have_url(re.compile(r"#17/23\.10000/113\.26500"))
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_form_and_list_without_javascript(chromium, live_server, names):
    context = chromium.new_context(
        base_url=live_server.url, viewport=VIEWPORTS["phone"], java_script_enabled=False
    )
    page = context.new_page()
    page.goto(MAP)
    expect(page.locator("main")).to_contain_text("您的浏览器没有启用JavaScript")
    expect(page.locator("[data-great-map]")).to_be_hidden()
    for word in ("点一下", "长按", "按回车", "圆圈"):
        expect(page.get_by_text(word)).to_be_hidden()
    expect(page.get_by_role("slider")).to_be_hidden()
    expect(page.get_by_role("button", name="看位置")).to_have_count(0)
    expect(heading(page)).to_have_text(re.compile("^33条地名"))
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("[data-map-list] ol > li")).to_have_count(13)
    page.get_by_label("年份", exact=True).fill("1950")
    page.get_by_role("button", name="查地名").click()
    expect(page.locator("[data-map-list] li h3")).to_have_text(["江南大道中"])
    context.close()
