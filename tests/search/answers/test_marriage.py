"""Cards of booking: the next free day, and the days in which a divorce certificate is issued."""

from datetime import timedelta

import pytest

from marriage.models import BookingRules, Office, Service
from tests.marriage.factories import (
    MONDAY,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)

pytestmark = pytest.mark.one_engine


@pytest.fixture
def offices(ask):
    BookingRules.load()
    service = make_service(slug="marriage", title="结婚登记")
    divorce = make_service(
        slug="first", title="离婚登记申请", kind=Service.Kind.DIVORCE_APPLICATION
    )
    make_working_days()
    first, second = (make_office(service, divorce, name=name) for name in ("甲登记处", "乙登记处"))
    make_slot(first, service, MONDAY + timedelta(1), capacity=2, taken=2)
    make_slot(first, service, MONDAY + timedelta(4), capacity=2)
    make_slot(second, service, MONDAY + timedelta(2), capacity=2)
    make_slot(second, divorce, MONDAY + timedelta(3), capacity=2)
    return first, second


@pytest.mark.parametrize(
    ("query", "first", "offices_told"),
    [
        ("最近什么时候可以预约结婚登记", "2026年6月10日（星期三）", ["乙登记处", "甲登记处"]),
        ("领证最快几时约到", "2026年6月10日（星期三）", ["乙登记处", "甲登记处"]),
        ("结婚登记还有号吗", "2026年6月10日（星期三）", ["乙登记处", "甲登记处"]),
        ("离婚最早哪天可以预约", "2026年6月11日（星期四）", ["乙登记处"]),
    ],
)
def test_the_next_free_day(ask, offices, query, first, offices_told):
    card = ask(query)
    assert card.answer == first
    assert [office for office, _ in card.facts] == offices_told
    assert card.as_of == "2026年6月8日（星期一）10:00查询，以预约时为准"


def test_registries_that_are_not_booked_here_are_left_out(ask, offices):
    Office.objects.filter(pk=offices[1].pk).update(mode=Office.Mode.LINK)
    assert ask("最近什么时候可以预约结婚登记").answer == "2026年6月12日（星期五）"


@pytest.mark.parametrize(
    "query",
    [
        "怎么预约结婚登记", "最近什么时候可以预约", "什么时候可以取消结婚登记预约",
        "还没有预约可以结婚登记吗", "涉外结婚登记最近什么时候可以预约", "补领结婚证最快什么时候可以预约",
        "最快什么时候可以预约领离婚证",
    ],
)  # fmt: skip
def test_no_free_day_when_unsure(ask, offices, query):
    assert ask(query) is None


def test_no_free_day_no_card(ask, db):
    make_office(make_service(slug="marriage"))
    assert ask("最近什么时候可以预约结婚登记") is None


@pytest.mark.parametrize(
    "query",
    [
        "离婚回执5月4日受理的，什么时候可以领证", "2026年5月4日申请离婚，冷静期到哪天",
        "离婚申请2026-05-04受理", "我哋5.4申請離婚，幾時攞證",
    ],
)  # fmt: skip
def test_the_days_for_the_certificate(ask, query):
    """Civil Code art. 1077 and 201: day 1 is 5 May, the first period ends on 3 June."""
    make_working_days(MONDAY - timedelta(35), 120)
    card = ask(query)
    assert card.heading.startswith("2026年5月4日")
    assert card.answer == "2026年6月4日（星期四）到2026年7月3日（星期五）"
    assert card.facts == (("撤回申请", "不晚于2026年6月3日（星期三）"),)
    assert card.source == "《民法典》第一千零七十七条"
    assert "放假" not in card.as_of


def test_days_that_nobody_has_confirmed_are_told(ask):
    assert "放假安排还没有全部公布" in ask("离婚5月4日受理").as_of


@pytest.mark.parametrize(
    "query",
    [
        "5月4日离婚", "2月14日结婚，现在想申请离婚", "6月20日能领离婚证吗", "冷静期6月20日到期",
        "离婚5月4日到6月4日受理", "2026年2月30日受理的离婚申请", "13月1日受理离婚",
        "2019年5月4日受理的离婚申请", "12月1日受理的离婚申请", "5月4日受理的收养登记",
        "离婚预约了6月20日，要申请什么",
    ],
)  # fmt: skip
def test_no_days_when_unsure(ask, query):
    assert ask(query) is None


@pytest.mark.parametrize(("query", "year"), [("离婚1月5日受理", 2026), ("离婚6月9日申请", 2026)])
def test_a_receipt_without_a_year_is_a_recent_one(ask, query, year):
    card = ask(query)
    if query.startswith("离婚1月"):
        assert card is None  # More than 120 days ago: another year may be meant.
    else:
        assert card.heading.startswith(f"{year}年6月9日")
