"""The demonstration holds the plan's indicators as the plan gives them."""

import datetime

import pytest

from demonstration.guides.figures import load, of_the_plan, sources
from guides.figures.rendering import FigureLookup
from guides.models import Figure
from tests.templates import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures"), pytest.mark.one_engine]
# number: what the plan gives for 2020, 2023 and 2025 (专栏1), as the site writes it.
PLAN = {
    "1": ("6.9%", "不低于本市居民上年度人均消费支出增速", "不低于本市居民上年度人均消费支出增速"),
    "3b": (
        "≥30%，占最低工资标准（630元/人/月）",
        "≥30%，占最低工资标准",
        "≥30%，占最低工资标准",
    ),
    "4": ("2,570元/人/月", "参照当年度孤儿保障标准", "参照当年度孤儿保障标准"),
    "7": ("60%", "70%", "75%"),
    "8": ("17%", "100%", "100%"),
    "13": ("11人/万人", "12人/万人", "18人/万人"),
    "14": ("78个", "100个", "140个"),
    "15": ("2,900个", "3,200个", "3,500个"),
    "17": ("1,500人", "1,800人", "2,200人"),
    "18": ("30元/人", "50元/人", "70元/人"),
    "19": ("84.25%", "86%", "90%"),
    "21": ("235元/人/月", "参考市标准", "参考市标准"),
}
NONE_IN_2020 = {"6": "100%", "9": "100%"}
DAYS = [datetime.date(year, 12, 31) for year in (2020, 2023, 2025)]


figures = made_once(load)


def test_all_21_indicators_are_there_with_their_three_years():
    plan = Figure.objects.exclude(number="")
    numbers = {int("".join(filter(str.isdigit, figure.number))) for figure in plan}
    assert numbers == set(range(1, 22))
    assert plan.count() == 23  # The third has three rows.
    lookup = FigureLookup()
    for figure in plan:
        years = DAYS[1:] if figure.number in NONE_IN_2020 else DAYS
        assert all(lookup.column_value(figure.slug, day) for day in years), figure.number
        assert not figure.is_sample
        assert figure.kind in (Figure.Kind.BINDING, Figure.Kind.EXPECTED)


def test_their_values_are_those_of_the_plan():
    lookup = FigureLookup()
    by_number = {figure.number: figure.slug for figure in Figure.objects.exclude(number="")}
    for number, expected in PLAN.items():
        shown = tuple(lookup.column_value(by_number[number], day).shown() for day in DAYS)
        assert shown == expected, number
    for number, in_2025 in NONE_IN_2020.items():
        assert lookup.column_value(by_number[number], DAYS[0]) is None
        assert lookup.column_value(by_number[number], DAYS[2]).shown() == in_2025


def test_only_figures_of_the_plan_name_the_plan():
    plan = sources()["plan"]
    assert "规划" in plan
    named = set(Figure.objects.filter(source=plan).values_list("slug", flat=True))
    assert set(of_the_plan().values_list("slug", flat=True)) == named
    others = Figure.objects.exclude(source=plan)
    assert {figure.source for figure in others} == set(sources().values()) - {plan}
    assert {"longevity-70", "longevity-80", "longevity-90", "longevity-100"} <= {
        figure.slug for figure in others
    }


@pytest.mark.parametrize(
    ("slug", "day", "shown"),
    [
        ("dibao-standard", "2016-06-01", "650元/人/月"),
        ("dibao-standard", "2020-12-31", "1,080元/人/月"),
        ("low-income-line", "2020-12-31", "1,620元/人/月"),
        ("couples-registered", "2020-12-31", "36,080对"),
        ("census-names", "2020-12-31", "5,832条"),
        ("funeral-subsidies-paid", "2020-12-31", "4,250万元"),
        ("longevity-person-times", "2020-12-31", "642.97万人次"),
        ("organisations", "2020-12-31", "542个"),
        ("disability-living-allowance", "2018-06-01", "150元/人/月"),
        ("disability-care-allowance", "2018-06-01", "200元/人/月"),
        ("homes-with-medical-share", "2020-12-31", "44%"),
        ("resolutions-done-share", "2020-12-31", "96%"),
        ("happy-communities-share", "2020-12-31", "52.8%"),
    ],
)
def test_other_facts_of_the_plan(slug, day, shown):
    value = FigureLookup().value(slug, datetime.date.fromisoformat(day))
    assert value.shown() == shown
    assert not value.figure.is_sample
