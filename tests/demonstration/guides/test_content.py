"""What the demonstration tells: something of substance for every area of the plan."""

import datetime

import pytest

from guides.models import Figure, FigureUse, GuidePage, PolicyPage, PolicyState

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def test_every_guide_tells_the_steps_the_limits_and_answers_questions(demonstration):
    # The English ones take most of this from the Chinese.
    guides = GuidePage.objects.live().filter(locale__language_code="zh-hans")
    assert len(guides) > 25
    for guide in guides:
        assert len(guide.steps) >= 4, guide
        assert len(guide.faq) >= 4, guide
        assert guide.materials or guide.no_materials, guide
        assert guide.statutory_limit, guide
        assert guide.sample_note, guide


def test_every_figure_is_shown_where_its_area_is_explained(demonstration):
    plan = PolicyPage.objects.get(slug="five-year-plan")
    used = FigureUse.objects.exclude(page_id=plan.pk).values("figure")
    assert list(Figure.objects.exclude(pk__in=used).values_list("slug", flat=True)) == []


def test_a_source_leads_only_to_the_policy_that_it_names(demonstration):
    for figure in Figure.objects.exclude(source_page=None):
        named = figure.source_page.title.partition("（")[0].replace("海珠区", "")
        assert named.replace("广州市", "") in figure.source.replace("广州市海珠区", ""), figure
    assert Figure.objects.get(slug="longevity-70").source_page is None


def test_policies_show_what_they_replace_and_what_has_ended(demonstration, client):
    old = PolicyPage.objects.get(slug="marriage-registration-regulations-2003")
    assert old.state_on(datetime.date(2025, 5, 9)) == PolicyState.IN_FORCE
    assert old.state_on(datetime.date(2025, 5, 10)) == PolicyState.ENDED
    html = client.get("/policies/marriage-registration-regulations/").content.decode()
    assert f'<a href="{old.url}">{old.title}</a>' in html
    plan = client.get("/policies/five-year-plan/").content.decode()
    assert "规划的21项指标（表格）" in plan
