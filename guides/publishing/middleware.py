from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from home.pages.publishing_checks import PublishingRefusedError


class PublishingRefusedMiddleware:
    """Answers a refused publication with the reasons, on the edit form of the page.

    Wagtail publishes in a transaction, so nothing has been published.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, PublishingRefusedError):
            return None
        messages.error(request, str(error))
        address = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The format that the dialog for a comment on the approval expects.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
