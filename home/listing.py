"""Reading page numbers and building the addresses of listings, whatever was typed."""

from urllib.parse import urlencode

from django.http import HttpRequest


def page_number(request: HttpRequest) -> str:
    """`?page=` cut to a size that Django's paginator can judge; it mends the rest."""
    return request.GET.get("page", "1")[:9]


def query_prefix(**values: str) -> str:
    """The query of a listing in front of `page=…`: the given values that are not empty."""
    query = urlencode({key: value for key, value in values.items() if value})
    return f"{query}&" if query else ""
