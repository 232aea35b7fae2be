"""Display settings of a visitor: large text for older readers, and high contrast.

A cookie holds nothing but the names of the chosen views. The server renders them into attributes
of `<html>`, so the first paint is right without JavaScript.
"""

from django.http import HttpRequest

COOKIE = "display"
VIEWS = ("elderly", "contrast")


def views_shown(request: HttpRequest | None) -> dict[str, bool]:
    """For each view, whether this visitor has chosen it."""
    chosen = request.COOKIES.get(COOKIE, "").split(".") if request else []
    return {view: view in chosen for view in VIEWS}
