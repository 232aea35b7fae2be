"""A draft that nobody wants can be dropped, and found again."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import home.roles
from home.models import NoticeIndexPage, NoticePage
from home.staff.discarding import discard_draft
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    home.roles.set_up_roles()
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return publish(index, NoticePage(slug="one", title="公开的标题"))


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_user("editor")
    user.groups.add(Group.objects.get_or_create(name=home.roles.EDITOR)[0])
    client.force_login(user)
    return user


def draft_of(page, title="一个字"):
    page.title = title
    return page.save_revision()


def test_one_keystroke_can_be_taken_back(page, editor, client):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    discard = reverse("discard_draft", args=[page.pk])
    assert discard not in client.get(edit).content.decode()
    dropped = draft_of(page)
    assert discard in client.get(edit).content.decode()
    assert client.post(discard).status_code == 302
    found = Page.objects.get(pk=page.pk)
    assert not found.has_unpublished_changes
    assert found.get_latest_revision_as_object().title == "公开的标题"
    assert found.draft_title == "公开的标题"
    assert found.latest_revision_id == found.live_revision_id
    assert page.revisions.filter(pk=dropped.pk).exists()
    assert (
        "放弃草稿"
        in client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    )


def test_a_review_of_the_draft_ends(page, editor):
    draft_of(page)
    page.get_workflow().start(page, editor)
    discard_draft(page, editor)
    assert Page.objects.get(pk=page.pk).specific.current_workflow_state is None


def test_a_page_without_a_public_version_keeps_its_only_draft(page, editor, client):
    page.unpublish()
    draft_of(page)
    assert client.post(reverse("discard_draft", args=[page.pk])).status_code == 302
    assert page.get_latest_revision_as_object().title == "一个字"


def test_who_may_not_edit_may_not_discard(page, client, django_user_model):
    draft_of(page)
    client.force_login(django_user_model.objects.create_user("nobody"))
    client.post(reverse("discard_draft", args=[page.pk]))
    assert Page.objects.get(pk=page.pk).has_unpublished_changes


def test_an_autosave_carries_no_workflow_action(page, editor, client):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = nested_form_data(
        {
            "title": "新标题",
            "slug": "one",
            "issued_on": "2026-05-01",
            "issuer": "民政局",
            "body": streamfield([]),
            "related": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    answer = client.post(
        edit, form | {"action-submit": "x"}, headers={"accept": "application/json"}
    )
    assert answer.json()["success"]
    assert Page.objects.get(pk=page.pk).specific.current_workflow_state is None
