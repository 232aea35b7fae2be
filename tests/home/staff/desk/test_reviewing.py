"""What is said after a decision on the form of a page, and to whom a page came back."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

import home.roles
from home.models import NoticeIndexPage, NoticePage
from tests.home.factories import make_home, publish

from .test_editing import Person

pytestmark = pytest.mark.django_db


def told(response) -> str:
    return "".join(str(message) for message in response.context["messages"])


def decide(reviewer: Person, page: Page, what: str, words: str = "") -> str:
    """Presses the button on the form; gives what the next page says."""
    fields = {
        "action-workflow-action": "1",
        "workflow-action-name": what,
        "workflow-action-extra-data": f'{{"comment": "{words}"}}',
    }
    response = reviewer.edit(page, **fields)
    return told(reviewer.browser.get(response["Location"]))


@pytest.fixture
def people(db) -> tuple[Person, Person]:
    """An editor who has submitted a notice, and its reviewer."""
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    home.roles.set_up_roles()
    editor, reviewer = Person(home.roles.EDITOR), Person(home.roles.REVIEWER)
    editor.add(index, "noticepage", **{"action-submit": "1"})
    return editor, reviewer


def test_each_is_told_what_became_of_the_page(people):
    editor, reviewer = people
    page = NoticePage.objects.get()
    address = f"/admin/pages/{page.pk}/edit/"
    assert "已退回，请编辑修改" in decide(reviewer, page, "reject", "请写日期")
    assert "审核退回了本页面：请写日期" in told(editor.browser.get(address))
    editor.edit(page, **{"action-submit": "1"})
    assert "退回了本页面" not in told(editor.browser.get(address))
    assert "已批准并发布" in decide(reviewer, NoticePage.objects.get(), "approve")
    page.refresh_from_db()
    assert page.live


def test_a_decision_on_the_first_page_is_answered_too(people):
    editor, reviewer = people
    page = NoticePage.objects.get()

    def press(what: str) -> str:
        state = page.current_workflow_task_state.pk
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, what, state])
        reviewer.browser.post(f"{address}?next=/admin/", {"comment": "请写日期"})
        return told(reviewer.browser.get("/admin/"))

    assert f"“{page.title}”已退回" in press("reject")
    editor.edit(page, **{"action-submit": "1"})
    page = NoticePage.objects.get()
    assert f"“{page.title}”已批准并发布" in press("approve")


def opened(page: Page) -> dict[str, str]:
    """What a form that is opened now says of the text it shows."""
    revision = Page.objects.get(pk=page.pk).latest_revision
    made = revision.created_at.isoformat()
    return {"loaded_revision_id": str(revision.pk), "loaded_revision_created_at": made}


@pytest.mark.parametrize("button", ["approve", "publish"])
def test_an_open_form_replaces_nothing_that_was_submitted_since(people, button):
    editor, reviewer = people
    page = NoticePage.objects.get()
    form = opened(page)
    editor.edit(page, **{"action-cancel-workflow": "1"})
    editor.edit(page, summary="改过的摘要。", **{"action-submit": "1"})
    pressed = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    if button == "publish":
        pressed = {"action-publish": "1"}
    shown = reviewer.edit(page, summary="审核人写的。", **form, **pressed)
    assert "编辑在" in told(shown)
    assert "又保存了新的内容" in told(shown)
    assert shown.context["form"]["summary"].value() == "审核人写的。"
    assert not NoticePage.objects.get().live
    # The form that came back knows the newest text: pressed again, it counts.
    assert opened(page)["loaded_revision_id"] in shown.content.decode()
    assert reviewer.edit(page, **opened(page), **pressed).status_code == 302
    assert NoticePage.objects.get().live


BUTTONS = {
    "save": {},
    "publish": {"action-publish": "1"},
    "approve": {"action-workflow-action": "1", "workflow-action-name": "approve"},
    "withdraw": {"action-cancel-workflow": "1"},
}


@pytest.mark.parametrize("button", BUTTONS)
def test_nobody_replaces_what_was_saved_in_a_window_of_their_own(people, button):
    _, reviewer = people
    page = NoticePage.objects.get()
    form = opened(page)
    reviewer.edit(page, summary="另一个窗口写的。")
    shown = reviewer.edit(page, issuer="民政局", **form, **BUTTONS[button])
    assert "您在另一个窗口" in told(shown)
    # Both fields that would be replaced, and none that is the same.
    assert "另一个窗口写的。" in told(shown)
    labels = [dt.text for dt in BeautifulSoup(told(shown), "html.parser").find_all("dt")]
    assert labels == ["摘要", "发布单位"]
    assert shown.context["form"]["issuer"].value() == "民政局"
    newest = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (newest.issuer, newest.summary) == ("区民政局", "另一个窗口写的。")
    assert Page.objects.get(pk=page.pk).specific.workflow_in_progress
    # An automatic saving would replace the newest text before anybody has decided.
    assert "w-autosave" not in shown.text.split("page-edit-form")[1][:900]
    reviewer.edit(page, issuer="民政局", **opened(page), **BUTTONS[button])
    newest = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (newest.issuer, newest.summary) == ("民政局", "请错峰。")


def test_a_form_that_comes_back_for_a_fault_does_not_count_as_told(people):
    _, reviewer = people
    page = NoticePage.objects.get()
    form = opened(page)
    reviewer.edit(page, summary="另一个窗口写的。")
    shown = reviewer.edit(page, title="", **form)
    assert "另一个窗口" not in told(shown)
    again = {
        field["name"]: field["value"]
        for field in BeautifulSoup(shown.text, "html.parser").select("[name^=loaded_revision]")
    }
    assert "您在另一个窗口" in told(reviewer.edit(page, **again))


def test_the_same_text_saved_twice_is_no_newer_text(people):
    """As when the answer to an automatic saving was lost on its way."""
    _, reviewer = people
    page = NoticePage.objects.get()
    form = opened(page)
    reviewer.edit(page, summary="请错峰，可以预约。")
    assert reviewer.edit(page, summary="请错峰，可以预约。", **form).status_code == 302


def test_a_decision_that_came_too_late_is_not_told_as_done(people):
    editor, reviewer = people
    page = NoticePage.objects.get()
    decide(reviewer, page, "approve")
    editor.edit(page, summary="改动。", **{"action-submit": "1"})
    second = Person(home.roles.REVIEWER, "第二位")
    decide(reviewer, page, "reject", "请写日期")
    heard = decide(second, page, "approve")
    assert "现在不等您审核" in heard
    assert "已批准" not in heard
    assert NoticePage.objects.get().summary == "请错峰。"


def test_an_editor_approves_nothing(people):
    editor, reviewer = people
    decide(reviewer, NoticePage.objects.get(), "reject")
    heard = decide(editor, NoticePage.objects.get(), "approve")
    assert "已批准" not in heard
    assert not NoticePage.objects.get().live


def test_keys_that_the_browser_makes_are_no_difference(people):
    _, reviewer = people
    page = NoticePage.objects.get()
    form = opened(page)

    def with_key(key: str) -> dict:
        text = f'<p data-block-key="{key}">请错峰。</p>'
        return {"body": streamfield([("paragraph", rich_text(text))]), "summary": key}

    reviewer.edit(page, **with_key("abc12"))
    shown = reviewer.edit(page, **with_key("xyz34"), **form)
    labels = [dt.text for dt in BeautifulSoup(told(shown), "html.parser").find_all("dt")]
    assert labels == ["摘要"]


def test_line_ends_are_no_difference(people):
    """Browsers send CR and LF; what a command wrote has LF."""
    _, reviewer = people
    page = NoticePage.objects.get()
    page.asked = "停水\n停电"
    page.save_revision()
    form = opened(page)
    reviewer.edit(page, asked="停水\n停电", summary="甲")
    shown = reviewer.edit(page, asked="停水\r\n停电", summary="乙", **form)
    labels = [dt.text for dt in BeautifulSoup(told(shown), "html.parser").find_all("dt")]
    assert labels == ["摘要"]
