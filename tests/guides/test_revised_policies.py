"""A document that was revised is dated by its last revision, and tells both days."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from guides.models import PolicyPage
from guides.policies.citations import page_of
from guides.policies.feeds import PolicyFeed
from guides.templatetags.guides_lists import latest_policies
from guides.versions.text import words_of
from search.models import PageEntry

from .factories import make_policy

pytestmark = pytest.mark.django_db

OLD, BETWEEN, NEW = (datetime.date(year, 3, 12) for year in (1998, 2010, 2026))


@pytest.fixture
def revised() -> PolicyPage:
    make_policy(slug="between", title="居中的", issued_on=BETWEEN)
    return make_policy(slug="revised", title="社团条例", issued_on=OLD, revised_on=NEW)


def test_lists_and_feed_begin_with_the_revision(revised, client):
    assert [policy.slug for policy in latest_policies()] == ["revised", "between"]
    assert [policy.slug for policy in PolicyFeed().items()] == ["revised", "between"]
    assert PolicyFeed().item_pubdate(revised).date() == NEW
    index = client.get("/policies/").text
    assert index.index("社团条例") < index.index("居中的")
    assert "1998年3月12日发布，2026年3月12日修订" in index


def test_the_page_and_its_version_tell_both_days(revised, client):
    shown = client.get(revised.url).text
    assert "<dt>成文日期</dt><dd>1998年3月12日</dd>" in shown
    assert "<dt>修订日期</dt><dd>2026年3月12日</dd>" in shown
    assert ("修订日期", ["2026-03-12"]) in words_of(revised)
    _, found = client.get("/api/v1/policies").json()["items"]
    assert (found["issued_on"], found["revised_on"]) == ("1998-03-12", "2026-03-12")


def test_an_unrevised_one_tells_one_day(revised, client):
    assert "修订日期" not in client.get("/policies/between/").text


def test_search_dates_it_by_the_revision(revised):
    dates = dict(PageEntry.objects.values_list("title", "dated"))
    assert (dates["社团条例"], dates["居中的"]) == (NEW, BETWEEN)


def test_a_citation_means_the_text_that_is_newest(revised):
    other = make_policy(slug="other", title="社团条例", issued_on=BETWEEN)
    assert page_of("社团条例", [other, revised]) == revised


def test_a_revision_before_the_issue_is_refused():
    policy = PolicyPage(title="x", slug="x", issuing_body="x", issued_on=NEW, revised_on=OLD)
    with pytest.raises(ValidationError) as refused:
        policy.clean()
    assert refused.value.message_dict == {"revised_on": ["修订日期不能早于成文日期。"]}
