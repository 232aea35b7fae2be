"""Full addresses of this site, for messages: they are read elsewhere, and mostly sent by jobs."""

from contextvars import ContextVar

from django.conf import settings

_asked_at: ContextVar[str] = ContextVar("asked_at", default="")


def remember_address(request) -> None:
    """Take the site's address from a request where no BASE_URL is set, so that messages written
    while it is answered lead back to where the reader is."""
    if not settings.PUBLIC_BASE_URL:
        _asked_at.set(request.build_absolute_uri("/"))


def address_of(path: str) -> str:
    """A full address for a message; the paths are part of the site's contract."""
    site = settings.PUBLIC_BASE_URL or _asked_at.get() or settings.WAGTAILADMIN_BASE_URL
    return site.rstrip("/") + path
