"""What the demonstration tells: something of substance for every area of the plan."""

import datetime

from guides.models import Figure, FigureUse, GuidePage, PolicyPage, TopicPage
from guides.models.policies import PolicyState
from home.models import SectionPage


def test_every_area_has_a_full_guide_and_every_guide_answers_questions(demonstration):
    guides = list(GuidePage.objects.live().select_related("section"))
    areas = SectionPage.objects.filter(is_area=True)
    assert areas.count() == 12
    assert {guide.section_id for guide in guides} == set(areas.values_list("pk", flat=True))
    assert len(guides) >= 20
    for guide in guides:
        assert len(guide.steps) >= 4, guide
        assert len(guide.faq) >= 4, guide
        assert guide.materials or guide.no_materials, guide
        assert guide.statutory_limit and guide.promised_limit and guide.sample_note, guide
    assert TopicPage.objects.live().count() >= 6


def test_every_figure_is_shown_where_its_area_is_explained(demonstration):
    plan = PolicyPage.objects.get(slug="five-year-plan")
    used = FigureUse.objects.exclude(page_id=plan.pk).values("figure")
    assert list(Figure.objects.exclude(pk__in=used).values_list("slug", flat=True)) == []


def test_policies_show_what_they_replace_and_what_has_ended(demonstration, client):
    old = PolicyPage.objects.get(slug="marriage-registration-regulations-2003")
    assert old.state_on(datetime.date(2025, 5, 9)) == PolicyState.IN_FORCE
    assert old.state_on(datetime.date(2025, 5, 10)) == PolicyState.ENDED
    html = client.get("/policies/marriage-registration-regulations/").content.decode()
    assert f'<a href="{old.url}">{old.title}</a>' in html
    plan = client.get("/policies/five-year-plan/").content.decode()
    assert "规划的21项指标（表格）" in plan
