"""The elderly view and the high-contrast view, remembered in a cookie of their own.

The server puts the choice on <html>, so the page is right at first paint and without
JavaScript; the cookie holds nothing but the names of the views.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "display"
VIEWS = ("elderly", "contrast")
ONE_YEAR = 365 * 24 * 3600


def views_shown(request: HttpRequest | None) -> dict[str, bool]:
    """For each view whether this reader has chosen it."""
    chosen = request.COOKIES.get(COOKIE, "").split(".") if request else []
    return {view: view in chosen for view in VIEWS}


# Without a token: the choice is harmless, and a token would keep pages out of the cache.
@csrf_exempt
@require_POST
def toggle(request: HttpRequest) -> HttpResponse:
    """Turns one view on or off and goes back to the page that was open."""
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
        samesite="Lax",
    )
    return response
