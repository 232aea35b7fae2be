"""An editor's and a reviewer's day, through the forms of the admin; nobody is a superuser."""

import datetime
import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, Page, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import home.roles
from home.models import EventPage, FeedbackReport, NoticeIndexPage, NoticePage, SectionPermission
from home.pages.slugs import slug_from
from home.staff.desk.pages import waiting_reports
from tests.home.factories import make_area, make_home, publish

pytestmark = pytest.mark.django_db


class Person:
    """Somebody of a group with a browser in the admin."""

    def __init__(self, group: str, name: str = "", section=None):
        self.user = get_user_model().objects.create_user(name or group)
        self.user.groups.add(Group.objects.get(name=group))
        if section is not None:
            own = Group.objects.create(name=f"{section.title}组 {self.user.pk}")
            SectionPermission.objects.create(group=own, section=section)
            self.user.groups.add(own)
        self.browser = Client()
        self.browser.force_login(self.user)

    def add(self, parent, model: str, **fields):
        address = f"/admin/pages/add/home/{model}/{parent.pk}/"
        return self.browser.post(address, notice_form(**fields))

    def edit(self, page, **fields):
        return self.browser.post(f"/admin/pages/{page.pk}/edit/", notice_form(**fields))

    def review(self, page, what: str):
        task = page.current_workflow_task_state
        address = f"/admin/pages/workflow/action/{page.pk}/{what}/{task.pk}/"
        return self.browser.post(address, {"comment": "看过了"})


def notice_form(comments: list | None = None, **fields) -> dict:
    """What the browser sends for a notice; by default a draft is saved."""
    made = {
        "title": "冬至祭扫提示",
        "slug": "",
        "summary": "请错峰。",
        "issued_on": "2026-11-20",
        "issuer": "区民政局",
        "body": streamfield([]),
        "related": streamfield([]),
        "section": "",
        "comments": inline_formset(comments or []),
        **fields,
    }
    return nested_form_data(made)


@pytest.fixture
def office():
    """(index of the notices, an editor, a reviewer)."""
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    home.roles.set_up_roles()
    return index, Person(home.roles.EDITOR), Person(home.roles.REVIEWER)


def in_days(days: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def typed(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_a_page_makes_its_address_from_a_chinese_title(office):
    index, editor, _ = office
    for _ in range(2):
        assert editor.add(index, "noticepage").status_code == 302
    slugs = NoticePage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["dong-zhi-ji-sao-ti-shi", "dong-zhi-ji-sao-ti-shi-2"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("结婚登记", "jie-hun-deng-ji"), ("2026年 Q&A", "2026-nian-qa"), ("！？", "page")],
)
def test_slugs_of_titles(title, slug):
    assert slug_from(title) == slug


def test_a_slug_is_cut_between_syllables():
    assert len(slug_from("广" * 100)) <= 60
    assert slug_from("广" * 100).endswith("guang")


def test_a_clashing_address_is_refused_in_words_and_what_is_there_stays(office):
    index, editor, _ = office
    first = publish(index, NoticePage(slug="same", title="先来的"))
    response = editor.add(index, "noticepage", slug="same")
    assert response.status_code == 200
    errors = response.context["form"].errors["slug"]
    assert "same" in errors[0]
    assert NoticePage.objects.get() == first


def test_from_draft_over_review_to_publication(office, client):
    index, editor, reviewer = office
    editor.add(index, "noticepage", **{"action-submit": "1"})
    page = NoticePage.objects.get()
    assert not page.live
    assert "冬至祭扫提示" in reviewer.browser.get("/admin/").content.decode()
    reviewer.review(page, "reject")
    assert page.workflow_states.get().status == "needs_changes"
    editor.edit(page, summary="请错峰，也可以网上祭扫。", **{"action-restart-workflow": "1"})
    page.refresh_from_db()
    reviewer.review(NoticePage.objects.get(), "approve")
    page.refresh_from_db()
    assert page.live
    assert "网上祭扫" in client.get(page.url).content.decode()


def test_an_editor_cannot_publish_whatever_the_form_says(office):
    index, editor, _ = office
    editor.add(index, "noticepage", **{"action-publish": "1"})
    assert not NoticePage.objects.get().live


def test_a_page_goes_out_and_comes_in_by_the_clock(office, client, time_machine):
    index, _, reviewer = office
    times = {"go_live_at": typed(in_days(1)), "expire_at": typed(in_days(3))}
    reviewer.add(index, "noticepage", **times, **{"action-publish": "1"})
    page = NoticePage.objects.get()
    now = timezone.now()
    for days, status in ((0, 404), (2, 200), (4, 410)):
        time_machine.move_to(now + datetime.timedelta(days))
        call_command("publish_scheduled")
        response = client.get(page.url)
        assert response.status_code == status
    page.refresh_from_db()
    assert page.expired
    assert "首页" in response.content.decode()


def latest_title(page) -> str:
    return Page.objects.get(pk=page.pk).get_latest_revision().as_object().title


def test_a_locked_page_is_changed_by_nobody_else(office):
    index, editor, reviewer = office
    page = publish(index, NoticePage(slug="a", title="原来的", summary="原来的"))
    assert reviewer.browser.post(f"/admin/pages/{page.pk}/lock/").status_code == 302
    editor.edit(page, title="改了")
    assert latest_title(page) == "原来的"
    # Only somebody with the right unlocks.
    editor.browser.post(f"/admin/pages/{page.pk}/unlock/")
    page.refresh_from_db()
    assert page.locked
    reviewer.browser.post(f"/admin/pages/{page.pk}/unlock/")
    editor.edit(page, title="改了")
    assert latest_title(page) == "改了"


def test_a_reviewer_comments_and_the_editor_reads_it(office):
    index, editor, reviewer = office
    editor.add(index, "noticepage")
    page = NoticePage.objects.get()
    remark = {"text": "请写明日期", "contentpath": "summary", "position": "", "id": ""}
    remark["replies"] = inline_formset([])
    reviewer.edit(page, comments=[remark])
    comment = Comment.objects.get()
    assert (comment.text, comment.user) == ("请写明日期", reviewer.user)
    shown = editor.browser.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert json.dumps("请写明日期") in shown


def test_each_looks_after_the_own_section_only(office):
    index, _, _ = office
    mine, theirs = make_area("elder-care", "养老服务"), make_area("charity", "慈善事业")
    editor = Person(home.roles.EDITOR, "limited editor", mine)
    reviewer = Person(home.roles.REVIEWER, "limited reviewer", mine)
    foreign = publish(index, NoticePage(slug="b", title="慈善", section=theirs))
    event = publish(
        index,
        EventPage(
            slug="e",
            title="集市",
            section=theirs,
            venue="广场",
            starts_at=in_days(1),
            ends_at=in_days(2),
        ),
    )
    for page in (foreign, event, theirs, make_home()):
        assert editor.browser.get(f"/admin/pages/{page.pk}/edit/").status_code == 302
        for what in ("delete", "unpublish", "lock"):
            reviewer.browser.post(f"/admin/pages/{page.pk}/{what}/", {"next": "/admin/"})
        page.refresh_from_db()
        assert page.live
        assert not page.locked
    refused = editor.add(index, "noticepage", section=theirs.pk)
    assert "请选择您负责的业务领域" in refused.content.decode()
    assert editor.add(index, "noticepage", section=mine.pk).status_code == 302
    own = NoticePage.objects.get(section=mine)
    assert editor.browser.get(f"/admin/pages/{own.pk}/edit/").status_code == 200
    assert editor.browser.get(f"/admin/pages/{mine.pk}/edit/").status_code == 200


def test_nobody_makes_a_page_that_he_could_not_open_again(office):
    index, editor, _ = office
    home_page = make_home()
    limited = Person(home.roles.EDITOR, "limited editor", make_area("elder-care", "养老服务"))
    address = f"/admin/pages/add/home/sectionpage/{home_page.pk}/"
    assert editor.browser.get(address).status_code == 200
    refused = limited.browser.get(address, follow=True).content.decode()
    assert "不属于业务领域" in refused
    assert limited.browser.get(f"/admin/pages/add/home/noticepage/{index.pk}/").status_code == 200
    assert index.permissions_for_user(limited.user).can_add_subpage()


def test_a_reviewer_approves_in_the_own_section_only(office):
    index, editor, _ = office
    mine, theirs = make_area("elder-care", "养老服务"), make_area("charity", "慈善事业")
    limited = Person(home.roles.REVIEWER, "limited reviewer", mine)
    for section in (mine, theirs):
        editor.add(
            index, "noticepage", section=section.pk, title=section.title, **{"action-submit": "1"}
        )
    own, foreign = NoticePage.objects.order_by("pk")
    first_page = limited.browser.get("/admin/").content.decode()
    assert f"/admin/pages/{own.pk}/edit/" in first_page
    assert f"/admin/pages/{foreign.pk}/edit/" not in first_page
    limited.review(foreign, "approve")
    limited.review(own, "approve")
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert own.live
    assert not foreign.live
    assert foreign.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS


def test_reported_errors_wait_on_the_desk(office, django_assert_max_num_queries):
    index, editor, _ = office
    mine, theirs = make_area("elder-care", "养老服务"), make_area("charity", "慈善事业")
    for section in (mine, theirs):
        page = publish(index, NoticePage(slug=section.slug, title=section.title, section=section))
        FeedbackReport.objects.create(page=page, kind="wrong", text="电话错了", path=page.url)
    FeedbackReport.objects.create(kind="other", text="已经改好", state="corrected", reply="好")
    assert len(list(waiting_reports(editor.user))) == 2
    assert "待处理的找错反映" in editor.browser.get("/admin/").content.decode()
    limited = Person(home.roles.EDITOR, "limited", mine)
    with django_assert_max_num_queries(2):
        assert [item.title for item in waiting_reports(limited.user)] == ["内容有错：养老服务"]
