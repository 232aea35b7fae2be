"""The great map as it is passed on and come back to: display settings, 返回, links, paper."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import VIEWPORTS
from .test_great_map import AT, MAP, drawn, heading, names  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pictures(page) -> list[str]:
    """What is on the canvases: ground, then names."""
    return page.evaluate("[...document.querySelectorAll('.map canvas')].map((c) => c.toDataURL())")


@pytest.mark.parametrize("setting", ["高对比", "长者版"])
def test_the_map_follows_the_display_settings(desktop_page, names, setting):  # noqa: F811
    page = desktop_page
    page.goto(MAP + AT)
    drawn(page, 2)
    page.wait_for_load_state("networkidle")
    before = pictures(page)
    page.get_by_role("button", name=setting).click()
    expect(page.get_by_role("button", name=f"退出{setting}")).to_be_visible()
    page.wait_for_timeout(500)
    after = pictures(page)
    assert after[-1] != before[-1], "the names are drawn as before"
    if setting == "高对比":
        assert all(picture not in before for picture in after), "the ground is drawn as before"


def test_few_names_bring_the_map_to_them(page, names):  # noqa: F811
    page.goto(f"{MAP}#16/23.09000/113.35000")
    expect(heading(page)).to_contain_text("图上范围内有0条地名")
    page.get_by_label("地名", exact=True).fill("晓港公园")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#17/23\.0950\d/113\.2770\d$"))
    expect(page.locator("[data-map-list] li h3")).to_have_text(["晓港公园"])
    page.get_by_role("link", name="“晓港公园”").click()
    expect(page.get_by_label("地名", exact=True)).to_have_value("")
    expect(page).not_to_have_url(re.compile(r"\?q="))


def test_an_empty_part_of_the_map_leads_back_to_the_whole(page, names):  # noqa: F811
    page.goto(f"{MAP}#16/23.09000/113.35000")
    page.get_by_role("button", name="看全区").click()
    expect(heading(page)).to_contain_text("33条地名")


def test_back_takes_the_last_step_back(desktop_page, names):  # noqa: F811
    page = desktop_page
    page.goto(MAP + AT)
    drawn(page, 2)
    page.get_by_text("类别、街道和状态").click()
    page.get_by_label("类别", exact=True).select_option("25200")
    expect(page).to_have_url(re.compile(r"\?category=25200#17/23\.095"))
    page.get_by_role("button", name="图中央是什么地方").click()
    here = page.locator("[data-map-here]")
    expect(here.get_by_role("heading")).to_be_focused()
    page.go_back()
    expect(here).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?category=25200#17/23\.095"))
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(MAP + AT) + "$"))
    expect(page.get_by_label("类别", exact=True)).to_have_value("")
    drawn(page, 2)
    page.go_forward()
    expect(page.get_by_label("类别", exact=True)).to_have_value("25200")
    drawn(page, 1)


def test_a_copied_link_shows_the_place_that_was_asked_about(chromium, live_server, names):  # noqa: F811
    context = chromium.new_context(
        base_url=live_server.url,
        viewport=VIEWPORTS["phone"],
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.goto(MAP + AT)
    page.get_by_role("button", name="图中央是什么地方").click()
    expect(page).to_have_url(re.compile(r"&at=113\.26[45]\d+,23\.(10000|09999)\d$"))
    page.get_by_role("button", name="复制本图链接").click()
    expect(page.get_by_text("链接已复制")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    other = context.new_page()
    other.goto(link)
    expect(other.locator("[data-map-here] h2")).to_have_text("这里是江南中街道")
    assert other.url == link
    other.get_by_role("button", name="收起").click()
    expect(other).not_to_have_url(re.compile("at="))
    context.close()


def test_paper_says_what_the_map_shows(desktop_page, names):  # noqa: F811
    page = desktop_page
    page.goto(f"{MAP}?year=1950{AT}")
    drawn(page, 1)
    page.pdf()
    expect(page.locator("[data-map-printed]")).to_contain_text(
        re.compile(
            r"图上范围：东经113\.\d{4}°至113\.\d{4}°，北纬23\.\d{4}°.*比例尺约1:\d.*年\d+月\d+日打印"
        )
    )
    expect(page.locator("[data-map-list] .chosen-filters")).to_contain_text("1950年有效")


# Numbers and places of circles in pixels, and what is left of them with letters of 24 pixels.
CROWDED = [
    ([(2659, 0, 0), (494, 10, 40), (1512, 100, 0), (193, 300, 0)], [193, 1512, 3153]),
    ([(10, 0, 0), (10, 200, 0)], [10, 10]),
    ([(5, 0, 0), (5, 40, 0), (5, 70, 0)], [15]),
    ([], []),
]


@pytest.mark.parametrize(("circles", "left"), CROWDED)
def test_circles_never_overlap(page, names, circles, left):  # noqa: F811
    page.goto(MAP)
    found = page.evaluate(
        """(circles) => {
          const { apart, radius } = placeMaps.Names.prototype;
          const map = { letter: 24, radius };
          return apart.call(map, circles.map(([number, x, y]) => ({ number, at: L.point(x, y) })))
            .map(({ number, at }) => [number, at.x, at.y, map.radius(number)]);
        }""",
        circles,
    )
    assert sorted(number for number, *_ in found) == left
    for at, (_, x, y, radius) in enumerate(found):
        for _, other_x, other_y, other in found[:at]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= radius + other
