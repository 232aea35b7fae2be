"""Figures on other days, and what a change of a figure entails."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from guides.figures.history import history_chart
from guides.figures.placeholders import wrong_placeholders
from guides.figures.rendering import FigureLookup
from guides.figures.staff.desk import expired_figures
from guides.models import FigureValue, PublishedVersion, TopicPage
from guides.versions.recording import update_pages_of_turning_figures
from tests.home.factories import make_home, publish

from .factories import guide_index, make_figure, make_guide, make_policy

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.mark.parametrize(
    "text",
    [
        "{figure:dibao@2025-02-30}",
        "{figure:dibao@2025-1-1}",
        "{figure: dibao}",
        "{figure:Dibao}",
        "{figure：dibao}",
        "｛figure:dibao｝",
        "{figure:dibao",
        "{figure:dibao_two}",
        "{figure:dibao@}",
        "{figure:}",
        "{figure:none}",
    ],
)
def test_marks_that_show_nothing_are_wrong(text):
    make_figure("dibao", ("2020-01-01", None, 1))
    assert wrong_placeholders(f"每月{text}元") != []


def test_good_marks_and_other_braces_are_not_wrong():
    make_figure("dibao", ("2020-01-01", None, 1))
    assert (
        wrong_placeholders('{"a": "{figure:dibao}，{figure:dibao@2020-12-31}", "figures": {}}')
        == []
    )


def test_a_wrong_mark_is_refused_in_the_form_of_a_page(client):
    topic = publish(make_home(), TopicPage(slug="topic", title="专题"))
    client.force_login(get_user_model().objects.create_superuser("chief"))
    sent = {
        "title": "每月{figure:dibao}",
        "slug": "topic",
        "summary": "自{figure:dibao@2025-02-30}起",
        "icon": "document",
        "section": "",
        "body": streamfield([]),
        "related": streamfield([]),
        "comments": inline_formset([]),
    }
    html = client.post(f"/admin/pages/{topic.pk}/edit/", nested_form_data(sent)).content.decode()
    assert "这些数据标记不对：" in html
    assert "{figure:dibao@2025-02-30}" in html
    assert "标题里不能放数据" in html


def test_a_changed_amount_is_a_version_of_each_page_that_shows_it(client, committed):
    figure = make_figure("dibao", ("2020-01-01", None, 650))
    shows = make_guide(slug="shows", fee="{figure:dibao}")
    policy = make_policy(summary="{figure:dibao}")
    make_guide(slug="other")
    before = timezone.now()
    with committed():
        value = figure.values.get()
        value.amount = Decimal(1080)
        figure.values.add(value, FigureValue(valid_from=DAY(2100, 1, 1), amount=2))
        figure.save()
    for page in (shows, policy):
        newest = PublishedVersion.objects.filter(page_id=page.pk).first()
        assert newest.number == 2
        assert newest.published_at >= before
    assert PublishedVersion.objects.count() == 5
    html = client.get("/guides/shows/changes/feed/").content.decode()
    assert "改动：收费。" in html


def test_a_value_that_begins_or_ends_by_the_calendar_is_a_version_too(monkeypatch):
    today = timezone.localdate()
    make_figure("begins", ("2020-01-01", None, 1), (today.isoformat(), None, 2))
    ended = (today - datetime.timedelta(days=1)).isoformat()
    make_figure("ends", ("2020-01-01", ended, 1))
    make_figure("stays", ("2020-01-01", None, 1))
    long_ago = today - datetime.timedelta(days=30)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *args: long_ago)
        for slug in ("begins", "ends", "stays"):
            make_guide(slug=f"page-{slug}", fee=f"{{figure:{slug}}}")
    assert PublishedVersion.objects.count() == 3
    update_pages_of_turning_figures()
    update_pages_of_turning_figures()
    assert PublishedVersion.objects.count() == 5
    assert ["收费", ["2元"]] in PublishedVersion.objects.get(
        number=2, page__slug="page-begins"
    ).content


def test_a_value_that_has_ended_stands_in_tables_with_its_end():
    make_figure("dibao", ("2020-01-01", "2025-12-31", 1080))
    lookup = FigureLookup()
    assert lookup.cell("dibao", None, "") == "1,080（2025年12月31日止，待更新）"
    assert lookup.cell("dibao", DAY(2026, 2, 1), "") == "–"


def test_a_page_on_another_day_says_so_and_leads_back(client):
    make_figure("dibao", ("2020-01-01", None, 650), ("2021-01-01", None, 1080))
    address = make_guide(fee="{figure:dibao}").url
    plain = client.get(address).content.decode()
    assert 'name="as-of"' in plain
    assert "不是今天的" not in plain
    old = client.get(f"{address}?as-of=2020-06-01").content.decode()
    assert "2020年6月1日的，不是今天的" in old
    assert ">650元<" in old
    assert f'href="{address}">看今天的数值' in old
    assert 'value="2020-06-01"' in old
    for bad in ("2020-02-30", "2020-06-01x", "<b>"):
        html = client.get(address, {"as-of": bad}).content.decode()
        assert "这样的日期" in html
        assert "<b>" not in html.split("<main")[1].split("</h1>")[0]
        assert ">1,080元<" in html
    assert 'name="as-of"' not in client.get(make_guide(slug="none").url).content.decode()
    before = client.get(f"{address}?as-of=2019-06-01").content.decode()
    assert "（2020年1月1日起才有数值）" in before


def test_all_figures_of_another_day(client):
    make_figure("dibao", ("2020-01-01", None, 650), ("2021-01-01", None, 1080))
    assert "下面是2020年6月1日的数值" in client.get("/figures/?as-of=2020-06-01").content.decode()
    assert "没有这样的日期" in client.get("/figures/?as-of=yesterday").content.decode()
    before = client.get("/figures/?as-of=2019-12-31").content.decode()
    assert "还没有数值" in before
    assert "已到期" not in before


def test_amounts_stand_in_summaries_of_lists_feeds_and_cards(client):
    make_figure("dibao", ("2020-01-01", None, 1080), is_sample=True)
    guide = make_guide(summary="每月{figure:dibao}。")
    make_policy(summary="每月{figure:dibao}。")
    for address in (guide_index().url, "/policies/", "/policies/feed/", guide.url):
        html = client.get(address).content.decode()
        assert "1,080元" in html
        assert "{figure" not in html
    assert "每月1,080元（示例）。" in client.get("/policies/feed/").content.decode()


def test_two_values_of_one_year_have_labels_of_their_own():
    figure = make_figure(
        "dibao",
        ("2019-01-01", None, 1),
        ("2020-01-01", None, 2),
        ("2020-07-01", None, 3),
        ("2020-07-15", None, 4),
    )
    chart = history_chart(figure, list(figure.values.all()))
    assert [bar.year for bar in chart.bars] == ["2019年", "2020.1", "2020.7.1", "2020.7.15"]


def test_a_chart_of_a_rule_keeps_its_caption(client):
    figure = make_figure("rule", ("2020-01-01", None, "不低于三成"))
    chart = {"figure": figure.pk, "caption": "历年规定"}
    guide = make_guide(body=[{"type": "figure_chart", "value": chart}])
    assert "历年规定" in client.get(guide.url).content.decode()


def test_a_goal_whose_year_is_over_waits_on_the_desk_behind_what_has_ended(client):
    goal = make_figure("goal", ("2025-12-31", None, 70))
    FigureValue.objects.filter(figure=goal).update(is_target=True)
    make_figure("real", ("2025-12-31", None, 70))
    make_figure("ended", ("2020-01-01", "2021-12-31", 650))
    chief = get_user_model().objects.create_superuser("chief")
    found = [(item.title, item.reason) for item in expired_figures(chief)]
    assert len(found) == 2
    assert "2021-12-31到期" in found[0][1]
    assert "2025年的目标已过" in found[1][1]
