"""The order of the pages of a booking, and which are answered.

A step is a name and, for questions and people, a detail: "question:origin", "person:2".
"""

from dataclasses import dataclass

from django.urls import reverse

from ..materials.catalogue import QUESTIONS
from ..materials.questions import asked_by, parties_of, stop_of
from .drafts import Answers

PHASES = ("说明情况", "看材料", "选登记处", "选时间", "填信息", "核对")


@dataclass(frozen=True)
class Step:
    name: str
    phase: int
    detail: str = ""

    @property
    def address(self) -> str:
        if self.detail:
            return reverse(f"marriage:{self.name}", args=[self.detail])
        return reverse(f"marriage:{self.name}")


def steps_of(service, answers: dict | None = None, asks_telephone=True) -> list[Step]:
    """All pages of a booking of `service`, in order; who must come hangs on the answers."""
    answers = answers or {}
    steps = [Step("question", 0, question.key) for question in asked_by(service)]
    if service.is_second_visit:
        steps.insert(0, Step("receipt", 0))
    steps.append(Step("materials", 1))
    if not service.is_second_visit:
        steps.append(Step("office", 2))
    steps.append(Step("day", 3))
    steps += [Step("person", 4, str(n)) for n in range(1, parties_of(service, answers) + 1)]
    if asks_telephone:
        steps.append(Step("telephone", 4))
    return [*steps, Step("check", 5)]


def totals(service, asks_telephone=True) -> tuple[int, int]:
    """The least and the greatest number of pages; one person alone has one page less."""
    alone = {"status": "divorced"}
    numbers = [len(steps_of(service, answers, asks_telephone)) for answers in (alone, {})]
    return min(numbers), max(numbers)


def steps_for(draft: Answers) -> list[Step]:
    return steps_of(draft.service, draft.answers, draft.asks_telephone)


def is_answered(step: Step, draft: Answers) -> bool:
    """Whether the page can be passed with what is known."""
    if step.name == "question":
        given = draft.answers.get(step.detail)
        return bool(given) and stop_of(QUESTIONS[step.detail], draft.answers) is None
    if step.name == "receipt":
        return bool(draft.data.get("receipt"))
    if step.name == "materials":
        return bool(draft.data.get("materials_seen"))
    if step.name == "office":
        return bool(draft.data.get("office"))
    if step.name == "day":
        return bool(draft.token)
    if step.name == "person":
        return step.detail in draft.people
    if step.name == "telephone":
        return draft.telephone_is_settled
    return False


def first_open(draft: Answers) -> Step:
    """The first page that still needs an answer."""
    return next(step for step in steps_for(draft) if not is_answered(step, draft))


def blocked_by(step: Step, draft: Answers) -> Step | None:
    """An earlier page that must be answered before `step`, if any."""
    for earlier in steps_for(draft):
        if earlier == step:
            return None
        if not is_answered(earlier, draft):
            return earlier
    return first_open(draft)


def after(step: Step, draft: Answers) -> Step:
    """Where to go from an answered page: the next open one, so that somebody who came back
    to mend one answer returns to where they were."""
    steps = steps_for(draft)
    rest = steps[steps.index(step) + 1 :]
    return next(other for other in rest if not is_answered(other, draft))


def before(step: Step, draft: Answers) -> str:
    """The address of the page before."""
    steps = steps_for(draft)
    place = steps.index(step)
    if place == 0:
        return reverse("marriage:start_service", args=[draft.service.slug])
    return steps[place - 1].address


def progress(step: Step, draft: Answers) -> dict:
    """{"number", "total", "phase", "phases"} for the line above the heading."""
    steps = steps_for(draft)
    return {
        "number": steps.index(step) + 1,
        "total": len(steps),
        "phase": step.phase,
        "phases": PHASES,
    }
