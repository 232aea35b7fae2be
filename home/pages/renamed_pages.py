"""Redirects for URLs below a page (changes, feed, sign-up) after the page was renamed."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's redirects; if a view found no page with a slug, the redirect of that page is
    applied to the URL below it, so that a feed keeps working."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        match = request.resolver_match
        if response.status_code != 404 or match is None or "slug" not in match.kwargs:
            return response
        page, slug, beside = request.path.partition(f"/{match.kwargs['slug']}/")
        if not beside:
            return response
        old = Redirect.normalise_path(f"{page}{slug}", decode_unicode=False)
        found = get_redirect(request, old)
        if found is None or found.redirect_page is None or not found.link:
            return response
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return HttpResponsePermanentRedirect(f"{found.link.rstrip('/')}/{beside}{query}")


def lead_on(old: str, new: str) -> None:
    """Redirects from an old path to the present one, without chains of redirects."""
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.filter(old_path=Redirect.normalise_path(new), site=None).delete()
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old),
        site=None,
        defaults={"redirect_link": new, "redirect_page": None, "is_permanent": True},
    )
