"""What the result tells to do: the order, the first step, where, with what, and by which law."""

import re

import pytest

from guides.models import BenefitFinderPage, GuidePage, TopicPage
from home.models import ServicePlace
from home.service_places.mine import LOCAL_KINDS

from .households import FUNERAL, HOME_CARE, LONGEVITY, LOW, MEALS, RESCUE
from .test_households import answers, judged

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.one_engine,
]

DEATH = {"去世": "在广州火化", "逝者户籍": "广州户籍", "逝者困难": "是", "骨灰": "撒海"}

# what differs, guides that come first, in this order
URGENT = [
    (DEATH, ["funeral-subsidies", "sea-burial"]),
    ({"急难": "有"}, ["temporary-assistance"]),
    ({"流落": "有"}, ["rescue-station-help"]),
    ({}, ["longevity-allowance"]),
]


@pytest.mark.parametrize(("differs", "first"), URGENT)
def test_what_does_not_wait_comes_first(differs, first):
    slugs = [step.guide.slug for step in judged("72、45", 9000, differs).steps]
    assert slugs[: len(first)] == first
    assert "elder-meals" in slugs


# ages, what differs, material, (own name where it differs, quantity, guide) of each use
MATERIALS = [
    ("67", {}, "身份证", {("", "原件，1份", "elder-meals")}),
    (
        "72",
        {},
        "身份证、户口簿",
        {
            ("", "原件，1份", "longevity-allowance"),
            ("身份证", "原件，1份", "elder-meals"),
        },
    ),
    (
        "45",
        DEATH,
        "火化证明和收费发票",
        {
            ("", "原件，1份", "funeral-subsidies"),
            ("火化证明", "原件和复印件，1份", "sea-burial"),
        },
    ),
    (
        "45",
        DEATH,
        "逝者的户口簿",
        {
            ("逝者身份证或者户口簿", "原件和复印件，1份", "funeral-subsidies"),
            ("逝者的户口簿或者户籍证明", "原件和复印件，1份", "sea-burial"),
        },
    ),
    (
        "67",
        DEATH,
        "低保证等困难证件",
        {
            ("困难群众的证件", "原件和复印件，1份", "funeral-subsidies"),
            ("低保证、残疾人证等", "原件，1份", "elder-meals"),
        },
    ),
]


@pytest.mark.parametrize(("ages", "differs", "name", "uses"), MATERIALS)
def test_a_material_is_listed_once_with_form_and_copies(ages, differs, name, uses):
    materials = judged(ages, 9000, differs).materials
    [found] = [material for material in materials if material.name == name]
    titles = dict(GuidePage.objects.values_list("title", "slug"))
    assert {
        (use.name, use.quantity, titles[guide]) for use in found.uses for guide in use.guides
    } == uses


def result_page(client, ages: str, differs: dict) -> str:
    page = BenefitFinderPage.objects.get()
    return client.post(page.result_url, answers(ages, 9000, differs)).content.decode()


def test_the_step_says_what_is_issued_and_where_it_is_done(client):
    words = result_page(client, "45", DEATH)
    assert "<strong>取得死亡证明</strong>：在医院去世的" in words
    centre = ServicePlace.objects.get(slug="funeral-centre")
    assert f">{centre.name}</a>" in words
    assert centre.address in words
    assert "原件和复印件，1份" in words


def test_the_places_of_the_chosen_subdistrict_are_named(client):
    code = (
        ServicePlace.objects.public()
        .filter(kind="meals")
        .exclude(subdistrict_code="")
        .first()
        .subdistrict_code
    )
    kinds = {ServicePlace.Kind.HALL, ServicePlace.Kind.MEALS}
    assert kinds <= LOCAL_KINDS
    mine = ServicePlace.objects.public().filter(kind__in=kinds, subdistrict_code=code)
    assert {place.kind for place in mine} == kinds
    assert not any(place.address in result_page(client, "72", {}) for place in mine)
    client.cookies["subdistrict"] = code
    words = result_page(client, "72", {})
    assert all(place.name in words and place.address in words for place in mine)


# ages, what differs, life events that tell the rest
TOPICS = [
    ("45", DEATH, ["losing-a-relative"]),
    ("72", {}, ["growing-old"]),
    ("72", DEATH, ["losing-a-relative", "growing-old"]),
    ("45", {"仍有困难": "有"}, []),  # 慈善帮扶 is listed by other areas.
]


@pytest.mark.parametrize(("ages", "differs", "slugs"), TOPICS)
def test_life_events_tell_what_else_is_to_be_done(client, ages, differs, slugs):
    assert [topic.slug for topic in judged(ages, 9000, differs).topics] == slugs
    words = result_page(client, ages, differs)
    for topic in TopicPage.objects.filter(slug__in=slugs):
        assert f'href="{topic.url}"' in words


@pytest.mark.parametrize(
    "slug", ["minimum-living-allowance", "extreme-hardship-support", "temporary-assistance"]
)
def test_the_law_in_force_is_named_before_the_measures_it_replaces(slug):
    rows = judged("72", 500, {"急难": "有", "无人赡养": "有"}).rows
    for row in (row for row in rows if row.guide.slug == slug):
        laws = row.judgement.laws
        assert laws[0] == "社会救助法（2026年7月1日起施行）"
        assert laws[1].startswith("社会救助暂行办法第")
        assert len(laws) == len(set(laws))


# ages | income of the household | what differs | paid | services
KINDS = [
    # A widow of 67: meals and care at home pay her nothing.
    (
        "67",
        3200,
        {**DEATH, "逝者困难": "不是", "骨灰": "", "照顾": "独居"},
        {FUNERAL},
        {MEALS, HOME_CARE},
    ),
    ("82", 2500, {}, {LONGEVITY}, {MEALS, HOME_CARE}),
    ("40", 9000, {"流落": "有"}, set(), {RESCUE}),
]


@pytest.mark.parametrize(("ages", "income", "differs", "paid", "services"), KINDS)
def test_only_what_pays_is_counted(client, ages, income, differs, paid, services):
    result = judged(ages, income, differs)
    assert {row.name for row in result.paid} == paid
    assert {row.name for row in result.services} == services
    page = BenefitFinderPage.objects.get()
    words = client.post(page.result_url, answers(ages, income, differs)).content.decode()
    assert (f"很可能可以领{len(paid)}项" in words) == bool(paid)
    assert ("很可能可以领" in words) == bool(paid)
    assert "可以用的服务、可以办的认定" in words


# ages | income | what differs | guides in the order in which they are to be done
ORDERS = [
    (
        "82",
        1100,
        {"重残人数": "1"},
        ["minimum-living-allowance", "disability-allowances", "low-income-family"],
    ),
    ("82", 500, {"重残人数": "1"}, ["minimum-living-allowance", "disability-allowances"]),
    # Nothing is put before what does not wait.
    ("82", 1100, {"急难": "有"}, ["temporary-assistance", "minimum-living-allowance"]),
]


@pytest.mark.parametrize(("ages", "income", "differs", "order"), ORDERS)
def test_what_opens_or_replaces_another_comes_before_it(ages, income, differs, order):
    slugs = [step.guide.slug for step in judged(ages, income, differs).steps]
    assert [slug for slug in slugs if slug in order] == order


def test_an_order_that_runs_in_a_circle_still_ends():
    guide = GuidePage.objects.get(slug="minimum-living-allowance")
    guide.eligibility[0].value["after"] = LOW
    guide.save_revision().publish()
    slugs = [step.guide.slug for step in judged("82", 1100, {}).steps]
    assert {"minimum-living-allowance", "low-income-family"} <= set(slugs)
    assert len(slugs) == len(set(slugs))


def test_papers_of_what_is_only_asked_about_are_marked(client):
    differs = {**DEATH, "逝者困难": "不是", "骨灰": ""}
    materials = {each.name: each for each in judged("67", 3200, differs).materials}
    assert not materials["和逝者的关系证明"].is_sure
    assert not materials["和逝者的关系证明"].is_required
    assert materials["逝者的户口簿"].is_required
    words = result_page(client, "67", differs)
    assert '<strong>和逝者的关系证明</strong> <span class="tag">先问</span>' in words
    sure = judged("67", 3200, {**differs, "骨灰": "撒海"}).materials
    assert next(each for each in sure if each.name == "和逝者的关系证明").is_required


def test_the_number_that_answers_at_night_is_in_the_result(client):
    assert "接运遗体的电话24小时有人接听" in result_page(client, "67", DEATH)


def test_the_printed_result_names_the_address_of_the_questionnaire(client):
    page = BenefitFinderPage.objects.get()
    printed = re.search(r'print-only">[^<]*打印自 (\S+)</p>', result_page(client, "67", {}))[1]
    assert printed.endswith(page.url)
