"""WCAG 2.2 AA in a real browser: axe, reflow at 400%, sizes of targets and of text."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.templates import DEMONSTRATION, in_copy_of

from .conftest import open_page
from .page_addresses import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The attributes of <html>, as the server sets them, and the scheme that the reader's system asks for.
VIEWS = {
    "normal": ((), "light"),
    "elderly": (("data-elderly",), "light"),
    "contrast": (("data-contrast",), "light"),
    "elderly and contrast": (("data-elderly", "data-contrast"), "light"),
    "dark": ((), "dark"),
}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
RUN = """async (rules) => (await axe.run(rules)).violations.map(
  (fault) => fault.id + " " + fault.nodes[0].html.slice(0, 160))"""
SHOW = """(attributes) => {
  const root = document.documentElement;
  for (const name of ["data-elderly", "data-contrast"]) root.toggleAttribute(name, attributes.includes(name));
}"""
# The part of the page that needs more than the screen's width, if any.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 3).map((e) => e.tagName + "." + e.className).join(" ") || "page";
}"""
# Buttons, fields and links that stand alone; links within a sentence may be as high as the line.
SMALL = """(least) => [...document.querySelectorAll("button, input, select, textarea, summary, .button, .nav a, .pagination a, .breadcrumb a, .footer a, .guide-tools a, :is(h2, h3, th) > a")]
  .filter((e) => !e.matches("[type=hidden], .visually-hidden, .skip-link"))
  .map((e) => [e, (e.closest("label") || (e.labels && e.labels[0] && e.type.match(/radio|checkbox/) ? e.labels[0] : e)).getBoundingClientRect()])
  .filter(([e, box]) => box.width && box.height && (box.width < least || box.height < least))
  .map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.width)}×${Math.round(box.height)} ${e.textContent.trim().slice(0, 20)}`)"""
# Text below 18 points (24 pixels).
SMALL_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest("script, option, [aria-hidden=true], .visually-hidden")) continue;
    const scale = parent.closest("svg") ? parent.getScreenCTM().a : 1;
    if (parent.getBoundingClientRect().width && parseFloat(getComputedStyle(parent).fontSize) * scale < 23.9)
      found.push(walker.currentNode.data.trim().slice(0, 30));
  }
  return found;
}"""


demonstration = in_copy_of(DEMONSTRATION)


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
    page.goto("/marriage/manage/")
    page.locator("main form").get_by_role("button").first.click()
    yield "manage a booking, with errors"
    page.goto("/marriage/")
    page.locator("main a[href*='/marriage/services/']").first.click()
    yield "start of a service"
    page.get_by_role("button", name="开始预约").click()
    yield "booking, a question"
    page.get_by_role("button", name="下一步").click()
    yield "booking, a question with an error"


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_every_page_in_every_view(chromium, live_server, demonstration, width):
    """Axe finds nothing; targets and text have their sizes; at 400% nothing scrolls sideways."""
    axe = Axe().axe_script
    found = []
    page = open_page(chromium, live_server, width)
    normal = page.viewport_size
    for name in opened(page):
        page.evaluate(axe)
        for view, (attributes, scheme) in VIEWS.items():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SHOW, attributes)
            where = f"{name} ({width}, {view})"
            found += [f"{where}: {fault}" for fault in page.evaluate(RUN, RULES)]
            elderly = "data-elderly" in attributes
            found += [f"{where}: {fault}" for fault in page.evaluate(SMALL, 60 if elderly else 44)]
            if elderly:
                found += [f"{where}: small text {text}" for text in page.evaluate(SMALL_TEXT)]
            if width == "phone":
                page.set_viewport_size({"width": 320, "height": 256})  # 1280 pixels at 400%.
                if wide := page.evaluate(TOO_WIDE):
                    found.append(f"{where}: at 400% {wide}")
                page.set_viewport_size(normal)
        page.emulate_media(color_scheme="light")
        page.evaluate(SHOW, [])
    page.context.close()
    assert found == []
