"""A goal of a plan is never the value of a day, whichever day is asked for."""

import datetime
from decimal import Decimal

import pytest

from guides.figures.rendering import FigureLookup
from guides.models import FigureValue
from guides.questions.evaluation import Evaluation
from guides.questions.result import work_out
from guides.questions.tree import Amount, Outcome
from tests.home.factories import make_home

from .factories import make_figure, make_guide

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 12, 1)
DAYS = [
    "2021-06-01",
    "2024-01-01",
    "2025-12-31",
    "2026-11-30",
    "2026-12-01",
    "2026-12-02",
    "2027-01-01",
]
DUE = {"2021-06-01": False}


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 1, 12), tick=False)


@pytest.fixture
def allowance():
    """150 before it was raised, 175 in 2020, and two goals in words; review due at the end of
    2021."""
    figure = make_figure("allowance", unit="元/人/月", review_due=datetime.date(2021, 12, 31))
    figure.values.add(
        FigureValue(valid_from="2016-01-01", period="提高以前", amount=Decimal(150)),
        FigureValue(valid_from="2020-12-31", period="2020年", amount=Decimal(175)),
        FigureValue(valid_from="2023-12-31", period="2023年", text="参考市标准", is_target=True),
        FigureValue(valid_from="2025-12-31", period="2025年", text="参考市标准", is_target=True),
    )
    figure.save()
    return figure


@pytest.fixture
def only_goal():
    figure = make_figure("coverage", unit="%")
    figure.values.add(
        FigureValue(valid_from="2023-12-31", period="2023年", amount=Decimal(90), is_target=True)
    )
    figure.save()
    return figure


def said_on(day: str) -> str:
    return f"175元/人/月（2020年{'，待复核' if DUE.get(day, True) else ''}）"


@pytest.mark.parametrize("day", DAYS)
def test_a_guide_shows_the_value_with_its_year_and_review(client, allowance, day):
    table = {"caption": "标准", "figures": [allowance.pk], "days": [], "show_kind": False}
    address = make_guide(
        fee="每月{figure:allowance}", body=[{"type": "figure_table", "value": table}]
    ).url
    html = client.get(address, {"as-of": day}).content.decode()
    assert said_on(day) in html
    assert "参考市标准" not in html
    assert f">175{'（待复核）' if DUE.get(day, True) else ''}</td>" in html


@pytest.mark.parametrize("day", DAYS)
def test_the_pages_of_figures_show_the_value(client, allowance, only_goal, day):
    make_home()
    listed = client.get("/figures/", {"as-of": day}).content.decode()
    assert "175元/人/月" in listed
    assert "参考市标准" not in listed
    assert ("待复核" in listed) == DUE.get(day, True)
    own = client.get("/figures/allowance/", {"as-of": day}).content.decode()
    assert '<p class="figure-now__value">175元/人/月</p>' in own
    assert '<p class="figure-now__day">2020年</p>' in own
    assert ("还没有登记新的数值" in own) == DUE.get(day, True)


def test_where_there_is_only_a_goal_it_says_so(client, only_goal):
    address = make_guide(fee="覆盖率{figure:coverage}").url
    assert "90%（2023年目标）" in client.get(address, {"as-of": "2024-01-01"}).content.decode()
    assert "90%（2023年目标）" in client.get(address).content.decode()
    assert '<span class="tag">目标</span>' in client.get("/figures/").content.decode()


@pytest.mark.parametrize("day", DAYS)
def test_the_api_gives_value_and_goal_apart(client, allowance, day):
    answer = client.get("/api/v1/figures/allowance", {"as_of": day}).json()
    assert answer["value"]["amount"] == 175
    assert answer["value"]["is_target"] is False
    assert answer["is_review_due"] is DUE.get(day, True)
    target = answer["target"]
    assert (target["period"] if target else None) == (
        "2025年" if day >= "2025-12-31" else "2023年" if day >= "2023-12-31" else None
    )
    listed = client.get("/api/v1/figures", {"as_of": day}).json()["items"]
    assert [each["value"]["amount"] for each in listed] == [175]


def test_the_api_gives_no_value_where_there_is_only_a_goal(client, only_goal):
    answer = client.get("/api/v1/figures/coverage").json()
    assert answer["value"] is None
    assert answer["target"]["amount"] == 90


@pytest.mark.parametrize("day", DAYS)
def test_questionnaires_count_with_the_value(allowance, day):
    on = datetime.date.fromisoformat(day)
    outcome = Outcome("结果", "可以领", amounts=(Amount("allowance"),))
    result = work_out(Evaluation((), outcome=outcome), FigureLookup(on).value, on)
    assert [line.sum for line in result.lines] == [Decimal(175)]
    assert FigureLookup(on).standard("allowance").amount == Decimal(175)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2020-12-31", "175元/人/月"),
        ("2023-12-31", "参考市标准（目标）"),  # The day itself of the goal.
        ("2024-06-30", "175元/人/月"),
    ],
)
def test_a_fixed_day_means_the_goal_only_on_its_own_day(allowance, day, shown):
    assert FigureLookup().fill_in_plain(f"{{figure:allowance@{day}}}") == shown


def test_a_column_of_goals_says_so_in_its_heading(client, allowance):
    table = {
        "caption": "指标",
        "figures": [allowance.pk],
        "days": ["2020-12-31", "2025-12-31"],
        "show_kind": False,
    }
    address = make_guide(body=[{"type": "figure_table", "value": table}]).url
    html = client.get(address).content.decode()
    assert '<th scope="col">2025年目标</th>' in html
    assert '<th scope="col">2020年</th>' in html
