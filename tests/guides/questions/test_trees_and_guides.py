"""What a question tree of the demonstration ends in agrees with the guides of the same matter."""

from itertools import product

import pytest

from guides.benefit_finder.result import judge
from guides.eligibility.rules import Household, Verdict
from guides.figures.rendering import FigureLookup
from guides.models import BenefitFinderPage, GuidePage, QuestionTreePage
from guides.pages.materials import materials_of
from guides.questions.evaluation import evaluate
from guides.questions.paths import Paths

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.one_engine,
]


def ends() -> list[tuple]:
    """(tree, outcome, guides that it leads to) of every outcome that leads to a guide."""
    guides = {guide.url: guide for guide in GuidePage.objects.live()}
    found = []
    for tree in QuestionTreePage.objects.live():
        for outcome in tree.tree.outcomes:
            linked = [guides[s.get_url()] for s in outcome.next_steps if s.get_url() in guides]
            if linked:
                found.append((tree, outcome, linked))
    return found


def names_of(material) -> set[str]:
    return {material.name, material.shared_name} - {""}


def test_each_end_asks_for_what_its_guides_ask_for():
    wrong = []
    for tree, outcome, guides in ends():
        ways = Paths(tree.tree, set(outcome.conditions())).held[outcome.code]
        known = set().union(*(names_of(m) for guide in guides for m in materials_of(guide)))
        for given in ways:
            listed = {m.name for m in outcome.materials if given.issuperset(m.conditions)}
            wrong += [
                f"{outcome.code}: no {material.name}"
                for guide in guides
                for material in materials_of(guide)
                if material.is_required and not names_of(material) & listed
            ]
            wrong += [f"{outcome.code}: {name} is of no guide" for name in listed - known]
    assert len(ends()) >= 6
    assert wrong == []


def test_each_end_sends_to_the_places_of_its_guides():
    wrong = []
    for _tree, outcome, guides in ends():
        named = {place.pk for place in outcome.places}
        of_guides = [{place.pk for place in guide.public_places} for guide in guides]
        kinds = [{place.kind for place in guide.public_places} for guide in guides]
        if named - set().union(*of_guides):
            wrong.append(f"{outcome.code}: a place that no guide names")
        wrong += [
            f"{outcome.code}: nowhere for {guide.title}"
            for guide, places, local in zip(guides, of_guides, kinds, strict=True)
            if not named & places and outcome.local_kind not in local
        ]
    assert wrong == []


SEA = {
    "火化证明和收费发票",
    "和逝者的关系证明",
    "逝者的户口簿或者户籍证明",
    "办理人的银行卡",
    "办理人的身份证",
}


@pytest.mark.parametrize("code", ["本市撒海", "外地撒海"])
def test_whoever_gets_the_reward_is_told_the_papers_for_it(code):
    tree = QuestionTreePage.objects.get(slug="funeral-subsidies").tree
    outcome = tree.node(code)
    assert {m.name for m in outcome.materials} >= SEA
    assert "示例殡葬服务中心" in {place.name for place in outcome.places}
    assert any(amount.figure == "sea-burial-reward" for amount in outcome.amounts)


HERE, ELSEWHERE = "在广州火化", "在外地火化，不到三个月"
RESIDENT, VISITOR = "广州市户籍", "不是广州市户籍，在广州去世并在广州火化"
OTHER = "不是广州市户籍，其他情况"
# The answers to the tree on household and cremation; the same in 政策找人; what both say to those
# who are not in hardship, and to those who are. Hardship is a condition of its own in the guide.
DEATHS = [
    (RESIDENT, HERE, "广州户籍", HERE, Verdict.YES, Verdict.YES),
    (RESIDENT, ELSEWHERE, "广州户籍", ELSEWHERE, Verdict.YES, Verdict.YES),
    (VISITOR, HERE, "不是广州户籍，在广州去世", HERE, Verdict.YES, Verdict.YES),
    (OTHER, "", "不是广州户籍，在广州去世", ELSEWHERE, Verdict.NO, Verdict.DEPENDS),
    (OTHER, "", "其他", HERE, Verdict.NO, Verdict.DEPENDS),
    (OTHER, "", "其他", ELSEWHERE, Verdict.NO, Verdict.DEPENDS),
]
SAID = {"不减免": Verdict.NO, "先问": Verdict.DEPENDS}


def tree_says(household: str, poor: bool, cremated: str, today) -> Verdict:
    tree = QuestionTreePage.objects.get(slug="funeral-subsidies").tree
    died = today.isoformat()
    answers = [died, household, "是" if poor else "不是"]
    if household == RESIDENT and cremated == HERE:
        answers += ["在广州的殡仪馆", "还没定"]
    elif household == RESIDENT:
        answers += ["在其他城市的殡仪馆", died, "还没定"]
    reached = evaluate(tree, answers, today)
    assert reached.outcome, reached.question
    return SAID.get(reached.outcome.code, Verdict.YES)


@pytest.mark.parametrize(("row", "poor"), list(product(DEATHS, [False, True])))
def test_tree_and_questionnaire_admit_the_same_deaths(row, poor):
    household, cremated, of_dead, of_death, if_not_poor, if_poor = row
    lookup = FigureLookup()
    expected = if_poor if poor else if_not_poor
    assert tree_says(household, poor, cremated, lookup.day) == expected
    chosen = {"去世": of_death, "逝者户籍": of_dead, "逝者困难": "是" if poor else "不是"}
    rows = judge(BenefitFinderPage.guides(), Household(chosen, {}), lookup).rows
    [found] = [row for row in rows if row.name == "殡葬基本项目减免"]
    assert found.judgement.verdict == expected
