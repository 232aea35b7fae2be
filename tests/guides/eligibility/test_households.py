"""40 and more invented households run through the rules of the demonstration."""

import pytest
from django.urls import reverse

from guides.benefit_finder.result import judge
from guides.eligibility.answers import read
from guides.eligibility.checks import problems_of_questions, problems_of_rules
from guides.eligibility.parsing import benefits_from
from guides.figures.rendering import FigureLookup
from guides.models import BenefitFinderPage, Figure, GuidePage

from .households import BASE, CARE, DIBAO, HOUSEHOLDS, LONGEVITY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.one_engine,
]


def answers(ages: str, income: int, differs: dict) -> dict[str, str]:
    given = {**BASE, "年龄": ages, "收入": str(income), **differs}
    return {f"q-{code}": answer for code, answer in given.items()}


def judged(ages: str, income: int, differs: dict):
    page = BenefitFinderPage.objects.get()
    given = read(page.questionnaire, answers(ages, income, differs))
    assert given.errors == {}
    return judge(page.guides(), given.household, FigureLookup())


def difference(row) -> str:
    """What is wrong with the result of a row; empty where all is right."""
    ages, income, differs, got, depends, amounts = row
    result = judged(ages, income, differs)
    found = {each.name: " ".join(line.shown for line in each.lines) for each in result.rows}
    wrong = []
    if (is_got := {each.name for each in result.got}) != got:
        wrong.append(f"got {is_got}, not {got}")
    if (is_open := {each.name for each in result.open}) != depends:
        wrong.append(f"open {is_open}, not {depends}")
    wrong += [
        f"{name}: {found[name]}, not {amount}"
        for name, amount in amounts.items()
        if found[name] != amount
    ]
    return "; ".join(wrong)


def test_every_household_gets_what_was_worked_out_by_hand():
    assert len(HOUSEHOLDS) >= 40
    wrong = {
        f"{number}: {row[0]}, {row[1]}, {row[2]}": found
        for number, row in enumerate(HOUSEHOLDS, 1)
        if (found := difference(row))
    }
    assert wrong == {}


def test_rules_and_questionnaire_fit_together():
    page = BenefitFinderPage.objects.get()
    assert problems_of_questions(page.questionnaire) == []
    for guide in page.guides():
        assert problems_of_rules(benefits_from(guide.eligibility), page.questionnaire) == []


def test_a_rule_for_an_answer_that_is_not_offered_is_told():
    page = BenefitFinderPage.objects.get()
    without = tuple(each for each in page.questionnaire if each.code != "认定")
    guide = GuidePage.objects.get(slug="minimum-living-allowance")
    assert any(
        "认定" in each for each in problems_of_rules(benefits_from(guide.eligibility), without)
    )


def test_a_benefit_that_waits_for_none_that_exists_is_told():
    page = BenefitFinderPage.objects.get()
    guide = GuidePage.objects.get(slug="low-income-family")
    assert page.problems_of(guide) == []
    guide.eligibility[0].value["after"] = "低保金"
    assert page.problems_of(guide) == ["“低收入困难家庭”要先问“低保金”，但没有叫这个名称的待遇。"]


def test_every_rule_names_its_article_or_guide():
    for guide in BenefitFinderPage.guides():
        for benefit in benefits_from(guide.eligibility):
            assert benefit.requirements
            assert all(each.law and each.words for each in benefit.requirements)


def test_a_new_standard_decides_what_was_open():
    assert DIBAO in {row.name for row in judged("45、43、12", 3240, {}).open}
    figure = Figure.objects.get(slug="dibao-standard")
    figure.review_due = None
    figure.values.create(valid_from="2026-01-01", amount=1300)
    figure.save()
    assert DIBAO in {row.name for row in judged("45、43、12", 3240, {}).got}


def test_materials_are_one_list_without_doubles():
    result = judged("72", 500, {"重残人数": "1", "认定": "低收入", "急难": "有"})
    assert len(result.got) >= 4
    names = [material.name for material in result.materials]
    assert len(names) == len(set(names))
    assert names.count("身份证、户口簿") == 1
    papers = next(each for each in result.materials if each.name == "身份证、户口簿")
    assert sum(len(use.guides) for use in papers.uses) >= 3


def test_the_steps_stand_in_order_what_is_sure_first():
    steps = judged("72", 500, {"重残人数": "1"}).steps
    assert [step.is_sure for step in steps] == sorted((s.is_sure for s in steps), reverse=True)


def test_the_form_answers_without_scripts_and_keeps_nothing(client):
    page = BenefitFinderPage.objects.get()
    assert page.url == "/guides/questions/benefits/"
    form = client.get(page.url).content.decode()
    assert f'action="{page.result_url}"' in form
    assert 'method="post"' in form
    answer = client.post(page.result_url, answers("72", 4000, {"重残人数": "1"}))
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "很可能可以领2项" in words
    assert LONGEVITY in words
    assert "30元/月" in words
    assert CARE in words
    assert "国发〔2015〕52号" in words
    assert "已过复核日期" in words
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert 'value="72"' in words  # To be changed, not typed again.
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("q-年龄", "", "请回答这一题"),
        ("q-年龄", "七十二", "不是数字"),
        ("q-年龄", "72、200", "不能超过130"),
        ("q-年龄", "、".join(["9"] * 16), "最多写15个"),
        ("q-收入", "三千", "不是数字"),
        ("q-收入", "-5", "不是数字"),
        ("q-收入", "800 900", "不是数字"),
        ("q-收入", "800，900", "不是数字"),
        ("q-收入", "8009,00", "不是数字"),
        ("q-重残人数", "1 1", "不是数字"),
        ("q-重残人数", "15", "前面家里一共1人"),
        ("q-重残人数", "0.5", "人数请写整数"),
        ("q-收入", "99999999999", "不是数字"),
        ("q-户籍", "火星", "请选择一个回答"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_lost(client, field, typed, told):
    page = BenefitFinderPage.objects.get()
    answer = client.post(page.result_url, answers("66", 1500, {}) | {field: typed})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert told in words
    assert 'value="1500"' in words or field == "q-收入"
    assert "很可能" not in words


def test_people_of_one_heading_are_no_more_than_the_household_together():
    page = BenefitFinderPage.objects.get()
    typed = {"q-重残人数": "2", "q-其他残疾人数": "2", "q-孩子人数": "2"}
    given = read(page.questionnaire, answers("72、45、10", 3000, {}) | typed)
    told = "写了2人，和前面的合起来4人，但前面家里一共3人，请核对。"
    assert given.errors == {"其他残疾人数": told}


@pytest.mark.parametrize(
    "typed", ["72、45、10", "72，45，10", "72岁 45岁 10岁", "７２,45;10", "72和45和10"]
)
def test_ages_are_read_as_people_write_them(typed):
    page = BenefitFinderPage.objects.get()
    given = read(page.questionnaire, answers(typed, 3000, {}))
    assert [int(age) for age in given.household.numbers["年龄"]] == [72, 45, 10]


@pytest.mark.parametrize("typed", ["3000", "3,000", "3000元", "３０００ 元"])
def test_an_income_is_read_as_people_write_it(typed):
    page = BenefitFinderPage.objects.get()
    given = read(page.questionnaire, answers("30", 0, {"收入": typed}))
    assert given.household.numbers["收入"] == (3000,)


def test_the_result_has_no_address_of_its_own(client):
    page = BenefitFinderPage.objects.get()
    answer = client.get(reverse("guides:benefits", args=[page.slug]) + "?q-年龄=72")
    assert answer.status_code == 302
    assert answer["Location"] == page.url


def test_a_guide_with_rules_leads_to_the_questionnaire(client):
    guide = GuidePage.objects.get(slug="longevity-allowance")
    assert "/guides/questions/benefits/" in client.get(guide.url).content.decode()
    assert "/guides/questions/benefits/" in client.get("/guides/questions/").content.decode()
