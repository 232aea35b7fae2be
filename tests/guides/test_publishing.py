"""From an editor's draft to the public page: who may do what, and what stops a guide."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Workflow

import guides.roles
import home.roles
from guides.figures.staff.desk import expired_figures
from guides.figures.uses import is_used, used_by
from guides.models import (
    Figure,
    FigureUse,
    GuidePage,
    PolicyPage,
    QuestionIndexPage,
    QuestionTreePage,
)
from guides.publishing.staff.desk import not_ready
from home.links.checker import check
from home.models import (
    DeadLink,
    FindingAnswer,
    NoticeIndexPage,
    NoticePage,
    SectionPermission,
    SiteImage,
)
from home.pages.publishing_checks import ALT_TEXT_MISSING, PublishingRefusedError
from home.pages.section_permissions import may_change
from home.staff.desk.pages import dead_links, due_for_review
from home.text_checks import findings
from tests.home.factories import make_area, make_home, publish

from .factories import complete_guide, guide_index, make_figure, make_guide, make_policy

pytestmark = pytest.mark.django_db


def person(name: str, group: str):
    user = get_user_model().objects.create_user(name, "", "secret")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def people():
    """(editor, reviewer) of the two groups."""
    home.roles.set_up_roles()
    guides.roles.set_up_roles()
    home.roles.set_up_roles()
    return person("editor", home.roles.EDITOR), person("reviewer", home.roles.REVIEWER)


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def draft(**fields) -> GuidePage:
    guide = guide_index().add_child(instance=complete_guide(live=False, **fields))
    guide.save_revision()
    return guide


def test_roles_are_made_once(people):
    assert Group.objects.filter(name__in=["编辑", "审核"]).count() == 2
    assert Workflow.objects.filter(active=True).count() == 1


def test_an_editor_submits_and_a_reviewer_publishes(people):
    editor, reviewer = people
    guide = draft()
    assert not guide.permissions_for_user(editor).can_publish()
    guide.get_workflow().start(guide, editor)
    task = guide.current_workflow_task_state
    response = browser_of(reviewer).post(
        f"/admin/pages/workflow/action/{guide.pk}/approve/{task.pk}/", {"comment": "可以"}
    )
    assert response.status_code in (200, 302)
    guide.refresh_from_db()
    assert guide.live


def test_an_incomplete_guide_is_never_published(people):
    editor, reviewer = people
    guide = draft(phone="")
    guide.get_workflow().start(guide, editor)
    response = approve(reviewer, guide)
    assert "还不能发布：缺少联系电话" in response.content.decode()
    with pytest.raises(PublishingRefusedError, match="联系电话"):
        guide.get_latest_revision().publish()
    guide.refresh_from_db()
    assert not guide.live
    assert guide.workflow_in_progress


def approve(reviewer, page, **headers):
    task = page.current_workflow_task_state
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/"
    return browser_of(reviewer).post(address, {"comment": ""}, follow=True, headers=headers)


def test_the_dialog_of_an_approval_leads_to_what_is_missing(people):
    editor, reviewer = people
    guide = draft(phone="")
    guide.get_workflow().start(guide, editor)
    answer = approve(reviewer, guide, **{"x-requested-with": "XMLHttpRequest"}).json()
    assert answer == {"step": "success", "redirect": f"/admin/pages/{guide.pk}/edit/"}


def mute_policy() -> PolicyPage:
    """A draft whose only fault is an imported picture without words."""
    image = SiteImage.objects.create(
        title="图", file=get_test_image_file(), description=f"{ALT_TEXT_MISSING}图1的内容"
    )
    policy = make_policy(
        **dict.fromkeys(("index_number", "subject", "document_number"), "1"),
        **dict.fromkeys(("published_on", "effective_on"), datetime.date(2024, 1, 1)),
    )
    policy.body = [("picture", {"image": image})]
    policy.save_revision()
    return policy


def mute_notice() -> NoticePage:
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    notice = NoticePage(slug="one", title="一", issued_on=datetime.date(2026, 1, 1), live=False)
    index.add_child(instance=notice)
    image = SiteImage.objects.create(
        title="图", file=get_test_image_file(), description=f"{ALT_TEXT_MISSING}图1的内容"
    )
    notice.body = [("picture", {"image": image})]
    notice.save_revision()
    return notice


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: draft(phone=""), "缺少联系电话。"),
        (mute_policy, "第1幅图还没有替代文字"),
        (mute_notice, "第1幅图还没有替代文字"),
        (lambda: draft_tree(), "要先改好"),
    ],
)
def test_what_stops_the_publication_is_named_before_submission(people, make, words):
    editor, _ = people
    page = make()
    check = reverse("text_check", args=[page.pk])
    browser = browser_of(editor)
    shown = browser.get(check, {"then": "submit"}).content.decode()
    assert words in shown
    assert "保存理由" not in shown  # No reason lets it go on.
    key = findings(page)[0].key
    answer = browser.post(check, {"then": "submit", key: "先这样"}).content.decode()
    assert "还有要先改好的" in answer
    page.refresh_from_db()
    assert not page.workflow_in_progress
    assert not FindingAnswer.objects.exists()


def test_a_page_that_can_be_published_is_submitted_by_the_check(people):
    editor, _ = people
    guide = draft()
    browser_of(editor).post(reverse("text_check", args=[guide.pk]), {"then": "submit"})
    guide.refresh_from_db()
    assert guide.workflow_in_progress


def draft_tree() -> QuestionTreePage:
    """A draft whose only question has an answer that leads nowhere."""
    index = QuestionIndexPage(slug="answers", title="自助问答")
    guide_index().add_child(instance=index)
    ways = [{"label": "是", "target": "无"}]
    steps = [{"type": "question", "value": {"code": "甲", "text": "甲？", "options": ways}}]
    tree = QuestionTreePage(slug="tree", title="走不通的问答", steps=steps, live=False)
    index.add_child(instance=tree)
    tree.save_revision()
    return tree


def test_a_tree_that_leads_nowhere_is_not_approved(people):
    editor, reviewer = people
    tree = draft_tree()
    tree.get_workflow().start(tree, editor)
    assert "“走不通的问答”还不能发布" in approve(reviewer, tree).content.decode()
    tree.refresh_from_db()
    assert not tree.live
    assert tree.workflow_in_progress


def test_many_pages_are_published_together_or_not_at_all(people):
    _, reviewer = people
    whole, half = draft(slug="whole", title="整篇"), draft(slug="half", title="半篇", hours="")
    response = browser_of(reviewer).post(
        f"/admin/bulk/wagtailcore/page/publish/?id={whole.pk}&id={half.pk}", follow=True
    )
    assert "“半篇”还不能发布：缺少办理时间" in response.content.decode()
    assert not GuidePage.objects.live().exists()


def test_the_clock_publishes_the_rest_when_a_tree_is_broken():
    broken, whole = draft_tree(), draft(slug="whole")
    due = timezone.now() - datetime.timedelta(minutes=2)
    for number, page in enumerate((broken, whole)):
        revision = page.get_latest_revision()
        revision.approved_go_live_at = due + datetime.timedelta(seconds=number)
        revision.save()
    call_command("publish_scheduled")
    assert not QuestionTreePage.objects.live().exists()
    assert GuidePage.objects.live().exists()
    broken.latest_revision.refresh_from_db()
    assert broken.latest_revision.approved_go_live_at is None


def test_a_figure_that_only_a_draft_chooses_is_in_use():
    chosen, other = make_figure("chosen", ("2020-01-01", None, 1)), make_figure("other")
    guide = make_guide()
    guide.body = [{"type": "figure_chart", "value": {"figure": chosen.pk, "caption": "图"}}]
    guide.save_revision()
    assert is_used(chosen)
    assert not is_used(other)


def test_the_clock_passes_over_an_incomplete_guide():
    guide = draft(hours="")
    revision = guide.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision.save()
    assert revision.publish() is None
    guide.refresh_from_db()
    revision.refresh_from_db()
    assert not guide.live
    assert revision.approved_go_live_at is None


def test_desk_lists_what_is_not_ready(people):
    editor, _ = people
    draft(slug="half", title="半篇", steps=[])
    make_guide(slug="whole", title="整篇")
    assert [(item.title, item.reason) for item in not_ready(editor)] == [("半篇", "缺少办理流程。")]
    draft_tree()
    assert "走不通的问答" in [item.title for item in not_ready(editor)]


def test_desk_lists_reviews_that_are_due(people):
    editor, _ = people
    today = timezone.localdate()
    for slug, days in (("late", -1), ("soon", 5), ("far", 100)):
        make_guide(slug=slug, title=slug, review_due=today + datetime.timedelta(days=days))
    items = list(due_for_review(editor))
    assert [item.title for item in items] == ["late", "soon"]
    assert "已过期" in items[0].reason


def test_desk_lists_expired_figures_for_those_who_may_see_them(people):
    _, reviewer = people
    make_figure("old", ("2016-01-01", "2020-12-31", 650), name="旧标准")
    make_figure("new", ("2016-01-01", None, 650), name="新标准")
    assert [item.title for item in expired_figures(reviewer)] == ["旧标准"]
    stranger = get_user_model().objects.create_user("stranger")
    assert list(expired_figures(stranger)) == []


def test_the_desk_is_on_the_first_page_of_the_admin(people):
    editor, _ = people
    draft(title="半篇", steps=[])
    html = browser_of(editor).get("/admin/").content.decode()
    assert "待办事项" in html
    assert "半篇" in html


def test_uses_of_figures_follow_publication():
    text, chart = (
        make_figure("text", ("2020-01-01", None, 1)),
        make_figure("chart", ("2020-01-01", None, 2)),
    )
    guide = make_guide(
        body=[
            {"type": "paragraph", "value": "<p>{figure:text}</p>"},
            {"type": "figure_chart", "value": {"figure": chart.pk, "caption": "图"}},
        ]
    )
    assert used_by(guide) == {text.pk, chart.pk}
    assert FigureUse.objects.filter(page=guide).count() == 2
    guide.body = []
    guide.save_revision().publish()
    assert not FigureUse.objects.filter(page=guide).exists()


def test_the_page_of_a_figure_names_the_pages_that_use_it(client):
    make_figure("text", ("2020-01-01", None, 1))
    guide = make_guide(title="用到它的指南", fee="{figure:text}")
    html = client.get(Figure.objects.get().get_absolute_url()).content.decode()
    assert guide.title in html
    guide.unpublish()
    assert guide.title not in client.get("/figures/text/?as-of=2026-01-01").content.decode()


def test_dead_links_are_found_and_dropped_when_mended(people):
    editor, _ = people
    link = '<p><a href="/no-such-page/">链接</a> <a href="/guides/">好的</a></p>'
    guide = make_guide(title="有坏链接", body=[{"type": "paragraph", "value": link}])
    assert check(progress=lambda text: None) == 1
    assert [item.reason for item in dead_links(editor)] == ["/no-such-page/（404）"]
    guide.body = []
    guide.save_revision().publish()
    assert check(progress=lambda text: None) == 0
    assert not DeadLink.objects.exists()


def test_a_group_with_sections_of_its_own_changes_only_those(people):
    _, reviewer = people
    own, other = make_area("own", "养老服务"), make_area("other", "慈善事业")
    mine = make_guide(slug="mine", section=own)
    theirs = make_guide(slug="theirs", section=other)
    client = browser_of(reviewer)
    assert may_change(reviewer, theirs)
    SectionPermission.objects.create(group=reviewer.groups.get(), section=own)
    assert may_change(reviewer, mine)
    assert not may_change(reviewer, theirs)
    assert client.get(f"/admin/pages/{mine.pk}/edit/").status_code == 200
    refused = client.get(f"/admin/pages/{theirs.pk}/edit/")
    assert refused.status_code in (302, 403)
    client.post(f"/admin/pages/{theirs.pk}/unpublish/")
    theirs.refresh_from_db()
    assert theirs.live


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("", True),
        ("/marriage/", True),
        ("https://www.gz.gov.cn/", True),
        ("marriage:index", True),
        ("javascript:alert(1)", False),
        ("nothing:here", False),
    ],
)
def test_the_button_of_a_guide_leads_somewhere(address, good):
    guide = complete_guide(action_address=address)
    if good:
        guide.clean()
    else:
        with pytest.raises(ValidationError, match="没有这个地址"):
            guide.clean()


def test_a_picture_without_words_stops_every_page():
    notice = mute_notice()
    with pytest.raises(PublishingRefusedError, match="第1幅图还没有替代文字"):
        notice.latest_revision.publish()
    SiteImage.objects.update(description="区民政局的大门")
    notice.latest_revision.publish()
    assert NoticePage.objects.get().live
