"""A deleted page is kept with all below it, and can be put back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.models import NoticeIndexPage, NoticePage, PlainPage, SectionPage, TrashedPage
from home.trash import empty_old_trash, move_to_trash, restore
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return publish(index, NoticePage(slug="one", title="放假通知"))


def delete(client, page):
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    return client.post(url, follow=True).content.decode()


def test_a_deleted_page_is_gone_for_readers_and_comes_back_as_a_draft(admin_client, client, notice):
    shown = delete(admin_client, notice)
    assert "已删除：放假通知。90天以内可以在回收站恢复" in shown
    assert client.get("/notices/one/").status_code == 404
    trashed = TrashedPage.objects.get()
    listed = admin_client.get(reverse("trash")).content.decode()
    assert "放假通知" in listed
    admin_client.post(reverse("trash"), {"restore": trashed.pk})
    page = NoticePage.objects.get()
    assert (page.live, page.slug, page.get_parent().slug) == (False, "one", "notices")
    assert not TrashedPage.objects.exists()
    page.get_latest_revision().publish()
    assert client.get("/notices/one/").status_code == 200


def test_pages_below_come_back_too(admin_user):
    section = publish(make_home(), SectionPage(slug="section", title="栏目"))
    below = publish(section, PlainPage(slug="below", title="下面"))
    restore(move_to_trash(section, admin_user), admin_user)
    below = Page.objects.get(pk=below.pk)
    assert below.url_path.endswith("/section/below/")
    assert not below.live


def test_a_slug_that_is_taken_meanwhile_stays_with_the_other(admin_user, notice):
    trashed = move_to_trash(notice, admin_user)
    other = publish(NoticeIndexPage.objects.get(), NoticePage(slug="one", title="新的"))
    page = restore(trashed, admin_user)
    assert page.slug == "fang-jia-tong-zhi"
    assert Page.objects.get(pk=other.pk).slug == "one"
    assert page.get_latest_revision_as_object().slug == "fang-jia-tong-zhi"


def test_a_page_whose_parent_is_in_the_trash_waits_for_it(admin_user, notice):
    trashed = move_to_trash(notice, admin_user)
    index = move_to_trash(NoticeIndexPage.objects.get(), admin_user)
    with pytest.raises(ValueError, match="请先恢复上级页面"):
        restore(trashed, admin_user)
    restore(index, admin_user)
    assert restore(TrashedPage.objects.get(pk=trashed.pk), admin_user).slug == "one"


def test_the_trash_is_not_listed_among_the_pages(admin_client, admin_user, notice):
    move_to_trash(notice, admin_user)
    root = Page.get_first_root_node()
    url = reverse("wagtailadmin_explore", args=[root.pk])
    assert "/admin/pages/" in admin_client.get(url).content.decode()
    assert "trash" not in [page.slug for page in admin_client.get(url).context["pages"]]


def test_many_are_deleted_at_once(admin_client, notice):
    url = f"/admin/bulk/wagtailcore/page/delete/?id={notice.pk}&next=/admin/"
    admin_client.post(url)
    assert TrashedPage.objects.get().page_id == notice.pk


def test_what_is_old_is_deleted_for_good(admin_user, notice):
    move_to_trash(notice, admin_user)
    empty_old_trash()
    assert NoticePage.objects.exists()
    TrashedPage.objects.update(deleted_at=timezone.now() - timedelta(days=91))
    empty_old_trash()
    assert not NoticePage.objects.exists()
