"""Choosing the subdistrict whose service places are shown first."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.feedback.forms import is_path_here
from home.service_places.mine import my_subdistrict
from home.subdistrict_choice import COOKIE
from home.subdistricts import subdistricts

ONE_YEAR = 365 * 24 * 3600


# Without a token, as with the display settings: the choice is harmless, and a token would make
# every page with the form uncacheable. Forms of other sites are refused all the same.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """The form; a choice is put into the cookie and leads back to `next`, `forget` ends it.

    The code comes by POST, so that it stands in no address and no log.
    """
    code = request.POST.get("code", "")
    back = _back(request)
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if request.method == "POST" and not foreign:
        response = HttpResponseRedirect(back or reverse("home:service_places"))
        if "forget" in request.POST:
            response.delete_cookie(COOKIE, samesite="Lax")
            return response
        if code in dict(subdistricts()):
            # Not HttpOnly: static/js/site.js reads it as well.
            response.set_cookie(
                COOKIE, code, max_age=ONE_YEAR, secure=request.is_secure(), samesite="Lax"
            )
            return response
    mine, name = my_subdistrict(request)
    context = {
        "breadcrumbs": [(reverse("home:service_places"), "服务网点"), (None, "我的街道")],
        "subdistricts": subdistricts(),
        "mine": mine,
        "my_name": name,
        "back": back,
        "error": "请从下面选一个街道。" if request.method == "POST" else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "home/service_places/my_subdistrict.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """The page of this site to return to: the one that the form names, else the one before."""
    here = reverse("home:my_subdistrict")
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
            continue
        parts = urlsplit(address)
        # The path alone is judged again: of http://this.host//other.host/ it is another host.
        if is_path_here(parts.path) and parts.path != here:
            query = f"?{parts.query}" if parts.query else ""
            return f"{parts.path}{query}#my-subdistrict"
    return ""
