"""A note at republication is announced to subscribers, once."""

import pytest

from guides.models import PublishedVersion
from home.models.subscriptions import Announcement
from tests.home.factories import make_area

from .factories import make_guide, make_policy
from .test_change_notes import republish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_guide, make_policy])
def test_a_note_is_announced_with_the_address_of_the_change(make):
    page = make()
    republish(page, "换了说明", summary="新的摘要")
    [found] = Announcement.objects.all()
    assert (found.note, found.page_id) == ("换了说明", page.pk)
    assert found.path == f"{page.url}changes/?to=2"
    assert found.published_at == PublishedVersion.objects.first().published_at


@pytest.mark.parametrize(
    ("note", "fields"),
    [("", {"fee": "3元"}), ("什么也没有改", {})],
    ids=["no note", "no change that readers see"],
)
def test_what_is_not_among_the_changes_is_not_announced(note, fields):
    republish(make_guide(), note, **fields)
    assert not Announcement.objects.exists()


def test_the_same_text_published_again_is_not_announced_again():
    guide = make_guide(fee="5元")
    republish(guide, "不收费了", fee="不收费")
    assert Announcement.objects.exists()
    guide.save_revision().publish()
    assert Announcement.objects.count() == 1


def test_a_withdrawn_version_is_not_mailed():
    guide = make_guide(fee="5元")
    republish(guide, "不收费了", fee="不收费")
    assert Announcement.objects.exists()
    PublishedVersion.objects.first().delete()
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("make", [make_guide, make_policy])
def test_the_way_to_subscribe_stands_at_the_page_and_its_changes(client, make):
    page = make(section=make_area())
    for address in (page.url, f"{page.url}changes/"):
        assert f"/subscriptions/?page={page.url}" in client.get(address).content.decode()
    offered = client.get("/subscriptions/", {"page": page.url}).content.decode()
    assert f"只要这一页：{page.title}" in offered
