"""A document that a newer one replaces says so, and its editor is reminded of its last day."""

import datetime

import pytest

from guides.models import PolicyPage
from tests.guides.factories import make_policy

pytestmark = pytest.mark.django_db


def replacing(old, **fields):
    return make_policy(
        slug="new", title="新规定", replaces=[{"type": "policy", "value": old.pk}], **fields
    )


def test_readers_of_the_old_document_are_led_to_the_new_one(client):
    old = make_policy()
    assert "有新的文件" not in client.get(old.url).content.decode()
    new = replacing(old)
    shown = client.get(old.url).content.decode()
    assert "本文件已由" in shown
    assert new.url in shown
    new.unpublish()
    assert "有新的文件" not in client.get(old.url).content.decode()


def test_a_document_to_come_is_announced_with_its_day(client):
    old = make_policy()
    replacing(old, effective_on=datetime.date(2999, 1, 2))
    assert "2999年1月2日起，本文件由" in client.get(old.url).content.decode()


def test_replaced_documents_without_a_last_day_are_named():
    old = make_policy()
    new = replacing(old)
    assert [policy.pk for policy in new.still_in_force()] == [old.pk]
    old.ends_on = datetime.date(2026, 1, 1)
    old.save()
    assert PolicyPage.objects.get(pk=new.pk).still_in_force() == []


def test_an_empty_document_is_not_published():
    assert "没有正文，也没有附件。" in PolicyPage(title="空").publishing_errors()
    assert PolicyPage(title="有", body=[("paragraph", "<p>文字</p>")]).publishing_errors() == []
