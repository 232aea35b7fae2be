"""The order of the pages of a booking, and which are answered.

A step is a name and, for questions and people, a detail: "question:origin", "person:2".
"""

from dataclasses import dataclass

from django.urls import reverse

from .drafts import Answers
from .questions import asked_by

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


def steps_of(service) -> list[Step]:
    """All pages of a booking of `service`, in order."""
    steps = [Step("question", 0, question.key) for question in asked_by(service)]
    if service.is_second_visit:
        steps.append(Step("receipt", 0))
    steps.append(Step("materials", 1))
    if not service.is_second_visit:
        steps.append(Step("office", 2))
    steps.append(Step("day", 3))
    steps += [Step("person", 4, str(n)) for n in range(1, service.party_count + 1)]
    return [*steps, Step("check", 5)]


def is_answered(step: Step, draft: Answers) -> bool:
    """Whether the page can be passed with what is known."""
    if step.name == "question":
        return bool(draft.answers.get(step.detail)) and draft.answers[step.detail] != "no"
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
    return False


def first_open(draft: Answers) -> Step:
    """The first page that still needs an answer."""
    return next(step for step in steps_of(draft.service) if not is_answered(step, draft))


def blocked_by(step: Step, draft: Answers) -> Step | None:
    """An earlier page that must be answered before `step`, if any."""
    for earlier in steps_of(draft.service):
        if earlier == step:
            return None
        if not is_answered(earlier, draft):
            return earlier
    return first_open(draft)


def after(step: Step, draft: Answers) -> Step:
    """Where to go from an answered page: the next open one, so that somebody who came back
    to mend one answer returns to where they were."""
    steps = steps_of(draft.service)
    rest = steps[steps.index(step) + 1 :]
    return next(other for other in rest if not is_answered(other, draft))


def before(step: Step, draft: Answers) -> str:
    """The address of the page before."""
    steps = steps_of(draft.service)
    place = steps.index(step)
    if place == 0:
        return reverse("marriage:start_service", args=[draft.service.slug])
    return steps[place - 1].address


def progress(step: Step, draft: Answers) -> dict:
    """{"number", "total", "phase", "phases"} for the line above the heading."""
    steps = steps_of(draft.service)
    return {
        "number": steps.index(step) + 1,
        "total": len(steps),
        "phase": step.phase,
        "phases": PHASES,
    }
