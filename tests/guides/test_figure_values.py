"""The values of a figure as an editor enters them."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guides.figures.rendering import value_on
from guides.figures.staff.values import Entry, faults
from guides.models import Figure, FigureValue

from .factories import make_figure

DAY = datetime.date
DAYS = st.dates(DAY(2000, 1, 1), DAY(2003, 1, 1))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=5), DAYS)
def test_values_without_fault_never_hide_one_another(spans, day):
    spans = [(first, last) for first, last in spans if last is None or last >= first]
    if list(faults([Entry(first, last, None) for first, last in spans], 0)):
        return
    values = [FigureValue(valid_from=first, valid_to=last) for first, last in spans]
    holding = [v for v in values if v.valid_to and v.valid_from <= day <= v.valid_to]
    assert len(holding) <= 1
    assert not holding or value_on(values, day) is holding[0]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("2020-01-01", "2021-12-31", 1), ("2021-07-01", None, 2)], [(0, "valid_to")]),
        ([("2020-01-01", "2021-06-30", 1), ("2021-07-01", None, 2)], []),
        ([("2020-01-01", None, 1), ("2021-07-01", None, 2)], []),
        ([("2020-01-01", None, 1), ("2020-01-01", None, 2)], [(1, "valid_from")]),
        ([("2020-01-01", None, "1.005")], [(0, "amount")]),
        ([("2020-01-01", None, "1.50")], []),
        ([("2020-01-01", None, -5)], [(0, "amount")]),
        ([("2020-01-01", None, 0)], []),
        ([("0202-01-01", None, 1)], [(0, "valid_from")]),
        ([("2020-01-01", "9999-12-31", 1)], [(0, "valid_to")]),
    ],
)
def test_what_cannot_stand(entries, expected):
    day = DAY.fromisoformat
    typed = [
        Entry(day(first), day(last) if last else None, Decimal(str(amount)))
        for first, last, amount in entries
    ]
    assert [
        (position, field) for position, field, _words in faults(typed, 2, "元/人/月")
    ] == expected


def posted(figure: Figure, *values: tuple, **fields) -> dict:
    """The form of a figure; each value is (key or "", from, to, amount)."""
    data = {
        "name": figure.name,
        "slug": figure.slug,
        "unit": "元",
        "decimals": "0",
        "kind": "standard",
        "source": "规划",
        "values-TOTAL_FORMS": len(values),
        "values-INITIAL_FORMS": sum(1 for value in values if value[0]),
        "values-MIN_NUM_FORMS": 1,
        "values-MAX_NUM_FORMS": 1000,
        "action-publish": "x",
        **fields,
    }
    for place, (key, first, last, amount) in enumerate(values):
        row = {"id": key, "valid_from": first, "valid_to": last, "amount": amount}
        row |= {"qualifier": "", "text": "", "period": "", "ORDER": place + 1}
        data |= {f"values-{place}-{name}": value for name, value in row.items()}
    return data


@pytest.fixture
def send(client, db):
    client.force_login(get_user_model().objects.create_superuser("chief"))

    def send(figure: Figure, *values: tuple, **fields):
        address = reverse("wagtailsnippets_guides_figure:edit", args=[figure.pk])
        return client.post(address, posted(figure, *values, **fields))

    return send


def test_the_form_refuses_and_keeps_what_was_typed(send):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    key = figure.values.get().pk
    cases = {
        "这一个要在那之前结束": [
            (key, "2020-01-01", "2021-12-31", "650"),
            ("", "2021-07-01", "", "1080"),
        ],
        "同一天只能有一个数值": [(key, "2020-01-01", "", "650"), ("", "2020-01-01", "", "1080")],
        "这个数的小数更多": [(key, "2020-01-01", "", "650.5")],
        "请核对年份": [(key, "0020-01-01", "", "650")],
        "结束日期不能早于开始日期": [(key, "2020-01-01", "2019-01-01", "650")],
        "请填写数值，或者用文字写明规定": [(key, "2020-01-01", "", "")],
        "输入一个数字": [(key, "2020-01-01", "", "六百五")],
    }
    for words, values in cases.items():
        response = send(figure, *values)
        assert response.status_code == 200
        html = response.content.decode()
        assert words in html
        assert f'value="{values[-1][3]}"' in html
    assert (
        "最多4位小数" in send(figure, (key, "2020-01-01", "", "1"), decimals="9").content.decode()
    )
    assert (
        "代码只用小写字母"
        in send(figure, (key, "2020-01-01", "", "1"), slug="Di_Bao").content.decode()
    )
    assert figure.values.get().amount == 650
    assert (
        send(
            figure, (key, "2020-01-01", "2021-06-30", "650"), ("", "2021-07-01", "", "1080")
        ).status_code
        == 302
    )
    assert FigureValue.objects.filter(figure=figure).count() == 2


def test_values_that_exchange_their_days_are_refused_in_words(send):
    figure = make_figure("dibao", ("2020-01-01", None, 1), ("2021-01-01", None, 2))
    one, two = FigureValue.objects.filter(figure=figure).order_by("valid_from")
    response = send(figure, (one.pk, "2021-01-01", "", "1"), (two.pk, "2020-01-01", "", "2"))
    assert "改动之前，另一个数值就从这一天起" in response.content.decode()


def test_the_form_has_each_field_of_a_value_once_and_amounts_as_people_write_them(send, client):
    figure = make_figure(
        "dibao", ("2020-01-01", None, 1080), ("2021-01-01", None, Decimal("84.25"))
    )
    figure.decimals = 2
    figure.save()
    address = reverse("wagtailsnippets_guides_figure:edit", args=[figure.pk])
    screen = client.get(address).content.decode()
    # A field by the name of an attribute of forms (prefix) would stand where Wagtail means that.
    for name in ("valid_from", "valid_to", "period", "qualifier", "amount", "text", "is_target"):
        assert screen.count(f'name="values-0-{name}"') == 1, name
    assert 'value="1080"' in screen
    assert 'value="84.25"' in screen
    kept = [
        (value.pk, value.valid_from.isoformat(), "", str(value.amount))
        for value in figure.values.order_by("valid_from")
    ]
    assert send(figure, *kept, decimals="2").status_code == 302


@pytest.mark.django_db
def test_the_list_and_the_chooser_tell_the_value_of_today(client, django_assert_max_num_queries):
    client.force_login(get_user_model().objects.create_superuser("chief"))
    make_figure("ended", ("2020-01-01", "2021-12-31", 650))
    for number in range(12):
        make_figure(f"more-{number}", ("2020-01-01", None, 1080))
    listing = reverse("wagtailsnippets_guides_figure:list")
    chooser = reverse("wagtailsnippetchoosers_guides_figure:choose")
    for address in (listing, chooser):
        client.get(address)
        with django_assert_max_num_queries(26):
            response = client.get(address)
        html = response.content.decode() if address == listing else response.json()["html"]
        assert "1,080元" in html
        assert "650元（2021年12月31日止，待更新）" in html
