"""Text that enters by any way is stored without what breaks feeds and spreadsheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.models import FeedbackReport, NoticeIndexPage, NoticePage
from home.typed_text.stored import cleaned
from tests.home.factories import make_home, publish

CASES = [
    ("第一行\x0b第二行", "第一行 第二行"),
    ("标题\x00", "标题"),
    ("甲\x1f乙\x7f", "甲乙"),
    ("甲\u2028乙", "甲 乙"),
    ("甲\ud800乙", "甲乙"),
    ("甲\ufffe乙", "甲乙"),
    ("第一条\u3000为了 020\u00a01", "第一条\u3000为了 020\u00a01"),
    ("👨\u200d👩", "👨\u200d👩"),
]


@pytest.mark.parametrize(("typed", "stored"), CASES)
def test_titles(typed, stored):
    assert cleaned(typed, " ") == stored


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.django_db
def test_pages_their_bodies_and_their_drafts_are_cleaned(client):
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    body = [("paragraph", "<p>甲\x0b乙</p>"), ("heading", {"text": "一\x02", "level": "2"})]
    page = publish(index, NoticePage(slug="one", title="标题\x0b二", body=body))
    page.refresh_from_db()
    assert page.title == "标题 二"
    assert page.body[0].value.source == "<p>甲\n乙</p>"
    assert page.body[1].value["text"] == "一"
    assert "\x02" not in str(page.latest_revision.content)
    assert "\\u000b" not in str(page.latest_revision.content)
    assert client.get("/notices/feed/").status_code == 200


@pytest.mark.django_db
def test_reports_are_cleaned():
    report = FeedbackReport.objects.create(kind="error", text="第一行\x0b第二行\x03")
    report.refresh_from_db()
    assert report.text == "第一行\n第二行"
