"""Following given answers through a tree."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .tree import Condition, Outcome, Question, Tree

YEAR_MONTH_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
MOST_ANSWERS = 60


@dataclass(frozen=True)
class Step:
    """A question that was answered; `words` is the answer as people read it."""

    question: Question
    answer: str
    words: str


@dataclass(frozen=True)
class Walk:
    """Where the answers lead: to `question`, or to `outcome`, or nowhere in a broken draft.

    `refused` says in words why the last answer given was not taken.
    """

    steps: tuple[Step, ...]
    question: Question | None = None
    outcome: Outcome | None = None
    refused: str = ""

    @property
    def answers(self) -> list[str]:
        return [step.answer for step in self.steps]

    @property
    def day(self) -> date | None:
        """The first date that was given: the day for which amounts are worked out."""
        for step in self.steps:
            if step.question.is_date:
                return date.fromisoformat(step.answer)
        return None

    def holds(self, conditions: Sequence[Condition]) -> bool:
        """Whether all conditions hold for these answers; a question not asked holds nothing."""
        given = {step.question.code: step.answer for step in self.steps}
        return all(given.get(c.question) == c.answer for c in conditions)


def walk(tree: Tree, answers: Sequence[str], today: date) -> Walk:
    """Takes the answers one after another, and stops at the first that does not fit.

    An answer is the label of an option, or YYYY-MM-DD.
    """
    steps: list[Step] = []
    node = tree.start
    for answer in answers[:MOST_ANSWERS]:
        if not isinstance(node, Question):
            break
        words, refused = _taken(node, answer, today, steps)
        if refused:
            return Walk(tuple(steps), question=node, refused=refused)
        steps.append(Step(node, answer, words))
        node = tree.node(_target(node, answer, Walk(tuple(steps)), today))
    if isinstance(node, Outcome):
        return Walk(tuple(steps), outcome=node)
    return Walk(tuple(steps), question=node)


def walk_on(tree: Tree, gone: Walk, earlier: Mapping[str, str], today: date) -> Walk:
    """Goes on from where `gone` has come with what was answered earlier, by code of the question,
    to the first question that had no answer, or whose answer does not fit any more."""
    for _ in range(MOST_ANSWERS):
        if gone.question is None or gone.question.code not in earlier:
            break
        further = walk(tree, [*gone.answers, earlier[gone.question.code]], today)
        if further.refused:
            break
        gone = further
    return gone


def _taken(question: Question, answer: str, today: date, before: Sequence[Step]) -> tuple[str, str]:
    """(the answer in words, why it is refused); one of the two is empty."""
    if not question.is_date:
        if any(option.label == answer for option in question.options):
            return answer, ""
        return "", "请选择一个回答。"
    try:
        # A week date such as 2026-W45-1 is ISO too, but nothing that a date field sends.
        day = date.fromisoformat(answer if YEAR_MONTH_DAY.fullmatch(answer) else "")
    except ValueError:
        return "", "请输入真实的日期，例如2026-11-23。"
    if day < EARLIEST:
        return "", "请输入1900年以后的日期，例如2026-11-23。"
    if day > LATEST:
        return "", "请输入2100年以前的日期，例如2026-11-23。"
    if day > today and not question.allows_future:
        return "", "日期不能晚于今天，请检查年份。"
    for step in before:
        if step.question.code == question.not_before and day < date.fromisoformat(step.answer):
            return "", f"不能早于前面回答的{step.words}（{step.question.text}），请检查两个日期。"
    return f"{day.year}年{day.month}月{day.day}日", ""


def _target(question: Question, answer: str, so_far: Walk, today: date) -> str:
    if question.is_date:
        given = date.fromisoformat(answer)
        for branch in question.date_branches:
            if branch.holds(given, today):
                return branch.target
        return question.target
    option = next(option for option in question.options if option.label == answer)
    for branch in option.branches:
        if so_far.holds(branch.conditions):
            return branch.target
    return option.target
