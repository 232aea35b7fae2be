"""Converts the pages of a visitor who chose traditional characters."""

from django.http import HttpRequest, HttpResponse

from home.display_settings import views_shown
from home.languages.locales import ENGLISH_ADDRESS

from .forms import all_forms
from .pages import page_in_traditional
from .text import to_traditional

# For staff; for programs, and the pages that describe their interface; drafts, whose readers
# quote the text; and English pages.
UNCONVERTED_ADDRESSES = ("/admin/", "/api/", "/ogc/", "/reconcile/", "/preview/", ENGLISH_ADDRESS)


class TraditionalMiddleware:
    """Comes just inside the page cache, which then stores the converted page.

    Converts HTML only: feeds, downloads and data stay as they are.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        to_traditional("繁")  # Reads the dictionaries at start, for all processes.

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if views_shown(request)["traditional"] and is_converted(request, response):
            page = response.content.decode()
            converted = page_in_traditional(page, all_forms(), request.GET.values())
            response.content = converted.encode()
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


def is_converted(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this is a Chinese page that a visitor reads."""
    return is_page(response) and not request.path.startswith(UNCONVERTED_ADDRESSES)


def is_page(response: HttpResponse) -> bool:
    """Whether this is a page to read, neither data nor a file to keep."""
    return (
        response.get("Content-Type", "").lower().replace(" ", "") == "text/html;charset=utf-8"
        and not response.streaming
        and "Content-Encoding" not in response
        and "attachment" not in response.get("Content-Disposition", "")
    )
