"""Preview links for people without an account, work handed to colleagues, the calendar."""

import datetime
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

import home.roles
from home.models import Assignment, NoticeIndexPage, NoticePage, PreviewComment, PreviewLink
from home.staff.teamwork.assignments import assigned_to
from home.staff.teamwork.calendar import entries
from home.staff.teamwork.previews import forget_old_links
from home.trash import move_to_trash
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> NoticePage:
    home.roles.set_up_roles()
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    made = publish(index, NoticePage(title="公开的标题", slug="notice"))
    made.title = "草稿的标题"
    made.save_revision()
    return made


@pytest.fixture
def editor(client, django_user_model, notice):
    user = django_user_model.objects.create_user("editor", first_name="小王")
    user.groups.add(Group.objects.get(name=home.roles.EDITOR))
    client.force_login(user)
    return user


def make_link(page, days: int = 7, **fields) -> PreviewLink:
    day = timezone.localdate() + timedelta(days=days)
    return PreviewLink.objects.create(page=page, purpose="请律师看", last_day=day, **fields)


def test_a_link_shows_the_newest_draft_without_a_login(client, notice):
    link = make_link(notice)
    page = client.get(link.get_absolute_url())
    assert "草稿的标题" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    framed = client.get(reverse("home:previewed_page", args=[link.token]))
    assert "草稿的标题" in framed.content.decode()
    # A draft has no address of its own; the one of Wagtail's request would be of no host.
    assert 'rel="canonical"' not in framed.content.decode()
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in framed["Cache-Control"]
    public = client.get(notice.url).content.decode()
    assert "草稿的标题" not in public
    assert 'rel="canonical"' in public


@pytest.mark.parametrize(("days", "status"), [(0, 200), (-1, 404), (30, 200)])
def test_a_link_ends_with_its_last_day(client, notice, days, status):
    link = make_link(notice, days)
    assert client.get(link.get_absolute_url()).status_code == status
    framed = reverse("home:previewed_page", args=[link.token])
    assert client.get(framed).status_code == status


def test_a_guessed_link_and_one_of_a_deleted_page_show_nothing(client, notice, admin_user):
    link = make_link(notice)
    assert client.get(reverse("home:preview", args=["x" * 32])).status_code == 404
    move_to_trash(notice, admin_user)
    assert client.get(link.get_absolute_url()).status_code == 404


def test_a_comment_reaches_the_editors(client, notice, editor):
    link = make_link(notice)
    client.logout()
    empty = client.post(link.get_absolute_url(), {"text": " \x00 "})
    assert empty.status_code == 422
    assert not PreviewComment.objects.exists()
    assert client.post(link.get_absolute_url(), {"text": "第二段<b>不对"}).status_code == 302
    client.force_login(editor)
    shown = client.get(reverse("preview_links", args=[notice.pk])).content.decode()
    assert "第二段&lt;b&gt;不对" in shown


def test_an_editor_makes_and_ends_a_link(client, notice, editor):
    screen = reverse("preview_links", args=[notice.pk])
    too_long = timezone.localdate() + timedelta(days=100)
    assert (
        "60天以内" in client.post(screen, {"purpose": "看", "last_day": too_long}).content.decode()
    )
    client.post(screen, {"purpose": "看", "last_day": timezone.localdate()})
    link = PreviewLink.objects.get()
    assert link.made_by == editor
    client.post(screen, {"end": link.pk})
    assert not PreviewLink.objects.exists()


def test_old_links_go_with_their_comments(notice):
    PreviewComment.objects.create(link=make_link(notice, -31), text="意见")
    make_link(notice, -29)
    forget_old_links()
    assert PreviewLink.objects.count() == 1
    assert not PreviewComment.objects.exists()


def test_work_is_handed_over_shown_and_finished(client, notice, editor, django_user_model):
    other = django_user_model.objects.create_user("other", first_name="小李")
    other.groups.add(Group.objects.get(name=home.roles.EDITOR))
    django_user_model.objects.create_user("visitor")
    screen = reverse("assign_page", args=[notice.pk])
    form = client.get(screen).content.decode()
    assert "小李" in form
    assert "visitor" not in form
    today = timezone.localdate()
    past = {"person": other.pk, "task": "核对电话", "due_on": today - timedelta(days=1)}
    assert "已经过去" in client.post(screen, past).content.decode()
    client.post(screen, past | {"due_on": today})
    [item] = assigned_to(other)
    assert item.title == "核对电话：草稿的标题"
    assert list(assigned_to(editor)) == []
    finish = reverse("finish_assignment", args=[Assignment.objects.get().pk])
    client.force_login(other)
    assert (
        "核对电话"
        in client.get(reverse("wagtailadmin_pages:edit", args=[notice.pk])).content.decode()
    )
    client.post(finish)
    assert list(assigned_to(other)) == []


def test_who_was_not_asked_finishes_nothing(client, notice, editor, admin_user):
    work = Assignment.objects.create(page=notice, person=admin_user, task="核对")
    client.post(reverse("finish_assignment", args=[work.pk]))
    assert Assignment.objects.get().done_at is None


def test_the_last_day_on_which_a_notice_is_useful_is_in_the_calendar(client, notice, editor):
    day = timezone.localdate() + timedelta(days=11)
    NoticePage.objects.filter(pk=notice.pk).update(relevant_until=day)
    found = {(entry.what, on) for on, own in entries(editor, timezone.localdate()) for entry in own}
    assert ("最后有用的一天", day) in found
    assert "前两周到后三个月" in client.get(reverse("calendar")).content.decode()


def test_the_calendar_tells_what_is_scheduled_ends_or_falls_due(client, notice, editor):
    now = timezone.now()
    notice.go_live_at = now + timedelta(days=2)
    notice.save_revision().publish()
    NoticePage.objects.filter(pk=notice.pk).update(
        expire_at=now + timedelta(days=3), review_due=timezone.localdate()
    )
    Assignment.objects.create(page=notice, person=editor, task="核对")
    make_link(notice, 1)
    make_link(notice, 200)
    found = {
        (entry.what, day) for day, own in entries(editor, timezone.localdate()) for entry in own
    }
    today = timezone.localdate()

    def day(days: int) -> datetime.date:
        return timezone.localdate(now + timedelta(days=days))

    assert found == {
        ("定时发布", day(2)),
        ("到期下线", day(3)),
        ("该复核", today),
        ("交办到期", today + timedelta(days=7)),
        ("预览链接到期", today + timedelta(days=1)),
    }
    shown = client.get(reverse("calendar")).content.decode()
    assert "定时发布" in shown
    assert "（今天）" in shown
