"""Dated figures: the right value on each day, everywhere, after one edit."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demonstration.guides.figures import parse_value, read
from guides.figures.models import plain_number
from guides.figures.placeholders import day_from, wrong_placeholders
from guides.figures.rendering import FigureLookup, value_on
from guides.models import Figure, FigureValue

from .factories import make_figure, make_guide

DAY = datetime.date


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DAY(2019, 12, 31), None),
        (DAY(2020, 1, 1), 650),
        (DAY(2021, 6, 30), 650),
        (DAY(2021, 7, 1), 1080),
        (DAY(2025, 12, 31), 1080),
        (DAY(2026, 1, 1), None),
    ],
)
def test_value_on_a_day(day, expected):
    values = [
        FigureValue(valid_from=DAY(2021, 7, 1), valid_to=DAY(2025, 12, 31), amount=1080),
        FigureValue(valid_from=DAY(2020, 1, 1), amount=650),
    ]
    found = value_on(values, day)
    assert (found.amount if found else None) == expected


@given(
    st.lists(st.dates(DAY(2000, 1, 1), DAY(2030, 1, 1)), unique=True, max_size=6),
    st.dates(DAY(1990, 1, 1), DAY(2040, 1, 1)),
)
def test_value_is_the_last_begun(starts, day):
    values = [FigureValue(valid_from=start, amount=1) for start in starts]
    found = value_on(values, day)
    assert (found.valid_from if found else None) == max(
        (start for start in starts if start <= day), default=None
    )


@pytest.mark.parametrize(
    ("amount", "decimals", "text"),
    [
        (Decimal("1080"), 0, "1,080"),
        (Decimal("84.25"), 2, "84.25"),
        (Decimal("86"), 2, "86"),
        (Decimal("100"), 0, "100"),
        (Decimal("6.9"), 1, "6.9"),
    ],
)
def test_number_as_people_write_it(amount, decimals, text):
    assert plain_number(amount, decimals) == text


@pytest.mark.parametrize("text", ["", "2025", "2025-13-01", "x" * 50, "0000-00-00"])
def test_what_is_no_day(text):
    assert day_from(text) is None


@pytest.mark.django_db
def test_marks_are_filled_in_and_escaped():
    make_figure("rule", ("2020-01-01", None, "<b>不低于</b>"))
    lookup = FigureLookup(DAY(2024, 1, 1))
    html = lookup.fill_in("<p>{figure:rule} {figure:none}</p>")
    assert "&lt;b&gt;不低于" in html
    assert 'href="/figures/rule/"' in html
    assert "（数据待补）" in html


@pytest.mark.django_db
def test_an_ended_value_is_shown_with_its_end():
    make_figure("dibao", ("2020-01-01", "2025-12-31", 1080))
    text = FigureLookup(DAY(2026, 2, 1)).fill_in_plain("{figure:dibao}")
    assert text == "1,080元（2025年12月31日止，待更新）"
    assert FigureLookup(DAY(2025, 2, 1)).fill_in_plain("{figure:dibao}") == "1,080元"


@pytest.mark.django_db
def test_one_edit_changes_every_page_on_its_day(client):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    text = [{"type": "paragraph", "value": "<p>每月{figure:dibao}</p>"}]
    addresses = [make_guide(slug=f"guide-{n}", body=text).url for n in range(2)]
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    figure.values.add(FigureValue(valid_from=tomorrow, amount=Decimal(1080)))
    figure.save()
    for address in addresses:
        assert ">650元<" in client.get(address).content.decode()
        later = client.get(f"{address}?as-of={tomorrow.isoformat()}").content.decode()
        assert ">1,080元<" in later


@pytest.mark.django_db
def test_unknown_codes_are_named():
    make_figure("known", ("2020-01-01", None, 1))
    assert wrong_placeholders("{figure:known} {figure:nope@2020-01-01}") == [
        "{figure:nope@2020-01-01}"
    ]


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2016—2020年合计", DAY(2020, 12, 31)),
        ("截至2020年", DAY(2020, 12, 31)),
        ("2016—2020年期初", DAY(2016, 1, 1)),
        ("2024年11月的资料", DAY(2024, 11, 1)),
    ],
)
def test_notation_of_the_demonstration(period, day):
    value = parse_value(f"{period}: ≥30 (630元/人/月)")
    assert (value.period, value.valid_from, value.valid_to) == (period, day, None)
    assert (value.qualifier, value.amount, value.text) == ("≥", 30, "630元/人/月")
    with pytest.raises(ValueError, match="Not a value"):
        parse_value("soon: 3")


def make_total(**fields):
    figure = make_figure("couples", ("2020-12-31", None, 36080))
    FigureValue.objects.filter(figure=figure).update(period="2016—2020年合计", **fields)
    return figure


@pytest.mark.django_db
def test_the_total_of_a_period_is_not_told_as_the_value_of_today(client):
    figure = make_total()
    for address in ("/figures/", "/figures/couples/"):
        html = client.get(address).content.decode()
        assert "2016—2020年合计" in html
        assert ">今天的数值<" not in html
        assert "12月31日起" not in html
    then = client.get("/figures/couples/?as-of=2022-06-01").content.decode()
    assert "这是2016—2020年合计的数，不是2022年6月1日当天的数值。" in then
    lookup = FigureLookup()
    assert lookup.fill_in_plain("{figure:couples}") == "36,080元（2016—2020年合计）"
    assert lookup.fill_in_plain("{figure:couples@2020-12-31}") == "36,080元"
    other = make_figure("standard", ("2020-01-01", None, 5))
    table = {"caption": "数", "figures": [figure.pk], "days": [], "show_kind": False}
    alone = make_guide(body=[{"type": "figure_table", "value": table}])
    assert '<th scope="col">2016—2020年合计</th>' in client.get(alone.url).content.decode()
    table["figures"].append(other.pk)
    mixed = make_guide(slug="mixed", body=[{"type": "figure_table", "value": table}])
    html = client.get(f"{mixed.url}?as-of=2026-11-24").content.decode()
    assert '<th scope="col">2026年11月24日</th>' in html
    assert "36,080（2016—2020年合计）" in html


@pytest.mark.django_db
def test_a_table_tells_the_area_of_each_figure_only_where_they_differ(client):
    same = [make_figure(code, ("2020-01-01", None, 1), area="殡葬") for code in ("one", "two")]
    other = make_figure("three", ("2020-01-01", None, 1), area="养老")
    table = {"caption": "数", "figures": [figure.pk for figure in same], "days": []}
    alike = make_guide(body=[{"type": "figure_table", "value": table}])
    assert 'data-label="领域"' not in client.get(alike.url).content.decode()
    table["figures"].append(other.pk)
    mixed = make_guide(slug="mixed", body=[{"type": "figure_table", "value": table}])
    assert 'data-label="领域"' in client.get(mixed.url).content.decode()


@pytest.mark.django_db
def test_a_table_of_examples_alone_says_so_once(client):
    mark = '<span class="sample">示例</span>'
    made = [
        make_figure(code, ("2020-01-01", None, 1), is_sample=code != "real")
        for code in ("one", "two", "real")
    ]
    for slug, figures, marks in (("alike", made[:2], 1), ("mixed", made, 2)):
        table = {"caption": "数", "figures": [figure.pk for figure in figures], "days": []}
        guide = make_guide(slug=slug, body=[{"type": "figure_table", "value": table}])
        assert client.get(guide.url).content.decode().count(mark) == marks


def test_more_than_a_number_is_kept_as_such():
    values = {figure.slug: figure.values.all()[0] for figure in read()}
    assert values["charity-days"].qualifier == "超过"
    assert values["family-counselling"].amount == 10_000


def test_every_value_of_the_demonstration_tells_its_period():
    assert all(value.period for figure in read() for value in figure.values.all())


def test_demonstration_has_the_21_indicators():
    numbers = [figure.number for figure in read() if figure.number]
    assert sorted({int(number.rstrip("abc")) for number in numbers}) == list(range(1, 22))


@pytest.mark.django_db
def test_figure_page_shows_history_and_expiry(client):
    make_figure("dibao", ("2016-01-01", None, 650), ("2020-01-01", "2021-12-31", 1080))
    html = client.get("/figures/dibao/").content.decode()
    assert "已在2021年12月31日到期" in html
    assert "<rect" in html
    old = client.get("/figures/dibao/?as-of=2018-05-01").content.decode()
    assert '<p class="figure-now__value">650元</p>' in old
    assert client.get("/figures/none/").status_code == 404
    assert Figure.objects.count() == 1


@pytest.mark.django_db
def test_a_value_to_come_is_told_and_not_called_one_that_holds(client):
    make_figure("dibao", ("2020-01-01", "2021-12-31", 1080), ("2099-01-01", None, 2000))
    html = client.get("/figures/dibao/").content.decode()
    assert "2099年1月1日起：<strong>2,000元</strong>" in html
    assert "新的还没有公布" not in html
    assert html.count("还没有生效") == 1
