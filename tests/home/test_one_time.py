"""Public forms that store one thing, however often the same form is sent."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import Site

from home.models import FeedbackReport, FeedbackSettings
from home.one_time import OneTimeForm, RefusedError, new_key, sent_before, store_once
from tests.home.factories import make_home

REPORT = {"kind": "wrong", "text": "第二步的电话打不通", "path": "/guides/"}


@pytest.mark.parametrize("key", ["", "short", "x" * 23, "值" * 22])
def test_what_is_no_key_stands_for_nothing(key):
    form = OneTimeForm({"once": key})
    assert form.is_valid()
    assert form.sent_as() is None


def test_key_and_content_together_tell_a_form():
    key = new_key()

    def sent_as(**data):
        form = OneTimeForm(data)
        assert form.is_valid()
        return form.sent_as()

    assert sent_as(once=key) == sent_as(once=key)
    assert sent_as(once=key) != sent_as(once=new_key())
    assert len(sent_as(once=key)) == 32


@pytest.mark.django_db
def test_of_two_requests_at_once_both_get_the_row_of_the_first():
    first = FeedbackReport.objects.create(**REPORT, sent_as="a" * 32)

    def create():
        return FeedbackReport.objects.create(**REPORT, sent_as="a" * 32)

    assert store_once(FeedbackReport, "a" * 32, create) == first
    assert sent_before(FeedbackReport, None) is None
    with pytest.raises(IntegrityError):
        store_once(FeedbackReport, None, create)


@pytest.mark.django_db
def test_a_report_that_is_sent_twice_has_one_number(client):
    make_home()
    address = reverse("feedback:report")
    once = client.get(address).context["form"]["once"].value()
    for _ in range(2):
        answer = client.post(address, REPORT | {"once": once}, follow=True)
        assert FeedbackReport.objects.get().number in answer.text


@pytest.mark.django_db
def test_the_other_copy_of_the_last_form_within_the_limit_gets_its_row():
    """Both asked at once whether it was sent before; the first filled the limit."""
    first = FeedbackReport.objects.create(**REPORT, sent_as="a" * 32)

    def create():
        return FeedbackReport.objects.create(**REPORT, sent_as="a" * 32)

    def refusal():
        raise AssertionError("not asked of a form that is there")

    assert store_once(FeedbackReport, "a" * 32, create, refusal) == first


@pytest.mark.django_db
def test_what_is_refused_is_not_stored():
    def create():
        return FeedbackReport.objects.create(**REPORT, sent_as="b" * 32)

    with pytest.raises(RefusedError) as refused:
        store_once(FeedbackReport, "b" * 32, create, lambda: "太多了")
    assert refused.value.words == "太多了"
    assert not FeedbackReport.objects.exists()


@pytest.mark.django_db
def test_a_form_that_was_stored_is_not_refused_by_the_limit(client, monkeypatch):
    make_home()
    address = reverse("feedback:report")
    once = client.get(address).context["form"]["once"].value()
    settings = FeedbackSettings.for_site(Site.objects.get())
    settings.reports_an_hour = 1
    settings.save()
    client.post(address, REPORT | {"once": once})
    number = FeedbackReport.objects.get().number
    # The second request looked before the first had stored.
    monkeypatch.setattr("home.views.feedback.sent_before", lambda rows, sent_as: None)
    answer = client.post(address, REPORT | {"once": once}, follow=True)
    assert answer.status_code == 200
    assert number in answer.text
    other = client.post(address, REPORT | {"once": new_key()})
    assert other.status_code == 429
    assert FeedbackReport.objects.count() == 1
