"""Figures, guides and policies as programs read them."""

import datetime

import pytest
from wagtail.models import PageViewRestriction

from home.models import SectionPage
from tests.guides.factories import make_figure, make_guide, make_policy
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"


def test_a_figure_has_its_value_on_a_day_and_its_source(client):
    make_figure("dibao", ("2020-01-01", None, 1080), ("2016-01-01", None, 650), source="十四五规划")
    make_figure("hidden", live=False)
    answer = client.get(ROOT + "figures", {"as_of": "2018-05-01"}).json()
    assert (answer["total"], answer["as_of"]) == (1, "2018-05-01")
    [figure] = answer["items"]
    assert (figure["value"]["amount"], figure["value"]["shown"]) == (650.0, "650元")
    assert (figure["source"], figure["is_sample"]) == ("十四五规划", False)
    detail = client.get(ROOT + "figures/dibao").json()
    assert [value["valid_from"] for value in detail["values"]] == ["2016-01-01", "2020-01-01"]
    assert detail["value"]["amount"] == 1080.0
    assert client.get(ROOT + "figures", {"as_of": "1990-01-01"}).json()["items"][0]["value"] is None


def test_a_guide_has_its_elements_with_figures_filled_in(client):
    make_figure("dibao", ("2020-01-01", None, 1080))
    make_guide(slug="hun", title="结婚登记", fee="{figure:dibao}", by_internet=True)
    detail = client.get(ROOT + "guides/hun").json()
    assert (detail["title"], detail["fee"]) == ("结婚登记", "1,080元")
    assert detail["conditions"] == "年满18周岁"
    assert detail["materials"][0]["name"] == "身份证"
    assert detail["materials"][0]["form"] == "原件"
    assert detail["steps"] == [{"title": "申请", "text": "到窗口", "time": ""}]
    assert detail["ways"] == ["internet", "counter"]
    assert detail["address"].endswith("/guides/hun/")


def test_a_policy_has_its_state(client):
    make_policy(slug="old", ends_on=datetime.date(2000, 1, 1), issued_on=datetime.date(1990, 1, 1))
    make_policy(slug="new", issued_on=datetime.date(1990, 1, 1))
    found = client.get(ROOT + "policies", {"state": "ended"}).json()
    assert [policy["slug"] for policy in found["items"]] == ["old"]
    assert client.get(ROOT + "policies/new").json()["state"] == "in_force"


def test_pages_start_after_a_record(client):
    for number in range(3):
        make_guide(slug=f"g{number}", title=f"事项{number}")
    first = client.get(ROOT + "guides", {"limit": 2}).json()
    assert (first["total"], len(first["items"])) == (3, 2)
    second = client.get(first["next"]).json()
    assert [each["slug"] for each in second["items"]] == ["g2"]
    assert second["next"] is None


def test_what_the_public_may_not_read_is_not_there(client):
    draft = make_guide(slug="draft")
    draft.unpublish()
    secret = make_guide(slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert client.get(ROOT + "guides").json()["items"] == []
    for slug in ("draft", "secret", "none"):
        answer = client.get(ROOT + "guides/" + slug)
        assert (answer.status_code, answer.headers["Content-Type"]) == (
            404,
            "application/problem+json",
        )


@pytest.mark.parametrize(
    "path",
    ["figures?as_of=x", "figures?as_of=0", "guides?limit=0", "guides?after=-1", "guides?way=fly", "policies?state=x",
     "policies?after=99999999999999999999", "figures?area=x", "guides?section=x", "policies?section=x"],
)  # fmt: skip
def test_wrong_parameters_are_told(client, path):
    answer = client.get(ROOT + path)
    assert answer.status_code == 422
    assert answer.json()["parameter"] in path


def test_a_value_that_there_is_not_is_refused_with_those_there_are(client):
    make_figure("dibao", ("2020-01-01", None, 1080), area="社会救助")
    make_figure("hidden", area="内部", live=False)
    section = publish(make_home(), SectionPage(title="社会救助", slug="assistance", is_area=True))
    make_guide(section=section)
    for path, known in (
        ("figures?area=x", "社会救助"),
        ("guides?section=x", section.slug),
        ("policies?section=x", section.slug),
        ("guides?way=fly", "internet, counter, post"),
        ("policies?state=x", "coming, in_force, ended"),
    ):
        told = client.get(ROOT + path).json()
        assert known in told["detail_zh"]
        assert known in told["detail_en"]
        assert "内部" not in told["detail"]
    assert client.get(ROOT + "figures?area=社会救助").json()["total"] == 1
    assert client.get(ROOT + f"guides?section={section.slug}").json()["total"] == 1
