"""Addresses beside a page (its changes, feed, sign-up) after the page has got another address."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's, and where a view found no page of that slug: the redirect of the page itself
    leads to the same address beside the new one, so that who follows a feed is not lost."""

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
    """Leads from an address that something had to the one that it has now, without detours."""
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.filter(old_path=Redirect.normalise_path(new), site=None).delete()
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old),
        site=None,
        defaults={"redirect_link": new, "redirect_page": None, "is_permanent": True},
    )
