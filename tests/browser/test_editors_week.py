"""A week of an editor and a reviewer, without superuser rights, on one site."""

import pytest
from django.core.files.base import ContentFile
from docx import Document
from playwright.sync_api import expect

from guides.models import Figure, PolicyIndexPage, PolicyPage
from guides.policies.models import PolicyState
from home.models import NoticePage, SiteDocument, TrashedPage
from tests.guides.factories import make_figure
from tests.home.factories import publish

from .conftest import follow
from .editing import (
    autosaved,
    menu_action,
    new_notice,
    open_form,
    type_login,
)
from .test_tables import PASTE, WPS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def approve(page, pk: int) -> None:
    open_form(page, f"/admin/pages/{pk}/edit/")
    button = page.locator("footer [data-workflow-action-name=approve]").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    follow(button)


def choose_new_file(page, title: str, content: bytes) -> None:
    """Uploads a file in the chooser of the attachment, in place of the one that stands there."""
    page.locator("[data-streamfield-child] [data-chooser-action-choose]").first.evaluate(
        "button => button.click()"
    )
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("tab", name="上传").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "new.txt", "mimeType": "text/plain", "buffer": content}
    )
    dialog.locator("#tab-upload input[name$=title]").fill(title)
    dialog.locator("#tab-upload [type=submit]").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("[data-streamfield-child]").first).to_contain_text(title)


def files_of(page, notice: NoticePage) -> list[str]:
    """The titles of the files on the public page."""
    page.goto(notice.get_url())
    links = page.locator("article a[href^='/documents/']")
    return sorted({words.splitlines()[0].strip() for words in links.all_inner_texts()})


def test_the_week(editor, reviewer, index, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    figure = make_figure("dibao", ("2020-01-01", None, 650), name="低保标准")

    # Monday: a notice with a pasted table is submitted, sent back, answered and published.
    page = new_notice(editor, index)
    page.fill("#id_title", "各街道窗口")
    page.locator(".c-sf-add-button:visible").first.click()
    page.get_by_role("option", name="正文段落").click()
    page.wait_for_timeout(700)
    page.locator(".public-DraftEditor-content").evaluate(PASTE, [WPS, ""])
    page.locator("input[name$=caption]").fill("各街道的电话")
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/")
    notice = NoticePage.objects.get()
    seen = open_form(reviewer, f"/admin/pages/{notice.pk}/edit/")
    seen.locator("footer [data-w-dropdown-target=toggle]").click()
    seen.locator("[data-workflow-action-name=reject]").click()
    seen.locator(".modal-dialog textarea").fill("请写摘要")
    with seen.expect_navigation():
        seen.locator(".modal-dialog [type=submit]").click()
    open_form(page, f"/admin/pages/{notice.pk}/edit/")
    expect(page.locator("body")).to_contain_text("请写摘要")
    page.fill("#id_summary", "各街道窗口的电话。")
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/")
    approve(reviewer, notice.pk)
    notice.refresh_from_db()
    assert notice.live
    assert "沙园街道" in str(notice.body)

    # Tuesday: a Word document with a table becomes the draft of a policy.
    home = index.get_parent()
    home.refresh_from_db()
    publish(home, PolicyIndexPage(slug="policies", title="政策文件"))
    word = Document()
    word.add_paragraph("第一条　为了规范低保工作，制定本办法。")
    cells = word.add_table(rows=2, cols=2)
    for number, text in enumerate(("项目", "标准", "低保", "650元")):
        cells.cell(number // 2, number % 2).text = text
    word.save(tmp_path / "办法.docx")
    page.goto("/admin/word-import/")
    page.set_input_files("input[type=file]", str(tmp_path / "办法.docx"))
    follow(page.locator("#main form button[type=submit]").last)
    expect(page.locator("body")).to_contain_text("为了规范低保工作")
    assert not PolicyPage.objects.exists()
    page.fill("#id_title", "低保工作办法")
    page.fill("#id_issued_on", "2025-12-01")
    page.locator(f"input[name=state][value={PolicyState.IN_FORCE}]").check()
    follow(page.locator("#main form button[type=submit]").last)
    policy = PolicyPage.objects.get()
    assert not policy.live
    open_form(page, f"/admin/pages/{policy.pk}/edit/")
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/text-check/**")
    for field in page.locator(".text-check input[type=text]").all():
        field.fill("原文件没有这一项")
    follow(page.get_by_role("button", name="保存理由并提交审核"))
    approve(reviewer, policy.pk)
    page.goto(policy.get_url())
    expect(page.locator("article")).to_contain_text("第一条　为了规范低保工作，制定本办法。")
    expect(page.locator("article table")).to_contain_text("650元")

    # Wednesday: a figure is changed under review, and taken back from its history.
    figure.save_revision().publish()
    before = Figure.objects.get().latest_revision_id
    open_form(page, f"/admin/snippets/guides/figure/edit/{figure.pk}/")
    page.locator("input[name=values-0-amount]").fill("1080")
    follow(menu_action(page, "action-submit"))
    assert figure.values.get().amount == 650
    open_form(reviewer, f"/admin/snippets/guides/figure/edit/{figure.pk}/")
    button = reviewer.locator("footer [data-workflow-action-name=approve]").first
    if not button.is_visible():
        reviewer.locator("footer [data-w-dropdown-target=toggle]").click()
    follow(button)
    assert figure.values.get().amount == 1080
    open_form(
        reviewer, f"/admin/snippets/guides/figure/history/{figure.pk}/revisions/{before}/revert/"
    )
    follow(menu_action(reviewer, "action-publish"))
    assert figure.values.get().amount == 650

    # Thursday: a file that a public page shows is not replaced under it.
    file = SiteDocument.objects.create(title="申请表", file=ContentFile(b"old", name="form.txt"))
    notice.body = [("attachment", {"document": file, "note": ""})]
    notice.save_revision().publish()
    shown = notice.latest_revision_id
    page.goto(f"/admin/documents/edit/{file.pk}/")
    assert page.locator("input[type=file]").count() == 0
    # The new version is a file of its own, which goes public with the page after the review.
    open_form(page, f"/admin/pages/{notice.pk}/edit/")
    choose_new_file(page, "申请表（新）", b"new")
    autosaved(page)
    menu_action(page, "action-submit").click()
    page.wait_for_url("**/admin/pages/*/")
    assert files_of(page, notice) == ["申请表"]
    approve(reviewer, notice.pk)
    assert files_of(page, notice) == ["申请表（新）"]
    # And back, from the history of the page.
    open_form(reviewer, f"/admin/pages/{notice.pk}/revisions/{shown}/revert/")
    follow(menu_action(reviewer, "action-publish"))
    assert files_of(page, notice) == ["申请表"]

    # Friday: the page is dropped and restored; a session ends and the text is kept.
    reviewer.goto(f"/admin/pages/{notice.pk}/delete/")
    follow(reviewer.locator("form [type=submit]").last)
    assert TrashedPage.objects.exists()
    reviewer.goto("/admin/trash/")
    follow(reviewer.locator("button[name=restore]").first)
    assert not TrashedPage.objects.exists()
    open_form(page, f"/admin/pages/{notice.pk}/edit/")
    page.fill("#id_summary", "新的电话。")
    autosaved(page)
    page.context.clear_cookies()
    page.fill("#id_summary", "新的电话，周五起用。")
    expect(page.locator(".editor-guard")).to_contain_text("登录已经过期")
    with page.context.expect_page() as opened:
        page.locator(".editor-guard a").click()
    type_login(opened.value, "editor")
    opened.value.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".editor-guard")).to_contain_text("已重新登录")
    follow(page.get_by_role("button", name="保存草稿").first)
    notice.refresh_from_db()
    assert notice.get_latest_revision_as_object().summary == "新的电话，周五起用。"


def test_the_panel_of_the_check_follows_what_is_typed(editor, index):
    page = new_notice(editor, index)
    counter = page.locator("[data-side-panel-toggle=text-check] [data-side-panel-toggle-counter]")
    expect(counter).to_be_hidden()
    page.fill("#id_title", "材料")
    page.fill("#id_summary", "请带户口本。")
    expect(counter).to_have_text("1", timeout=20_000)
    page.locator("[data-side-panel-toggle=text-check]").click()
    panel = page.locator("[data-text-check]")
    expect(panel).to_contain_text("建议写“户口簿”")
    page.fill("#id_summary", "请带户口簿。")
    expect(panel).to_contain_text("没有发现", timeout=20_000)
    expect(counter).to_be_hidden()
