"""Serves uploaded images where no web server in front does."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.static import serve


def media(request: HttpRequest, path: str) -> HttpResponse:
    """The file at `path` below MEDIA_ROOT. Not documents: `/documents/` checks permissions; nor
    pictures of staff, of which none are taken any more."""
    name = posixpath.normpath(path).lstrip("/")
    if name.partition("/")[0] in ("..", "avatar_images", "documents"):
        raise Http404
    try:
        return serve(request, name, settings.MEDIA_ROOT)
    except OSError as error:  # A name that is longer than the file system takes.
        raise Http404 from error
