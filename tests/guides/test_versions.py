"""What changed: versions as readers saw them, and a readable difference of any two."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.models import PublishedVersion
from guides.versions.difference import compare_lines, difference, within_line

from .factories import make_figure, make_guide, make_policy

LINES = st.lists(st.text("甲乙丙丁戊己", min_size=1, max_size=6), max_size=8)


@given(st.text("甲乙丙丁", max_size=12), st.text("甲乙丙丁", max_size=12))
def test_a_changed_line_holds_both_the_old_and_the_new(old, new):
    parts = within_line(old, new)
    assert "".join(text for kind, text in parts if kind != "ins") == old
    assert "".join(text for kind, text in parts if kind != "del") == new


@given(*[st.lists(st.text("甲乙。", min_size=80, max_size=120), min_size=4, max_size=6)] * 2)
def test_a_long_changed_line_holds_both_too(old, new):
    parts = within_line("".join(old), "".join(new))
    assert "".join(text for kind, text in parts if kind != "ins") == "".join(old)
    assert "".join(text for kind, text in parts if kind != "del") == "".join(new)


def test_in_a_long_line_only_the_changed_words_are_marked():
    old = "".join(f"第{number}条说明办理的条件和需要的材料。" for number in range(100))
    parts = within_line(old, old.replace("第50条", "第五十条"))
    assert [part for part in parts if part[0] != "same"] == [("del", "50"), ("ins", "五十")]


def test_a_changed_number_is_marked_whole():
    parts = within_line("每月2,000元，12.5%", "每月2,500元，12.75%")
    assert [part for part in parts if part[0] != "same"] == [
        ("del", "2,000"),
        ("ins", "2,500"),
        ("del", "12.5"),
        ("ins", "12.75"),
    ]


def test_an_endless_line_is_compared_as_a_whole():
    line = "甲乙" * 50_000
    (change,) = compare_lines([line], [f"{line}丙"])
    assert change.parts == [("del", line), ("ins", f"{line}丙")]


@given(LINES, LINES)
def test_no_difference_exactly_when_the_lines_are_the_same(old, new):
    assert (compare_lines(old, new) == []) == (old == new)


def test_difference_names_the_sections_that_changed():
    old = PublishedVersion(number=1, content=[["收费", ["9元"]], ["电话", ["1"]], ["旧", ["甲"]]])
    new = PublishedVersion(number=2, content=[["收费", ["不收费"]], ["电话", ["1"]]])
    changes = difference(old, new)
    assert [section.heading for section in changes] == ["收费", "旧"]
    assert [change.kind for change in changes[1].changes] == ["removed"]


@pytest.mark.django_db
def test_each_publication_with_other_words_is_a_version(client):
    guide = make_guide(fee="9元")
    guide.save_revision().publish()
    assert PublishedVersion.objects.count() == 1
    guide.fee = "不收费"
    guide.save_revision()
    assert PublishedVersion.objects.count() == 1
    guide.get_latest_revision().publish()
    assert PublishedVersion.objects.count() == 2
    html = client.get("/guides/guide/changes/").content.decode()
    assert "第1版到第2版的改动" in html
    assert "<ins>" in html
    assert "<del>" in html
    feed = client.get("/guides/guide/changes/feed/").content.decode()
    assert "改动：收费。" in feed
    assert "首次发布。" in feed


@pytest.mark.django_db
def test_the_versions_of_an_expired_page_lead_to_what_says_so(client):
    guide = make_guide()
    guide.unpublish(set_expired=True)
    response = client.get("/guides/guide/changes/", follow=True)
    assert response.redirect_chain == [("/guides/guide/", 302)]
    assert response.status_code == 410
    assert client.get("/guides/none/changes/").status_code == 404


@pytest.mark.django_db
def test_versions_keep_the_amounts_that_readers_saw():
    make_figure("dibao", ("2020-01-01", None, 1080))
    make_guide(fee="{figure:dibao}")
    assert ["收费", ["1,080元"]] in PublishedVersion.objects.get().content


@pytest.mark.django_db
def test_the_bars_of_a_chart_are_told_by_the_text_under_it():
    figure = make_figure("dibao", ("2020-01-01", "2020-12-31", 650), ("2021-01-01", None, 1080))
    chart = {"caption": "历年的标准", "figure": figure.pk}
    make_guide(body=[{"type": "figure_chart", "value": chart}])
    lines = dict(PublishedVersion.objects.get().content)["更多说明"]
    assert lines[0] == "历年的标准"
    assert "650元" in lines[1]
    assert len(lines) == 2


@pytest.mark.django_db
def test_odd_version_numbers_and_unknown_pages(client):
    make_policy()
    for query in ("?from=9&to=-1", "?from=%01", "?to=" + "9" * 5000, "?from=１&to=１"):
        assert client.get(f"/policies/policy/changes/{query}").status_code == 200
    assert client.get("/policies/none/changes/").status_code == 404
    assert client.get("/guides/policy/changes/feed/").status_code == 404


@pytest.mark.django_db
def test_search_engines_are_told_of_the_service(client):
    make_figure("dibao", ("2020-01-01", None, 1080))
    make_guide(
        title="</script><b>办事",
        faq=[{"type": "question", "value": {"question": "多少钱？", "answer": "{figure:dibao}"}}],
    )
    html = client.get("/guides/guide/").content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    service = json.loads(data)
    assert service["@type"] == "GovernmentService"
    assert service["name"] == "</script><b>办事"
    assert service["url"] == "http://testserver/guides/guide/"
    assert "1,080元" in service["subjectOf"]["mainEntity"][0]["acceptedAnswer"]["text"]
    assert '<link rel="canonical" href="http://testserver/guides/guide/">' in html
    assert 'property="og:image" content="http://testserver/' in html


@pytest.mark.django_db
def test_a_moved_page_leads_on_from_its_old_address(client, django_capture_on_commit_callbacks):
    guide = make_guide(slug="old-name")
    guide.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        guide.save_revision().publish()
    response = client.get("/guides/old-name/")
    assert response.status_code == 301
    assert response["Location"].endswith("/guides/new-name/")
