"""One question a page. Answers come by POST and travel in a signed hidden field."""

import re
from collections.abc import Mapping
from datetime import date

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from home.visibility import page_for_reader

from ..figures import FigureLookup
from ..models import QuestionTreePage
from .checking import problems
from .drawing import draw
from .result import work_out
from .walking import MOST_ANSWERS, Walk, walk, walk_on

SALT = "guides.questions.answers"
STATE_LENGTH = 20_000


def page_context(page: QuestionTreePage, gone: Walk, earlier: Mapping[str, str], today: date):
    """What the template needs to ask the next question or to show the result.

    `earlier`: what was answered before going back, by the code of the question; offered again
    where that question is asked again.
    """
    steps = [{"step": step, "before": gone.answers[:n]} for n, step in enumerate(gone.steps)]
    earlier = {**earlier, **{step.question.code: step.answer for step in gone.steps}}
    context = {
        "walk": gone,
        "steps": steps,
        "state": sealed(page, gone.answers, earlier),
        "today": today,
    }
    if gone.question:
        context["typed"] = earlier.get(gone.question.code, "")
    if gone.outcome:
        context["result"] = work_out(gone, FigureLookup(today).value, today)
    return context


def sealed(page: QuestionTreePage, answers: list[str], earlier: dict[str, str]) -> str:
    return signing.dumps([page.pk, answers, earlier], salt=SALT, compress=True)


def opened(page: QuestionTreePage, state: str) -> tuple[list[str], dict[str, str]] | None:
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


# Without a token: nothing is stored and nothing is done in anybody's name, and a token
# would keep the first question out of the cache.
@csrf_exempt
@sensitive_post_parameters("answer", "state")
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes one answer, or goes back to the question with the number in `back`."""
    page = page_for_reader(request, QuestionTreePage.objects, slug)
    if request.method != "POST":
        return redirect(page.url)
    kept = opened(page, request.POST.get("state", ""))
    lost = kept is None
    answers, earlier = kept or ([], {})
    back = request.POST.get("back", "")
    given = None
    if back:
        answers = answers[: int(back)] if re.fullmatch(r"[0-9]{1,3}", back) else answers
    elif not lost:
        given = request.POST.get("answer", "")[:60]
        answers = [*answers, given]
    today = timezone.localdate()
    gone = walk(page.tree, answers[:MOST_ANSWERS], today)
    taken = len(gone.steps)
    if given is not None and not gone.refused:
        gone = walk_on(page.tree, gone, earlier, today)
    context = page.get_context(request) | page_context(page, gone, earlier, today)
    context |= {"self": page, "page": page, "kept": len(gone.steps) - taken}
    if lost:
        context["refused"] = "没有读到您前面的回答，请从第一题开始。"
    elif not back and gone.refused:
        stale = taken < len(answers) - 1
        words = "题目刚刚更新过，请从这里接着回答。"
        context["refused"] = words if stale else gone.refused
        context["typed"] = given if not stale else context["typed"]
    response = TemplateResponse(
        request, page.get_template(request), context, status=422 if "refused" in context else 200
    )
    response.headers["Cache-Control"] = "private"
    return response


def tree_preview(request: HttpRequest, page: QuestionTreePage) -> HttpResponse:
    context = {
        "page": page,
        "picture": draw(page.tree) if page.tree.questions else None,
        "problems": problems(page.tree),
    }
    return TemplateResponse(request, "guides/questions/tree_preview.html", context)
