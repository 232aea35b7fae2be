"""Following given answers through a tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from home.typed_text import TypedError, date_from

from .tree import Condition, Outcome, Question, Tree

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
MAX_ANSWERS = 60


@dataclass(frozen=True)
class Step:
    """A question that was answered; `words` is the answer as people read it."""

    question: Question
    answer: str
    words: str


@dataclass(frozen=True)
class Evaluation:
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


def evaluate(tree: Tree, answers: Sequence[str], today: date) -> Evaluation:
    """Takes the answers one after another, and stops at the first that does not fit.

    An answer is the label of an option, or a date as people write it; that of a step is
    YYYY-MM-DD.
    """
    steps: list[Step] = []
    node = tree.start
    for answer in answers[:MAX_ANSWERS]:
        if not isinstance(node, Question):
            break
        answer, words, refused = _taken(node, answer, today, steps)
        if refused:
            return Evaluation(tuple(steps), question=node, refused=refused)
        steps.append(Step(node, answer, words))
        node = tree.node(_target(node, answer, Evaluation(tuple(steps)), today))
    if isinstance(node, Outcome):
        return Evaluation(tuple(steps), outcome=node)
    return Evaluation(tuple(steps), question=node)


def replay(tree: Tree, reached: Evaluation, earlier: Mapping[str, str], today: date) -> Evaluation:
    """Goes on from where `reached` has come with what was answered earlier, by code of the question,
    to the first question that had no answer, or whose answer does not fit any more."""
    for _ in range(MAX_ANSWERS):
        if reached.question is None or reached.question.code not in earlier:
            break
        further = evaluate(tree, [*reached.answers, earlier[reached.question.code]], today)
        if further.refused:
            break
        reached = further
    return reached


def _taken(
    question: Question, answer: str, today: date, before: Sequence[Step]
) -> tuple[str, str, str]:
    """(the answer, the answer in words, why it is refused); the words or the reason are empty."""
    if not question.is_date:
        if any(option.label == answer for option in question.options):
            return answer, answer, ""
        return answer, "", "请选择一个回答。"
    try:
        day = date_from(answer)
    except TypedError as error:
        return answer, "", f"{error.message}。"
    if refused := _day_problem(question, day, today, before):
        return answer, "", refused
    return day.isoformat(), f"{day.year}年{day.month}月{day.day}日", ""


def _day_problem(question: Question, day: date, today: date, before: Sequence[Step]) -> str:
    if day < EARLIEST:
        return "请输入1900年以后的日期，例如2026-11-23。"
    if day > LATEST:
        return "请输入2100年以前的日期，例如2026-11-23。"
    if day > today and not question.allows_future:
        return "日期不能晚于今天，请检查年份。"
    for step in before:
        if step.question.code == question.not_before and day < date.fromisoformat(step.answer):
            return f"不能早于前面回答的{step.words}（{step.question.text}），请检查两个日期。"
    return ""


def _target(question: Question, answer: str, so_far: Evaluation, today: date) -> str:
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
