"""What holds for every request, before any app sees it."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .errors import bad_request


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy for the public pages, a looser one where a library writes inline scripts."""

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(settings.INLINE_SCRIPT_ADDRESSES) and not report_only:
            parts.config = settings.INLINE_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts


class RejectUnreadableAddressMiddleware:
    """Answers 400 to an address with a NUL, which PostgreSQL would refuse with an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any(
            "\x00" in text for key, values in request.GET.lists() for text in (key, *values)
        ):
            return bad_request(request)
        return self.get_response(request)
