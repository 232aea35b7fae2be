"""The rules of question trees, without a database."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.questions.checks import problems
from guides.questions.drawing import draw
from guides.questions.evaluation import evaluate
from guides.questions.result import work_out
from guides.questions.tree import (
    Amount,
    Branch,
    Condition,
    DateBranch,
    Material,
    Option,
    Outcome,
    Question,
    Tree,
)

TODAY = date(2026, 11, 23)
POOR = Condition("困难", "是")


def choice(code, *options, **more):
    made = tuple(Option(label, target) for label, target in options)
    return Question(code, f"{code}？", options=made, **more)


TREE = Tree(
    (
        Question("日期", "哪一天？", is_date=True, target="困难"),
        choice("困难", ("是", "地点"), ("不是", "地点")),
        Question(
            "地点",
            "在哪里？",
            options=(
                Option("本市", "给", branches=(Branch((POOR,), "多给"),)),
                Option("外地", "不给"),
            ),
        ),
    ),
    (
        Outcome("给", "给", amounts=(Amount("a"), Amount("b", times=Decimal(5)))),
        Outcome("多给", "多给", materials=(Material("证明", "", (POOR,)), Material("身份证"))),
        Outcome("不给", "不给"),
    ),
)


@dataclass
class FakeFigure:
    name: str
    unit: str = "元"
    source: str = "某文件"
    is_sample: bool = True
    review_due: date = date(2025, 11, 30)

    def is_review_due(self, day):
        return self.review_due < day

    def get_absolute_url(self):
        return f"/figures/{self.name}/"


@dataclass
class FakeValue:
    amount: Decimal | None
    figure: FakeFigure

    def shown(self):
        return f"{self.amount}{self.figure.unit}"


def values(slug, day):
    if day < date(2024, 1, 1):
        return None
    unit = "元/年" if slug == "b" else "元"
    return FakeValue(Decimal("70.5"), FakeFigure(slug, unit))


def test_answers_lead_to_the_outcome_and_a_condition_changes_it():
    plain = evaluate(TREE, ["2025-01-02", "不是", "本市"], TODAY)
    assert plain.outcome.code == "给"
    assert plain.day == date(2025, 1, 2)
    poor = evaluate(TREE, ["2025-01-02", "是", "本市"], TODAY)
    assert poor.outcome.code == "多给"
    assert [m.name for m in work_out(poor, values, TODAY).materials] == ["证明", "身份证"]


def test_unfinished_answers_stop_at_the_next_question():
    assert evaluate(TREE, [], TODAY).question.code == "日期"
    assert evaluate(TREE, ["2025-01-02"], TODAY).question.code == "困难"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "请输入日期"),
        ("2025-02-30", "2025年2月没有30日"),
        ("2026-W45-1", "没有认出这个日期"),
        ("1899-12-31", "1900年以后"),
        ("2026-11-24", "不能晚于今天"),
    ],
)
def test_odd_dates_are_refused_in_words(answer, words):
    assert words in evaluate(TREE, [answer], TODAY).refused


@pytest.mark.parametrize("answer", ["2025/1/2", "20250102", "２０２５-01-02", "2025年1月2日"])
def test_dates_are_read_as_people_write_them(answer):
    assert evaluate(TREE, [answer], TODAY).answers == ["2025-01-02"]


def test_an_answer_that_is_no_option_is_refused_and_the_rest_ignored():
    gone = evaluate(TREE, ["2025-01-02", "也许", "本市"], TODAY)
    assert gone.question.code == "困难"
    assert gone.refused
    assert gone.answers == ["2025-01-02"]


@pytest.mark.parametrize(
    ("branch", "given_day", "target"),
    [
        (DateBranch("before", "甲", day=date(2025, 1, 1)), "2024-12-31", "甲"),
        (DateBranch("before", "甲", day=date(2025, 1, 1)), "2025-01-01", "乙"),
        (DateBranch("from", "甲", day=date(2025, 1, 1)), "2025-01-01", "甲"),
        (DateBranch("older", "甲", days=92), "2026-08-23", "乙"),
        (DateBranch("older", "甲", days=92), "2026-08-22", "甲"),
        (DateBranch("within", "甲", days=92), "2026-08-23", "甲"),
        (DateBranch("older", "甲", months=3), "2026-08-23", "乙"),
        (DateBranch("older", "甲", months=3), "2026-08-22", "甲"),
        (DateBranch("within", "甲", months=9), "2026-02-23", "甲"),
        (DateBranch("within", "甲", months=9), "2026-02-22", "乙"),
        # Both days and months: not said, so never.
        (DateBranch("older", "甲", days=1, months=1), "2020-01-01", "乙"),
    ],
)
def test_dates_choose_the_way(branch, given_day, target):
    question = Question("日", "？", is_date=True, target="乙", date_branches=(branch,))
    tree = Tree((question,), (Outcome("甲", "甲"), Outcome("乙", "乙")))
    assert evaluate(tree, [given_day], TODAY).outcome.code == target


def test_amounts_are_those_of_the_day_and_their_sum():
    result = work_out(evaluate(TREE, ["2025-01-02", "不是", "本市"], TODAY), values, TODAY)
    assert [line.sum for line in result.lines] == [Decimal("70.50"), Decimal("352.50")]
    assert (result.total, result.unit) == (Decimal("423.00"), "元")
    assert result.is_sample


@pytest.mark.parametrize(
    ("died", "is_due"), [("2024-06-01", False), ("2025-11-30", False), ("2025-12-01", True)]
)
def test_an_amount_past_its_review_date_says_so(died, is_due):
    result = work_out(evaluate(TREE, [died, "不是", "本市"], TODAY), values, TODAY)
    assert result.is_due is is_due
    assert [line.is_due for line in result.lines] == [is_due, is_due]


def test_months_that_end_in_a_shorter_one_end_on_its_last_day():
    three = DateBranch("older", "甲", months=3)
    assert not three.holds(date(2025, 11, 30), date(2026, 2, 28))
    assert three.holds(date(2025, 11, 30), date(2026, 3, 1))


@pytest.mark.parametrize("branch", [{"days": 36500}, {"months": 1200}])
def test_a_date_too_far_ahead_to_count_on_from_is_refused_in_words(branch):
    ahead = Question(
        "日期",
        "哪一天？",
        is_date=True,
        target="结果",
        allows_future=True,
        date_branches=(DateBranch("older", "结果", **branch),),
    )
    gone = evaluate(Tree((ahead,), (Outcome("结果", "好"),)), ["9999-12-31"], TODAY)
    assert "2100年以前" in gone.refused


def test_a_date_before_the_one_it_follows_is_refused_in_words():
    first = Question("去世", "哪天去世？", is_date=True, target="火化")
    second = Question("火化", "哪天火化？", is_date=True, target="终", not_before="去世")
    tree = Tree((first, second), END)
    assert problems(tree) == []
    gone = evaluate(tree, ["2026-03-05", "2026-03-04"], TODAY)
    assert "不能早于前面回答的2026年3月5日（哪天去世？）" in gone.refused
    assert evaluate(tree, ["2026-03-05", "2026-03-05"], TODAY).outcome.code == "终"
    assert "没有这个日期题" in found(replace(first, target="终", not_before="终"))
    assert "不会问它" in found(replace(first, not_before="火化"), replace(second, not_before=""))


def test_an_amount_keeps_its_name_where_no_number_is_registered():
    amounts = (Amount("a", "接运"), Amount("b", "火化"))
    tree = Tree(
        (Question("日", "？", is_date=True, target="给"),), (Outcome("给", "给", amounts=amounts),)
    )
    result = work_out(evaluate(tree, ["2020-01-02"], TODAY), values, TODAY)
    assert [line.label for line in result.lines] == ["接运", "火化"]


def test_what_is_paid_apart_is_not_in_the_sum():
    amounts = (Amount("a", "甲"), Amount("a", "乙"), Amount("a", "另发", is_apart=True))
    tree = Tree((choice("问", ("是", "给")),), (Outcome("给", "给", amounts=amounts),))
    assert work_out(evaluate(tree, ["是"], TODAY), values, TODAY).total == Decimal("141.00")


def test_no_sum_is_given_where_one_amount_is_unknown():
    result = work_out(evaluate(TREE, ["2020-01-02", "不是", "本市"], TODAY), values, TODAY)
    assert result.total is None
    assert "没有登记数值" in result.lines[0].shown


def test_a_sound_tree_has_no_problems():
    assert problems(TREE) == []


END = (Outcome("终", "终"),)


def found(*questions, outcomes=END):
    return "\n".join(problems(Tree(tuple(questions), outcomes)))


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        ([], "还没有题目"),
        ([choice("甲")], "题目“甲”没有选项"),
        ([choice("甲", ("是", ""))], "没有写接着到哪里"),
        ([choice("甲", ("是", "丙"))], "没有这个代码的题目或结果"),
        ([choice("甲", ("是", "甲"))], "题目绕成了圈：甲 → 甲"),
        ([choice("甲", ("是", "乙"), ("否", "终")), choice("乙", ("是", "甲"))], "甲 → 乙 → 甲"),
        ([choice("甲", ("是", "终")), choice("乙", ("是", "终"))], "题目“乙”走不到"),
        ([choice("甲", ("是", "终")), choice("甲", ("是", "终"))], "代码“甲”用了2次"),
        ([choice("甲", ("是", "终"), ("是", "终"))], "2个相同的选项“是”"),
        (
            [
                Question(
                    "甲",
                    "？",
                    is_date=True,
                    target="终",
                    date_branches=(DateBranch("older", "终"),),
                )
            ],
            "没有填日期，或者天数和月数",
        ),
    ],
)
def test_what_would_leave_a_citizen_stuck_is_found(questions, words):
    assert words in found(*questions)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("无", "是"), "没有这个题目"),
        (Condition("甲", "也许"), "那里没有这个选项"),
        (Condition("乙", "是"), "乙为“是”）永远不成立"),
        (Condition("甲", "否"), "甲为“否”）永远不成立"),
    ],
)
def test_conditions_that_cannot_hold_are_found(condition, words):
    outcome = Outcome("终", "终", materials=(Material("证", "", (condition,)),))
    other = Outcome("别", "别")
    tree = Tree(
        (choice("甲", ("是", "终"), ("否", "乙")), choice("乙", ("是", "别"))), (outcome, other)
    )
    assert words in "\n".join(problems(tree))


def test_an_amount_without_figure_and_an_outcome_nobody_reaches_are_found():
    lost = Outcome("丢", "丢", amounts=(Amount(""),))
    words = found(choice("甲", ("是", "终")), outcomes=(Outcome("终", "终"), lost))
    assert "结果“丢”走不到" in words
    assert "没有选数据" in words


def test_the_drawing_shows_each_node_once_under_the_answers_that_lead_to_it():
    assert [box and (box.code, box.kind, box.answers) for box in draw(TREE)] == [
        ("日期", "question", ()),
        ("困难", "question", ("任何日期",)),
        ("地点", "question", ("是", "不是")),
        ("给", "outcome", ("本市",)),
        ("多给", "outcome", ("本市（困难为“是”）",)),
        ("不给", "outcome", ("外地",)),
        None,
        None,
        None,
    ]


def test_the_drawing_tells_what_leads_nowhere_and_what_leads_back():
    first = choice("甲", ("是", "乙"), ("否", "无"), ("也许", "终"))
    second = choice("乙", ("是", "甲"), ("否", "终"))
    boxes = draw(Tree((first, second, choice("丙", ("是", "终"))), END))
    assert [(box.code, box.kind) for box in boxes if box] == [
        ("甲", "question"),
        ("乙", "question"),
        ("甲", "loop"),
        ("终", "outcome"),
        ("无", "missing"),
        ("终", "again"),
        ("丙", "lost"),
        ("终", "again"),
    ]


codes = st.sampled_from(["甲", "乙", "丙", "丁", "终", "无", ""])
trees = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "丙", "丁"]),
        st.lists(st.tuples(st.sampled_from(["是", "否"]), codes), max_size=3),
    ),
    max_size=5,
).map(lambda rows: Tree(tuple(choice(code, *ways) for code, ways in rows), (Outcome("终", "终"),)))


@given(trees, st.lists(st.sampled_from(["是", "否"]), max_size=9))
def test_any_draft_is_judged_drawn_and_walked_and_a_sound_one_always_ends(tree, answers):
    wrong = problems(tree)
    boxes = draw(tree)
    assert sum(box.opens for box in boxes if box) == boxes.count(None)
    gone = evaluate(tree, answers, TODAY)
    if not wrong:
        # Nobody gets stuck: every answer leads on, and the end comes within the questions.
        assert gone.question or gone.outcome
        for _ in tree.questions:
            if gone.outcome:
                break
            gone = evaluate(tree, [*gone.answers, gone.question.options[0].label], TODAY)
        assert gone.outcome


def test_a_loop_in_a_branch_is_found():
    looped = replace(
        TREE.questions[2],
        options=(
            Option("本市", "给", branches=(Branch((POOR,), "困难"),)),
            Option("外地", "不给"),
            Option("别处", "多给"),
        ),
    )
    tree = Tree((*TREE.questions[:2], looped), TREE.outcomes)
    assert any("困难 → 地点 → 困难" in words for words in problems(tree))


def with_exception(*conditions, first=()):
    """甲 leads to 乙 on both answers; 乙 leads to 终, and in the exceptions to 别."""
    branches = tuple(
        Branch(tuple(c), target) for c, target in ((first, "终"), (conditions, "别")) if c
    )
    last = Question("乙", "？", options=(Option("是", "终", branches=branches), Option("否", "终")))
    return Tree((choice("甲", ("是", "乙"), ("否", "乙")), last), (*END, Outcome("别", "别")))


@pytest.mark.parametrize(
    "tree",
    [
        with_exception(Condition("甲", "是"), Condition("甲", "否")),
        with_exception(Condition("乙", "否")),
        with_exception(Condition("甲", "是"), first=(Condition("甲", "是"),)),
    ],
    ids=["both answers of one question", "another answer to this question", "taken before"],
)
def test_an_outcome_that_only_an_impossible_exception_leads_to_is_found(tree):
    words = "\n".join(problems(tree))
    assert "结果“别”走不到" in words
    assert "永远用不到" in words
    assert "别" not in {box.code for box in draw(tree) if box and box.kind == "outcome"}


def test_an_exception_that_can_hold_passes():
    assert problems(with_exception(Condition("甲", "否"), first=(Condition("甲", "是"),))) == []


def test_what_is_left_of_an_option_whose_exceptions_cover_all_answers_is_found():
    both = tuple(Branch((Condition("甲", answer),), "终") for answer in ("是", "否"))
    last = Question("乙", "？", options=(Option("是", "别", branches=both), Option("否", "终")))
    first = choice("甲", ("是", "乙"), ("否", "乙"))
    words = "\n".join(problems(Tree((first, last), (*END, Outcome("别", "别")))))
    assert "结果“别”走不到" in words


def test_more_combinations_than_can_be_tried_are_refused_in_words_and_soon():
    questions = [choice(f"甲{n}", ("是", f"甲{n + 1}"), ("否", f"甲{n + 1}")) for n in range(16)]
    tested = tuple(Branch((Condition(f"甲{n}", "是"),), "终") for n in range(16))
    questions.append(Question("甲16", "？", options=(Option("是", "终", branches=tested),)))
    assert "组合太多" in found(*questions)
