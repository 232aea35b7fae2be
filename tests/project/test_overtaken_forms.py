"""Records without drafts: a form that a colleague overtook saves nothing."""

import pytest
from django.urls import reverse
from wagtail.contrib.settings.registry import registry
from wagtail.models import DraftStateMixin
from wagtail.snippets.models import get_snippet_models

from home.models import FeedbackSettings, TraditionalForm
from home.models.shown_form import ShownForm
from search.models import AskedWords
from tests.home.factories import make_home
from tests.home.typed_forms import shown_by

# Chosen and written in a form of its own, one line at a time.
OTHERWISE = {AskedWords}


def models():
    return [each for each in (*get_snippet_models(), *registry) if each not in OTHERWISE]


def test_every_form_without_drafts_sends_along_what_it_showed():
    unguarded = [
        each._meta.label
        for each in models()
        if not issubclass(each, DraftStateMixin)
        and not issubclass(getattr(each, "base_form_class", None) or object, ShownForm)
    ]
    assert unguarded == []


@pytest.mark.django_db
def test_an_overtaken_list_and_setting_are_not_saved(admin_client):
    row = TraditionalForm.objects.create(
        phrase="干示", form="乾示", source="x", checked_on="2026-01-01"
    )
    limits = FeedbackSettings.objects.get_or_create(site=make_home().get_site())[0]
    list_form = reverse(TraditionalForm.snippet_viewset.get_url_name("edit"), args=[row.pk])
    setting = reverse("wagtailsettings:edit", args=["home", "feedbacksettings", limits.site_id])
    older = {each: shown_by(admin_client, each) for each in (list_form, setting)}
    TraditionalForm.objects.filter(pk=row.pk).update(form="幹示")
    FeedbackSettings.objects.filter(pk=limits.pk).update(reports_an_hour=9)
    for address, shown in older.items():
        assert shown["shown"]
        typed = {"phrase": "干示", "form": "干示", "reports_an_hour": "7"}
        assert "同事改过" in admin_client.post(address, shown | typed).text
    row.refresh_from_db()
    limits.refresh_from_db()
    assert (row.form, limits.reports_an_hour) == ("幹示", 9)
