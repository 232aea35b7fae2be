"""Switches a display setting on or off; converts the words of a page that is being filled in."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from home.display_settings import COOKIE, views_shown
from home.traditional.forms import all_forms
from home.traditional.text import to_simplified, to_traditional

ONE_YEAR = 365 * 24 * 3600
MAX_BYTES = 200_000
"""A page of a form has some thousand characters."""


# No CSRF token: the choice is harmless, and a token would make every page uncacheable.
@csrf_exempt
@require_POST
def toggle(request: HttpRequest) -> HttpResponse:
    """Toggles one view and redirects to the page that was open."""
    shown = views_shown(request)
    view = request.POST.get("toggle", "")
    if view in shown:
        shown[view] = not shown[view]
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE,
        ".".join(name for name, on in shown.items() if on),
        max_age=ONE_YEAR,
        secure=request.is_secure(),  # Not HttpOnly: static/js/site.js writes it as well.
        samesite="Lax",
    )
    return response


@csrf_exempt
@require_POST
def words(request: HttpRequest) -> HttpResponse:
    """The words of an open page in the other script, so that what is being typed stays: reloading
    would lose it. From `{"traditional": true, "texts": […]}`; nothing is stored. 400 for what is
    not of that shape, 413 where it is longer than any page."""
    if len(request.body) > MAX_BYTES:
        return JsonResponse({"error": "内容太长"}, status=413)
    try:
        given = json.loads(request.body)
        texts, traditional = given["texts"], given["traditional"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"error": "格式不对"}, status=400)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return JsonResponse({"error": "格式不对"}, status=400)
    forms = all_forms()
    converted = [
        to_traditional(text, forms) if traditional else to_simplified(text) for text in texts
    ]
    return JsonResponse({"texts": converted})
