"""Cards of amounts: the value of the day asked for, its source, and no card when unsure."""

import pytest

from tests.guides.factories import make_figure

pytestmark = pytest.mark.one_engine


@pytest.fixture
def figures(ask):
    make_figure(
        "dibao",
        ("2024-01-01", "2024-12-31", 1196),
        ("2025-01-01", None, 1238),
        name="最低生活保障标准（低保标准）",
        unit="元/月",
        source="穗民规字〔2025〕1号",
    )
    make_figure("share", ("2025-01-01", "2025-12-31", 600), name="孤儿养育标准", is_sample=True)
    plan = make_figure("beds", ("2026-01-01", None, 99), name="护理型床位比例", unit="%")
    plan.values.update(is_target=True)
    make_figure("care-a", ("2026-01-01", None, 100), name="护理补贴（重度）")
    make_figure("care-b", ("2026-01-01", None, 50), name="护理补贴（中度）")


@pytest.mark.parametrize(
    ("query", "value", "as_of"),
    [
        ("低保标准是多少", "1238元/月", "2025年1月1日起执行，2026年6月8日查询"),
        ("请问海珠区低保几多钱啊", "1238元/月", "2025年1月1日起执行，2026年6月8日查询"),
        ("最低生活保障標準", "1238元/月", "2025年1月1日起执行，2026年6月8日查询"),
        ("2024年低保标准", "1196元/月", "2024年1月1日起执行，2026年6月8日查询"),
    ],
)
def test_the_value_of_the_day_with_its_source(ask, figures, query, value, as_of):
    card = ask(query)
    assert card.answer.replace(",", "") == value
    assert card.as_of == as_of
    assert card.source == "穗民规字〔2025〕1号"
    assert card.url == "/figures/dibao/"
    assert not card.is_sample


def test_a_value_that_has_ended_says_so(ask, figures):
    card = ask("孤儿养育标准多少")
    assert "2025年12月31日止，待更新" in card.answer
    assert card.is_sample


@pytest.mark.parametrize(
    "query",
    [
        "低保", "怎么申请低保", "天河区低保标准是多少", "2019年低保标准", "2024年和2025年低保标准",
        "低保边缘家庭标准", "护理型床位比例是多少", "护理补贴多少钱", "标准是多少", "去年低保标准",
    ],
)  # fmt: skip
def test_no_card_when_unsure(ask, figures, query):
    assert ask(query) is None
