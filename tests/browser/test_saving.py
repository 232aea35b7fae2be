"""Nothing typed is lost or saved twice: a session that ends, and saving beside autosave."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Comment, TaskState

from home.models import NoticePage

from .conftest import follow
from .editing import (
    autosaved,
    menu_action,
    new_notice,
    open_form,
    type_login,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def latest() -> NoticePage:
    return NoticePage.objects.get().get_latest_revision_as_object()


def test_what_is_typed_after_the_session_ended_is_there_after_the_login(editor, index):
    page = new_notice(editor, index)
    page.fill("#id_title", "端午放假")
    autosaved(page)
    page.context.clear_cookies()
    page.fill("#id_summary", "六月十九日放假一天")
    told = page.locator(".editor-guard")
    expect(told).to_contain_text("登录已经过期")
    page.get_by_role("button", name="保存草稿").first.click()
    expect(told).to_contain_text("没有丢")
    assert page.input_value("#id_summary") == "六月十九日放假一天"

    with page.context.expect_page() as opened:
        told.get_by_role("link", name="在新窗口登录").click()
    beside = opened.value
    type_login(beside, "editor")
    expect(beside.locator("body")).to_contain_text("请关掉这个窗口")
    beside.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(told).to_contain_text("已重新登录")
    follow(page.get_by_role("button", name="保存草稿").first)
    assert latest().summary == "六月十九日放假一天"
    assert NoticePage.objects.count() == 1


def test_somebody_else_does_not_save_the_text_of_who_opened_the_form(editor, index):
    page = new_notice(editor, index)
    page.fill("#id_title", "端午放假")
    autosaved(page)
    page.context.clear_cookies()
    beside = page.context.new_page()
    beside.goto("/admin/login/")
    type_login(beside, "reviewer")
    page.fill("#id_summary", "别人的话")
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page.locator(".editor-guard")).to_contain_text("另一个人")
    assert latest().summary == ""


@pytest.mark.parametrize("after", [600, 900, 1300])
def test_saving_soon_after_the_last_key_makes_one_page(editor, index, after):
    page = new_notice(editor, index)
    # A slow network: what is saved automatically is still under way when the button is pressed.
    page.route("**/pages/add/**", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.locator("#id_title").press_sequentially("春节放假")
    page.wait_for_timeout(after)
    page.get_by_role("button", name="保存草稿").first.click()
    page.wait_for_url("**/edit/")
    page.wait_for_timeout(2000)
    assert NoticePage.objects.count() == 1
    assert latest().title == "春节放假"


def test_a_button_pressed_with_the_last_key_sends_the_last_words(editor, index):
    page = new_notice(editor, index)
    page.fill("#id_title", "春节放假")
    page.locator(".c-sf-add-button:visible").first.click()
    page.get_by_role("option", name="正文段落").click()
    text = page.locator(".public-DraftEditor-content")
    text.focus()
    page.keyboard.type("初一至初")
    text.evaluate(
        """text => {
          document.execCommand('insertText', false, '八');
          document.querySelector('footer button[name=action-submit]').click();
        }"""
    )
    page.wait_for_url("**/admin/pages/*/")
    assert "初一至初八" in str(latest().body)


@pytest.mark.parametrize("after", [0, 700])
def test_submitting_soon_after_the_last_key_meets_no_other_window(editor, index, after):
    page = new_notice(editor, index)
    page.fill("#id_title", "春节放假")
    autosaved(page)
    page.locator("#id_summary").press_sequentially("初一至初八")
    # A question about others that was answered while the automatic saving was under way.
    page.wait_for_timeout(after)
    page.evaluate(
        "window.wagtail.app.getControllerForElementAndIdentifier("
        "document.querySelector('form.w-editing-sessions'), 'w-session').interceptValue = 'conflict'"
    )
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/")
    assert latest().summary == "初一至初八"
    assert NoticePage.objects.get().workflow_in_progress


def test_a_real_other_window_is_still_told(editor, reviewer, index):
    page = new_notice(editor, index)
    page.fill("#id_title", "春节放假")
    autosaved(page)
    notice = NoticePage.objects.get()
    other = open_form(reviewer, f"/admin/pages/{notice.pk}/edit/")
    other.fill("#id_summary", "别人改的")
    with other.expect_navigation():
        other.get_by_role("button", name="保存草稿").first.click()
    assert latest().summary == "别人改的"
    page.evaluate(
        "window.wagtail.app.getControllerForElementAndIdentifier("
        "document.querySelector('form.w-editing-sessions'), 'w-session').interceptValue = 'conflict'"
    )
    follow(page.get_by_role("button", name="保存草稿").first)
    expect(page.locator(".messages")).to_contain_text("reviewer在")
    assert latest().summary == "别人改的"


def test_two_windows_of_one_person_replace_nothing_unseen(editor, index):
    page = new_notice(editor, index)
    page.fill("#id_title", "春节放假")
    autosaved(page)
    address = page.url
    beside = open_form(page.context.new_page(), address)
    beside.fill("#id_summary", "第二个窗口写的")
    follow(beside.get_by_role("button", name="保存草稿").first)
    assert latest().summary == "第二个窗口写的"

    page.bring_to_front()
    page.fill("#id_summary", "第一个窗口写的")
    page.wait_for_timeout(3000)
    assert latest().summary == "第二个窗口写的"
    follow(page.get_by_role("button", name="保存草稿").first)
    told = page.locator(".messages")
    expect(told).to_contain_text("您在另一个窗口")
    expect(told).to_contain_text("第二个窗口写的")
    assert page.input_value("#id_summary") == "第一个窗口写的"
    page.locator("#id_summary").press("End")
    page.keyboard.type("，又加了一句")
    page.wait_for_timeout(3000)
    assert latest().summary == "第二个窗口写的"

    follow(page.get_by_role("button", name="保存草稿").first)
    assert latest().summary == "第一个窗口写的，又加了一句"
    page.wait_for_timeout(2500)
    page.fill("#id_summary", "接着写")
    autosaved(page)
    follow(page.get_by_role("button", name="保存草稿").first)
    expect(page.locator(".messages")).not_to_contain_text("另一个窗口")
    assert latest().summary == "接着写"


def test_a_note_of_return_right_after_a_comment(editor, reviewer, index):
    page = new_notice(editor, index)
    page.fill("#id_title", "春节放假")
    page.fill("#id_summary", "初一至初八")
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/")
    notice = NoticePage.objects.get()
    seen = open_form(reviewer, f"/admin/pages/{notice.pk}/edit/")
    faults = []
    seen.on("response", lambda answer: answer.status >= 500 and faults.append(answer.url))
    field = seen.locator("[data-contentpath=summary]")
    seen.locator("#id_summary").focus()
    field.get_by_role("button", name="批注").first.click()
    seen.locator(".comment--mode-creating textarea").fill("请写到哪天")
    seen.locator(".comment--mode-creating button[type=submit]").click()
    seen.locator("footer [data-w-dropdown-target=toggle]").click()
    seen.locator("[data-workflow-action-name=reject]").click()
    seen.locator(".modal-dialog textarea").fill("日期不全")
    seen.locator(".modal-dialog button[type=submit], .modal-dialog input[type=submit]").click()
    seen.wait_for_url("**/admin/pages/*/")
    assert not faults
    assert [comment.text for comment in Comment.objects.all()] == ["请写到哪天"]
    assert TaskState.objects.get().status == TaskState.STATUS_REJECTED
