"""Answers that do not fit together are asked about; nothing that was answered is lost."""

import pytest
from bs4 import BeautifulSoup

from guides.eligibility.answers import read
from guides.eligibility.checks import problems_of_contradictions
from guides.eligibility.contradictions import Contradiction, contradictions_in
from guides.eligibility.parsing import contradictions_from
from guides.eligibility.rules import ChoiceTest, Household
from guides.models import BenefitFinderPage

from .households import HOUSEHOLDS
from .test_households import answers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.one_engine,
]


def found(ages: str, differs: dict) -> list[str]:
    page = BenefitFinderPage.objects.get()
    household = read(page.questionnaire, answers(ages, 3000, differs)).household
    return contradictions_in(household, contradictions_from(page.contradictions))


# ages, what differs, a word of the question; empty where all fits
ASKED = [
    ("45", {"照顾": "需要人照顾"}, "没有满60岁"),
    ("59、12", {"照顾": "需要人照顾"}, "没有满60岁"),
    ("60", {"照顾": "需要人照顾"}, ""),
    ("72、70", {"照顾": "独居"}, "年龄却写了几个人"),
    ("72", {"照顾": "独居"}, ""),
    ("45", {"孩子人数": "1"}, "没有这样的孩子"),
    ("45、12", {"孩子": "父母都不能抚养", "孩子人数": "1"}, ""),
    ("45、18", {"孩子": "父母都不能抚养", "孩子人数": "1"}, "没有不满18岁"),
    ("45", {"工伤护理费": "有"}, "残疾人证"),
    ("45", {"工伤护理费": "有", "其他残疾人数": "1"}, ""),
    ("45", {"骨灰": "撒海"}, "没有亲人去世"),
    ("45", {"去世": "在广州火化", "骨灰": "撒海"}, ""),
    ("15、12", {}, "都不满18岁"),
]


@pytest.mark.parametrize(("ages", "differs", "words"), ASKED)
def test_what_does_not_fit_is_asked(ages, differs, words):
    asked = found(ages, differs)
    assert len(asked) == (1 if words else 0), asked
    assert words in "".join(asked)


def test_households_as_they_are_are_not_asked():
    asked = {(ages, str(differs)): found(ages, differs) for ages, _, differs, *_ in HOUSEHOLDS}
    only_children = "都不满18岁"
    assert {key for key, words in asked.items() if words and only_children not in words[0]} == set()


def test_no_rule_speaks_of_a_question_that_is_not_asked():
    page = BenefitFinderPage.objects.get()
    rules = contradictions_from(page.contradictions)
    assert problems_of_contradictions(rules, page.questionnaire) == []
    wrong = [Contradiction("x", (ChoiceTest("没有的", ("有",)),))]
    assert "没有这个代码" in problems_of_contradictions(wrong, page.questionnaire)[0]


def test_an_open_question_contradicts_nothing():
    rule = Contradiction("x", (ChoiceTest("甲", ("有",)),), (ChoiceTest("乙", ("有",)),))
    assert contradictions_in(Household({"甲": "有"}), [rule]) == []
    assert contradictions_in(Household({"甲": "有", "乙": "没有"}), [rule]) == ["x"]


def test_the_form_comes_back_filled_in_and_can_be_sent_as_it_is(client):
    page = BenefitFinderPage.objects.get()
    given = answers("45", 3000, {"照顾": "独居", "孩子人数": "1"})
    shown = client.post(page.result_url, given)
    assert shown.status_code == 422
    form = BeautifulSoup(shown.text, "html.parser")
    assert len(form.select("[role=alert] li")) == 2
    assert form.select_one("[name=q-年龄]")["value"] == "45"
    assert form.select_one("[name=q-照顾][checked]")["value"] == "独居"
    kept = {"checked": [each["value"] for each in form.select("[name=checked]")]}
    # Another press on the first button asks again; the other one shows the result.
    assert client.post(page.result_url, given | kept).status_code == 422
    confirmed = kept | {"is_checked": "1"}
    assert client.post(page.result_url, given | confirmed).status_code == 200
    # What is wrong since then is asked about all the same.
    given["q-工伤护理费"] = "有"
    assert client.post(page.result_url, given | confirmed).status_code == 422
