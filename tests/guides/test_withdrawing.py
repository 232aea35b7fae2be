"""A version published by mistake is taken back, by who may publish and with a trace."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageLogEntry

import home.roles
from guides.models import PublishedVersion
from guides.versions.staff.views import WITHDRAWN

from .factories import make_guide

pytestmark = pytest.mark.django_db

SECRET = "张三的电话"


@pytest.fixture
def guide():
    home.roles.set_up_roles()
    guide = make_guide()
    for fee in (SECRET, "不收费"):
        guide.fee = fee
        guide.save_revision().publish()
    return guide


def browser_of(group: str) -> Client:
    user = get_user_model().objects.create_user(group, "", "secret")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def test_a_reviewer_withdraws_an_older_version(guide, client):
    assert SECRET in client.get("/guides/guide/changes/").content.decode()
    reviewer = browser_of(home.roles.REVIEWER)
    address = f"/admin/pages/{guide.pk}/versions/"
    assert address in reviewer.get(f"/admin/pages/{guide.pk}/edit/").content.decode()
    assert "撤回第2版" in reviewer.get(address).content.decode()
    assert "已撤回第2版" in reviewer.post(address, {"number": "2"}, follow=True).content.decode()
    public = client.get("/guides/guide/changes/").content.decode()
    assert SECRET not in public
    assert "第1版到第3版的改动" in public
    entry = PageLogEntry.objects.get(action=WITHDRAWN)
    assert entry.page_id == guide.pk
    assert "第2版" in reviewer.get(f"/admin/pages/{guide.pk}/history/").content.decode()


def test_where_the_change_between_was_withdrawn_the_feed_tells_of_none(guide, client):
    guide.fee = SECRET
    guide.save_revision().publish()
    PublishedVersion.objects.get(number=2).delete()
    feed = client.get("/guides/guide/changes/feed/").content.decode()
    assert feed.count("首次发布。") == 1
    assert "内容与上一版相同。" in feed
    oldest = client.get("/guides/guide/changes/?to=1").content.decode()
    assert "还没有改过" not in oldest


@pytest.mark.parametrize("number", ["3", "9", "", "2 ", "x"])
def test_the_newest_version_and_one_that_is_not_there_stay(guide, number):
    reviewer = browser_of(home.roles.REVIEWER)
    reviewer.post(f"/admin/pages/{guide.pk}/versions/", {"number": number})
    assert PublishedVersion.objects.count() == 3


def test_an_editor_withdraws_nothing(guide):
    editor = browser_of(home.roles.EDITOR)
    editor.post(f"/admin/pages/{guide.pk}/versions/", {"number": "2"})
    assert PublishedVersion.objects.count() == 3
