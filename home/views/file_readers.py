"""Who may read an uploaded file: readers of a page that shows it, and staff.

A file is uploaded before the page that shows it goes public, and its address can be guessed.
"""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex

from home.models import PreviewLink
from home.pages.shared_things import is_in_draft, pages_showing
from home.pages.visibility import may_read


def require_reader_of_file(document: AbstractDocument, request: HttpRequest) -> None:
    """Hook before_serve_document: raises Http404 where nothing shows the file to this visitor."""
    if not (
        # Wagtail asks for the login or the password of the collection.
        document.collection.get_view_restrictions().exists()
        or request.user.has_perm("wagtailadmin.access_admin")
        or any(page.live and may_read(request, page) for page in pages_showing(document))
        or _is_shown_beside_pages(document)
        or _is_in_previewed_draft(document, request)
    ):
        raise Http404


def _is_shown_beside_pages(document: AbstractDocument) -> bool:
    """By a setting or a public record."""
    references = ReferenceIndex.get_references_to(document).exclude(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    found = (
        one.content_type.get_all_objects_for_this_type(pk=one.object_id).first()
        for one in references
    )
    return any(thing is not None and getattr(thing, "live", True) for thing in found)


def _is_in_previewed_draft(document: AbstractDocument, request: HttpRequest) -> bool:
    """Whether the visitor comes from the draft of a preview link, whose address is the secret."""
    try:
        came_from = resolve(urlsplit(request.headers.get("Referer", "")).path)
    except (Resolver404, ValueError):
        return False
    if came_from.view_name != "home:previewed_page":
        return False
    link = PreviewLink.objects.filter(token=came_from.kwargs["token"]).first()
    return link is not None and link.is_open and is_in_draft(document, link.page.specific)
