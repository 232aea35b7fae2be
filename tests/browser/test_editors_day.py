"""An editor writes a notice with a figure in it: chosen from the list, never typed."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

import guides.roles
import home.roles
from home.models import NoticeIndexPage, NoticePage
from tests.guides.factories import make_figure
from tests.home.factories import make_home, publish

from .conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(desktop_page, django_user_model):
    home.roles.set_up_roles()
    guides.roles.set_up_roles()
    user = django_user_model.objects.create_user("editor", password="an-editor-of-the-test")
    user.groups.add(Group.objects.get(name=home.roles.EDITOR))
    page = desktop_page
    page.goto(reverse("wagtailadmin_login"))
    page.fill("#id_username", "editor")
    page.fill("#id_password", "an-editor-of-the-test")
    follow(page.locator("button[type=submit]"))
    return page


def test_a_figure_is_chosen_by_name_and_shown_as_its_value(editor):
    make_figure("dibao", ("2020-01-01", None, 1080), name="低保标准")
    make_figure("other", ("2020-01-01", None, 1), name="别的数据")
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    page = editor
    page.goto(f"/admin/pages/add/home/noticepage/{index.pk}/")
    page.fill("#id_title", "新标准")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="正文段落").click()
    text = page.locator(".public-DraftEditor-content").first
    text.click()
    # By the keyboard: on a slow machine the list closes between pressing and releasing the mouse.
    text.press_sequentially("每月/插入")
    page.get_by_role("option", name="插入数据").wait_for()
    page.keyboard.press("Enter")
    page.fill("#figure-search", "低保")
    page.locator(".figure-picker__list button").click()
    text.press_sequentially("。")
    expect(text).to_have_text("每月1,080元。", use_inner_text=True)

    # The editor hands its text to the form a moment after the last key.
    expect(page.locator("input[name=body-0-value]")).to_have_value(re.compile("dibao"))
    page.get_by_role("button", name="保存草稿").first.click()
    page.wait_for_url("**/edit/")
    stored = NoticePage.objects.get().get_latest_revision_as_object()
    assert "{figure:dibao}" in str(stored.body.raw_data)
