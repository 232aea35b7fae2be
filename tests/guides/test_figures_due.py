"""Figures that are past their review date say so to readers and to editors."""

import datetime

import pytest

from guides.figures.rendering import FigureLookup
from guides.figures.staff.desk import expired_figures
from tests.home.factories import make_home

from .factories import make_figure

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 29)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 29, 12), tick=False)


def a_figure(review_due):
    figure = make_figure("dibao-standard", ("2020-12-31", None, 1080))
    figure.unit = "元/人/月"
    figure.review_due = review_due
    figure.save()
    return figure


@pytest.mark.parametrize(
    ("review_due", "shown"),
    [
        (None, "1,080元/人/月"),
        (DAY, "1,080元/人/月"),  # The day itself is still in time.
        (DAY - datetime.timedelta(days=1), "1,080元/人/月（待复核）"),
    ],
)
def test_a_mark_tells_that_its_figure_is_due(review_due, shown):
    a_figure(review_due)
    assert FigureLookup().fill_in_plain("{figure:dibao-standard}") == shown


@pytest.mark.parametrize(
    ("begins", "is_target", "shown"),
    [
        ("2026-04-01", False, "1,999元/人/月"),
        ("2026-04-01", True, "1,080元/人/月（待复核）"),
        ("2027-01-01", False, "1,080元/人/月"),  # Known today: the figure was looked at.
        ("2024-01-01", False, "1,999元/人/月（待复核）"),
    ],
)
def test_a_later_value_ends_the_review(begins, is_target, shown, client):
    figure = a_figure(datetime.date(2026, 3, 31))
    figure.values.create(
        valid_from=datetime.date.fromisoformat(begins), amount=1999, is_target=is_target
    )
    figure.save()
    assert FigureLookup().fill_in_plain("{figure:dibao-standard}") == shown
    make_home()
    page = client.get("/figures/dibao-standard/").content.decode()
    assert ("还没有登记新的数值" in page) == ("待复核" in shown)


def test_a_mark_of_a_fixed_day_is_history_and_says_nothing():
    a_figure(datetime.date(2021, 12, 31))
    assert FigureLookup().fill_in_plain("{figure:dibao-standard@2020-12-31}") == "1,080元/人/月"


def test_the_number_goes_before_a_goal_of_the_plan():
    figure = a_figure(None)
    figure.values.create(valid_from="2025-12-31", text="参考市标准", is_target=True)
    figure.save()
    assert FigureLookup().fill_in_plain("{figure:dibao-standard}") == "1,080元/人/月"


def test_a_later_rule_in_words_goes_before_the_number():
    figure = a_figure(None)
    figure.values.create(valid_from="2026-01-01", text="按市公布的标准")
    figure.save()
    assert FigureLookup().fill_in_plain("{figure:dibao-standard}") == "按市公布的标准"
    assert FigureLookup().standard("dibao-standard") is None


def test_the_page_of_the_figure_says_so(client):
    make_home()
    a_figure(datetime.date(2021, 12, 31))
    assert "到2021年12月31日该复核" in client.get("/figures/dibao-standard/").content.decode()


def test_it_stands_on_the_desk_of_the_editors(admin_user):
    a_figure(datetime.date(2021, 12, 31))
    assert [item.reason.split("，")[0] for item in expired_figures(admin_user)] == [
        "2021-12-31该复核"
    ]
