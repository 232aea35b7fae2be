"""What stops the publication of a page: one rule for the form, approval, bulk actions, the clock."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks.tables import TellingBlock


class NotReadyError(Exception):
    """A page was to be published that may not be yet; `obstacles` are sentences that say why."""

    def __init__(self, page: Page, obstacles: list[str]):
        self.page = page
        self.obstacles = obstacles
        super().__init__(f"“{page.title}”还不能发布：{''.join(obstacles)}请改正，或者退回编辑。")


def empty_blocks(page: Page) -> list[str]:
    """A sentence for each table or chart of `page` that would show nothing."""
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return [
        child.block.SAYS_NOTHING
        for field in streams
        for child in getattr(page, field.name)
        if isinstance(child.block, TellingBlock) and child.block.says_nothing(child.value)
    ]


class MustBeReady:
    """A page that is published only when nothing stands against it; comes before its base class."""

    def obstacles(self) -> list[str]:
        """Sentences, each with what stands against publication as the page is now."""
        return empty_blocks(self)

    def publish(self, revision, *args, **kwargs):
        """Raises NotReadyError, whoever or whatever publishes.

        A scheduled revision loses its date instead of stopping the others.
        """
        page = revision.as_object()
        found = page.obstacles()
        if not found:
            return super().publish(revision, *args, **kwargs)
        if revision.approved_go_live_at:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            return None
        raise NotReadyError(page, found)


class NotReadyMiddleware:
    """Tells who pressed “publish” or “approve” what is missing, at the page in question.

    Wagtail does each of these in a transaction, so nothing has been published.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotReadyError):
            return None
        messages.error(request, str(error))
        address = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the dialog for a comment on the approval expects.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
