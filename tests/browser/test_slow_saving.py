"""Saving on a slow machine and a slow line: nothing pasted meanwhile is lost, buttons work."""

import time

import pytest
from playwright.sync_api import expect

from home.models import NoticePage

from .editing import autosaved, menu_action, new_notice, open_form
from .test_tables import PASTE, WPS, add_block

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def slow_down(page, *, processor: int = 6, latency: int = 400) -> None:
    """A processor so many times slower, and so many milliseconds to the server."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def latest() -> NoticePage:
    return NoticePage.objects.get().get_latest_revision_as_object()


def hold_next_answer(page) -> list:
    """The list gets (route, answer) of the next automatic saving, which the site has done."""
    held = []

    def hold(route):
        is_saving = route.request.headers.get("accept") == "application/json"
        if held or route.request.method != "POST" or not is_saving:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page.route("**/admin/pages/*/edit/", hold)
    return held


def wait_for(page, condition, seconds: int = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        page.wait_for_timeout(100)


@pytest.mark.parametrize("what", ["text", "table"])
def test_what_comes_while_a_save_is_under_way_is_saved_too(editor, index, what):
    page = new_notice(editor, index)
    page.fill("#id_title", "端午放假")
    add_block(page, "表格")
    autosaved(page)
    page.wait_for_timeout(2000)
    held = hold_next_answer(page)
    page.fill("#id_summary", "初一")
    wait_for(page, lambda: held)
    if what == "text":
        page.fill("#id_summary", "初一至初八")
    else:
        page.locator(".table-editor__area td").first.evaluate(PASTE, [WPS, ""])
    route, answer = held[0]
    route.fulfill(response=answer)
    expected = "初一至初八" if what == "text" else "沙园街道"
    wait_for(page, lambda: expected in f"{latest().summary}{latest().body}")


@pytest.mark.parametrize("after", [0, 300, 700, 1000, 1500])
def test_submitting_a_new_page_while_it_is_saved_on_a_slow_machine(editor, index, after):
    page = new_notice(editor, index)
    slow_down(page)
    page.locator("#id_title").press_sequentially("春节放假")
    page.wait_for_timeout(after)
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/", timeout=60_000)
    assert latest().title == "春节放假"
    assert NoticePage.objects.get().workflow_in_progress


def test_a_save_that_takes_long_is_told_and_nothing_is_sent_twice(editor, index):
    page = new_notice(editor, index)
    held = []
    page.route(
        "**/pages/add/**",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    page.fill("#id_title", "春节放假")
    wait_for(page, lambda: held)
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page.locator(".editor-guard")).to_contain_text("正在保存")
    held[0].continue_()
    page.wait_for_url("**/edit/")
    expect(page.locator(".editor-guard")).to_have_count(0)
    assert NoticePage.objects.count() == 1


def test_the_reviewer_sees_one_version_of_what_was_submitted(editor, reviewer, index):
    page = new_notice(editor, index)
    slow_down(page)
    page.fill("#id_title", "春节放假")
    page.fill("#id_summary", "初一至初八")
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/", timeout=60_000)
    seen = open_form(reviewer, f"/admin/pages/{NoticePage.objects.get().pk}/edit/")
    expect(seen.locator("#id_summary")).to_have_value("初一至初八")
