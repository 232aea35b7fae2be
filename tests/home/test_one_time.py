"""Public forms that store one thing, however often the same form is sent."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from home.models import FeedbackReport
from home.one_time import OneTimeForm, new_key, sent_before, store_once
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
