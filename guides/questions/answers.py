"""The answers given so far: signed into a hidden field, and as context of the page."""

from collections.abc import Mapping
from datetime import date

from django.core import signing
from wagtail.models import Page

from ..figures.rendering import FigureLookup
from .evaluation import Evaluation
from .result import work_out

SALT = "guides.questions.answers"
STATE_LENGTH = 20_000


def page_context(page: Page, reached: Evaluation, earlier: Mapping[str, str], today: date):
    """What the template needs to ask the next question or to show the result.

    `earlier`: what was answered before going back, by the code of the question; offered again
    where that question is asked again.
    """
    steps = [{"step": step, "before": reached.answers[:n]} for n, step in enumerate(reached.steps)]
    earlier = {**earlier, **{step.question.code: step.answer for step in reached.steps}}
    context = {
        "evaluation": reached,
        "steps": steps,
        "state": signed(page, reached.answers, earlier),
        "today": today,
    }
    if reached.question:
        context["typed"] = earlier.get(reached.question.code, "")
    if reached.outcome:
        context["result"] = work_out(reached, FigureLookup(today).value, today)
    return context


def signed(page: Page, answers: list[str], earlier: dict[str, str]) -> str:
    return signing.dumps([page.pk, answers, earlier], salt=SALT, compress=True)


def unsigned(page: Page, state: str) -> tuple[list[str], dict[str, str]] | None:
    """The answers in `state`, and those given before going back.

    None when it was changed or belongs to another page.
    """
    if len(state) > STATE_LENGTH:
        return None
    try:
        pk, answers, earlier = signing.loads(state, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (answers, earlier) if pk == page.pk else None
