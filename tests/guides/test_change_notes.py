"""A republication is told in the editor's own words, once."""

import pytest
from django.urls import reverse

from guides.models import PublishedVersion

from .factories import make_guide

pytestmark = pytest.mark.django_db


def republish(guide, note: str, **fields):
    for name, value in {**fields, "change_note": note}.items():
        setattr(guide, name, value)
    guide.save_revision().publish()


def test_the_note_stands_with_its_version_in_page_and_feed(client):
    guide = make_guide(fee="5元")
    republish(guide, "从7月起不收费", fee="不收费")
    republish(guide, "", phone="020-1")
    assert [v.note for v in PublishedVersion.objects.order_by("number")] == [
        "",
        "从7月起不收费",
        "",
    ]
    changes = f"{guide.url}changes/"
    assert "第2版：从7月起不收费" in client.get(f"{changes}?from=1&to=2").content.decode()
    assert "第2版：从7月起不收费" not in client.get(f"{changes}?from=2&to=3").content.decode()
    feed = reverse("guides:changes_feed", kwargs={"kind": "guides", "slug": guide.slug})
    assert "从7月起不收费" in client.get(feed).content.decode()
    assert "从7月起不收费" not in client.get(guide.url).content.decode()


def test_the_form_starts_empty_on_the_public_text_and_keeps_a_draft(admin_client):
    guide = make_guide()
    republish(guide, "旧的说明", fee="3元")
    edit = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    assert "旧的说明" not in admin_client.get(edit).content.decode()
    guide.change_note = "草稿的说明"
    guide.save_revision()
    assert "草稿的说明" in admin_client.get(edit).content.decode()
