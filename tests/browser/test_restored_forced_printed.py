"""Pages that come back from the back/forward cache, in forced colours, and on paper."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATIC = Path(settings.ROOT) / "static"
# Chromium under a debugger has no such cache: the event tells the page the same.
RESTORE = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
STYLE = "([selector, part]) => { const s = getComputedStyle(document.querySelector(selector), part); return [s.backgroundColor, s.borderBottomColor, s.color]; }"


def styled(page, selector: str, part: str = "") -> list[str]:
    """Background, lower border and text of an element, as colours of CSS."""
    return page.evaluate(STYLE, [selector, part])


def with_style(page, markup: str, *sheets: str) -> None:
    """Shows the markup with style sheets of the site."""
    page.set_content(markup)
    for name in sheets:
        page.add_style_tag(content=(STATIC / "css" / name).read_text())


def test_a_restored_page_shows_the_view_chosen_since(page):
    page.goto("/no-such-page/")
    page.evaluate("document.cookie = 'display=\"elderly.contrast\"; path=/'")
    page.evaluate(RESTORE)
    assert page.locator("html[data-elderly][data-contrast]").count() == 1
    assert page.get_by_role("button", name="退出长者版").count() == 1
    page.evaluate("document.cookie = 'display=; path=/'")
    page.evaluate(RESTORE)
    assert page.locator("html:not([data-elderly], [data-contrast])").count() == 1
    assert page.get_by_role("button", name="长者版", exact=True).count() == 1


def test_no_suggestions_are_open_on_a_page_that_is_left(page):
    answer = {"groups": [{"label": "办事", "items": [{"text": "结婚登记", "url": "/"}]}]}
    page.route("**/search/suggest/**", lambda route: route.fulfill(json=answer))
    page.goto("/no-such-page/")
    page.get_by_role("combobox").first.press_sequentially("结婚")
    page.get_by_role("option").wait_for()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.get_by_role("option").count() == 0


def test_what_is_chosen_is_told_in_forced_colours(page):
    page.emulate_media(forced_colors="active")
    with_style(
        page,
        """<div class="suggestions"><div class="suggestions__option" aria-selected="true">甲</div>
        <div class="suggestions__option" aria-selected="false">乙</div></div>
        <ul class="tabs"><li><a href="#" aria-current="page">甲</a></li><li><a href="#">乙</a></li></ul>
        <div class="booking__progress"><progress value="2" max="5"></progress></div>""",
        "site.css",
        "guides.css",
        "booking.css",
    )
    option = ".suggestions__option[aria-selected={}]"
    assert styled(page, option.format("true"))[0] != styled(page, option.format("false"))[0]
    tabs = [styled(page, f".tabs li:nth-child({number}) a")[1] for number in (1, 2)]
    assert tabs[0] != tabs[1]
    bar = Image.open(BytesIO(page.locator("progress").screenshot())).convert("RGB")
    done, left = (bar.getpixel((int(bar.width * part), bar.height // 2)) for part in (0.2, 0.8))
    assert done != left


def test_step_numbers_can_be_read_on_paper(page):
    page.emulate_media(media="print")
    with_style(page, '<ol class="steps"><li>甲</li></ol>', "site.css", "print.css")
    ground, _border, number = styled(page, ".steps > li", "::before")
    assert (ground, number) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_answers_are_written_out_on_paper_and_folded_again(page):
    page.goto("/no-such-page/")
    fold = "document.querySelector('main').innerHTML = '<details><summary>问</summary>答</details>'"
    page.evaluate(fold)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details[open]").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[open]").count() == 0


def test_nothing_of_the_frame_follows_the_content_on_paper(page):
    """At the foot it could stand alone on the last sheet."""
    page.emulate_media(media="print")
    page.goto("/no-such-page/")
    printed = page.locator("body").inner_text().strip()
    assert "打印自" in printed
    assert printed.endswith(page.locator("main").inner_text().strip()[-10:])
