"""Whom to tell about a vulnerability: `/.well-known/security.txt` (RFC 9116)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from home.models import SecuritySettings
from home.pages.sitemap import public_url

HOLDS_FOR = timedelta(days=90)
"""RFC 9116 §2.5.5 recommends less than a year."""


@cache_control(max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact from the security settings, or else the public feedback form."""
    contact = SecuritySettings.load().security_contact
    expires = timezone.now().replace(microsecond=0) + HOLDS_FOR
    lines = [
        f"Contact: {contact or public_url(request, reverse('feedback:report'))}",
        f"Expires: {expires.astimezone().isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {public_url(request, request.path)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
