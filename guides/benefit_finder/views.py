"""The result of the questionnaire. Answers stand in the body of the request and nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from home.pages.visibility import page_for_reader

from ..eligibility.answers import read
from ..eligibility.contradictions import contradictions_in
from ..eligibility.parsing import contradictions_from
from ..figures.rendering import FigureLookup
from .models import BenefitFinderPage, fields
from .result import judge


# Without a token: nothing is stored and nothing is done in anybody's name, and a token would
# keep the form out of the cache.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def benefits(request: HttpRequest, slug: str) -> HttpResponse:
    """What the household of the form probably gets; the form again where an answer is wrong."""
    page = page_for_reader(request, BenefitFinderPage.objects, slug)
    if request.method != "POST":
        return redirect(page.url)
    given = read(page.questionnaire, request.POST)
    context = page.get_context(request) | {
        "self": page,
        "page": page,
        "printed_address": page.url,  # This one only leads there.
        "fields": fields(page.questionnaire, given.typed, given.errors),
        "errors": [
            (each.field, each.text, given.errors[each.code])
            for each in page.questionnaire
            if each.code in given.errors
        ],
    }
    told = request.POST.getlist("checked") if "is_checked" in request.POST else []
    found = contradictions_in(given.household, contradictions_from(page.contradictions))
    context["contradictions"] = [] if set(found) <= set(told) else found
    is_shown_again = bool(given.errors or context["contradictions"])
    if not is_shown_again:
        context["result"] = judge(page.guides(), given.household, FigureLookup())
        context["today"] = timezone.localdate()
    response = TemplateResponse(
        request, page.get_template(request), context, status=422 if is_shown_again else 200
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
