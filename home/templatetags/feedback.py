"""“Did this help?” and “report an error” at the end of a page."""

from django import template

register = template.Library()


@register.inclusion_tag("home/feedback/_box.html", takes_context=True)
def feedback(context, page=None) -> dict:
    """Asks about `page`, or about the current path if there is no Wagtail page."""
    request = context.get("request")
    path = ""
    if request is not None:
        path = (page.get_url(request) if page else None) or request.path
    return {"path": path}
