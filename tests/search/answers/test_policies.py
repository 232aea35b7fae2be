"""Cards of policies: whether one is in force, from its dates, and no card when unsure."""

from datetime import date

import pytest

from tests.guides.factories import make_policy

pytestmark = pytest.mark.one_engine


@pytest.fixture
def policies(ask):
    make_policy(
        slug="care",
        title="海珠区长者饭堂管理办法（试行）",
        effective_on=date(2025, 3, 1),
        ends_on=date(2028, 2, 29),
        document_number="海民规〔2025〕2号",
        issuing_body="海珠区民政局",
    )
    make_policy(slug="ended", title="殡葬补贴办法", ends_on=date(2026, 6, 7))
    make_policy(slug="coming", title="慈善信托备案办法", effective_on=date(2026, 6, 9))
    make_policy(slug="undated", title="社会工作站规范")
    old = make_policy(slug="old", title="孤儿认定办法")
    make_policy(
        slug="new", title="困境儿童认定办法", replaces=[{"type": "policy", "value": old.pk}]
    )


@pytest.mark.parametrize(
    ("query", "state", "slug"),
    [
        ("海珠区长者饭堂管理办法还有效吗", "现行有效", "care"),
        ("请问海珠区长者饭堂管理办法什么时候开始实施", "现行有效", "care"),
        ("殡葬补贴办法失效了吗", "已失效", "ended"),
        ("慈善信托备案办法生效了没有", "尚未施行", "coming"),
    ],
)
def test_the_state_follows_from_the_dates(ask, policies, query, state, slug):
    card = ask(query)
    assert card.answer == state
    assert card.url.endswith(f"/{slug}/")
    assert card.as_of == "2026年6月8日查询"


def test_dates_number_and_source_are_told(ask, policies):
    card = ask("海珠区长者饭堂管理办法有效吗")
    assert card.facts == (
        ("施行日期", "2025年3月1日"),
        ("有效期至", "2028年2月29日"),
        ("文号", "海民规〔2025〕2号"),
    )
    assert card.source == "海珠区民政局"


@pytest.mark.parametrize(
    "query",
    [
        "海珠区长者饭堂管理办法",
        "管理办法还有效吗",
        "结婚证还有效吗",
        "社会工作站规范什么时候实施",  # Nobody has entered the day.
        "孤儿认定办法还有效吗",  # Replaced, and nobody has entered its last day.
    ],
)
def test_no_card_when_unsure(ask, policies, query):
    assert ask(query) is None


def test_of_two_texts_of_one_title_the_one_in_force_answers(ask, policies):
    make_policy(slug="revised", title="殡葬补贴办法（2026年修订）", effective_on=date(2026, 6, 8))
    assert ask("殡葬补贴办法还有效吗").url.endswith("/revised/")
