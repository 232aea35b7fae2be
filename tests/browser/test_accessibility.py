"""WCAG 2.2 AA in a real browser: axe, reflow at 400%, and tasks by keyboard alone."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from .conftest import VIEWPORTS, open_page
from .page_addresses import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VIEWS = ("", "elderly", "contrast")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# The part of the page that needs more than the screen's width, if any.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 3).map((e) => e.tagName + "." + e.className).join(" ") || "page";
}"""


@pytest.fixture
def demonstration(db):
    call_command("load_demonstration", verbosity=0, stdout=open("/dev/null", "w"))  # noqa: SIM115


def choose_view(page, live_server, view: str) -> None:
    page.context.add_cookies([{"name": "display", "value": view, "url": live_server.url}])


def opened(page) -> Iterator[str]:
    """Opens every page type in turn, also those that only an answer leads to; gives its name."""
    for name, address in addresses():
        page.goto(address)
        yield name
    page.goto("/guides/questions/who-approves-my-place-name/")
    page.click("button:has-text('下一步')")
    yield "question with an error"
    for answer in ("住宅小区、大厦、楼宇", "新建，还没有名称"):
        page.check(f"input[value='{answer}']")
        page.click("button:has-text('下一步')")
    yield "result of questions"
    page.goto("/feedback/")
    page.click("button:has-text('提交')")
    yield "feedback with errors"


def test_axe_finds_nothing_on_any_page_in_any_view(chromium, live_server, demonstration):
    found = []
    for width, view in product(VIEWPORTS, VIEWS):
        page = open_page(chromium, live_server, width)
        choose_view(page, live_server, view)
        for name in opened(page):
            for violation in Axe().run(page, options=RULES).response["violations"]:
                where = violation["nodes"][0]["html"][:160]
                found.append(f"{name} ({width}, {view or 'normal'}): {violation['id']} {where}")
        page.context.close()
    assert found == []


def test_no_page_scrolls_sideways_at_400_percent(chromium, live_server, demonstration):
    """At 320 pixels, as a window of 1280 at 400%."""
    found = []
    page = open_page(chromium, live_server, "phone")
    page.set_viewport_size({"width": 320, "height": 256})
    for view in VIEWS:
        choose_view(page, live_server, view)
        for name in opened(page):
            if wide := page.evaluate(TOO_WIDE):
                found.append(f"{name} ({view or 'normal'}): {wide}")
    page.context.close()
    assert found == []
