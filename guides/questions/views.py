"""One question a page. Answers come by POST and travel in a signed hidden field."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from home.pages.visibility import page_for_reader

from .answers import page_context, unsigned
from .evaluation import MAX_ANSWERS, evaluate, replay
from .models import QuestionTreePage


# Without a token: nothing is stored and nothing is done in anybody's name, and a token
# would keep the first question out of the cache.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("answer", "state")
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes one answer, or goes back to the question with the number in `back`."""
    page = page_for_reader(request, QuestionTreePage.objects, slug)
    if request.method != "POST":
        return redirect(page.url)
    kept = unsigned(page, request.POST.get("state", ""))
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
    reached = evaluate(page.tree, answers[:MAX_ANSWERS], today)
    taken = len(reached.steps)
    if given is not None and not reached.refused:
        reached = replay(page.tree, reached, earlier, today)
    context = page.get_context(request) | page_context(page, reached, earlier, today)
    context |= {"self": page, "page": page, "kept": len(reached.steps) - taken}
    context["printed_address"] = page.url  # This one only leads there.
    if lost:
        context["refused"] = "没有读到您前面的回答，请从第一题开始。"
    elif not back and reached.refused:
        stale = taken < len(answers) - 1
        words = "题目刚刚更新过，请从这里接着回答。"
        context["refused"] = words if stale else reached.refused
        context["typed"] = given if not stale else context["typed"]
    response = TemplateResponse(
        request, page.get_template(request), context, status=422 if "refused" in context else 200
    )
    response.headers["Cache-Control"] = "private"
    return response
