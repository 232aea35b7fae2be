"""How many clicks the work of each week takes. What is typed or chosen by keyboard is none."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from home.models import NoticePage
from tests.home.factories import publish

from .editing import desk_of, leave, make_people, open_form
from .test_tables import PASTE, WPS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def index():
    return make_people()


class Clicks:
    def __init__(self):
        self.count = 0

    def __call__(self, locator: Locator) -> None:
        self.count += 1
        locator.click()


def test_a_new_notice_is_submitted_with_six_clicks(chromium, live_server, index):
    page, click = desk_of(chromium, live_server, "editor"), Clicks()
    page.goto("/admin/")
    click(page.get_by_role("link", name="写通知公告"))
    page.wait_for_url("**/add/**")
    page.wait_for_timeout(2500)
    click(page.locator("#id_title"))
    page.keyboard.type("端午放假")
    click(page.locator(".c-sf-add-button:visible").first)
    click(page.get_by_role("option", name="正文段落"))
    page.wait_for_timeout(700)
    page.keyboard.type("六月十九日放假一天。")
    expect(page.locator(".public-DraftEditor-content")).to_have_text("六月十九日放假一天。")
    toggle = page.locator("footer [data-w-dropdown-target=toggle]")
    click(toggle)
    click(page.locator("footer button[name=action-submit]"))
    page.wait_for_url("**/admin/pages/*/")
    notice = NoticePage.objects.get()
    assert notice.workflow_in_progress
    assert "六月十九日" in str(notice.get_latest_revision_as_object().body)
    assert click.count <= 6
    leave(page)


def test_a_table_takes_one_paste(chromium, live_server, index):
    page = desk_of(chromium, live_server, "editor")
    open_form(page, f"/admin/pages/add/home/noticepage/{index.pk}/")
    page.locator(".c-sf-add-button:visible").first.click()
    page.get_by_role("option", name="正文段落").click()
    page.wait_for_timeout(700)
    page.locator(".public-DraftEditor-content").evaluate(PASTE, [WPS, ""])
    expect(page.locator(".table-editor__area tr")).to_have_count(3)
    leave(page)


def test_publication_at_a_time_takes_four_clicks(chromium, live_server, index):
    notice = publish(index, NoticePage(title="通知", slug="one"))
    page, click = desk_of(chromium, live_server, "reviewer"), Clicks()
    open_form(page, f"/admin/pages/{notice.pk}/edit/")
    when = timezone.localtime() + datetime.timedelta(days=3)
    click(page.get_by_role("button", name="显示或隐藏状态"))
    click(page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]"))
    page.locator("#id_go_live_at").fill(f"{when:%Y-%m-%d %H:%M}")
    dialog = page.locator("#schedule-publishing-dialog")
    with page.expect_navigation():
        # By keyboard, as a click: on a slow machine the calendar of the field lies over it.
        dialog.locator("button[type=submit]").press("Enter")
    click.count += 1
    with page.expect_navigation():
        click(page.locator("footer button[name=action-publish]"))
    assert click.count <= 4
    assert NoticePage.objects.get().approved_schedule
    leave(page)
