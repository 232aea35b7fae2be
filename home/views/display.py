"""Switches a display setting on or off."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from home.display_settings import COOKIE, views_shown

ONE_YEAR = 365 * 24 * 3600


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
