"""Display settings of a visitor: large text for older readers, high contrast, 繁體.

A cookie holds nothing but the names of the chosen views. The server renders them into attributes
of `<html>`, so the first paint is right without JavaScript.
"""

from django.http import HttpRequest

COOKIE = "display"
VIEWS = ("elderly", "contrast", "traditional")


def views_shown(request: HttpRequest | None) -> dict[str, bool]:
    """For each view, whether this visitor has chosen it."""
    chosen = request.COOKIES.get(COOKIE, "").split(".") if request else []
    return {view: view in chosen for view in VIEWS}
