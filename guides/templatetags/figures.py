"""Figures in templates."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from home.templatetags.content import linked_data

from ..figures.rendering import RequestedDay, lookup_from_context, safe_figures
from ..pages.structured_data import government_service

register = template.Library()


class FiguresNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context) -> SafeString:
        html = self.nodelist.render(context)
        return safe_figures(html, lookup_from_context(context)) if "{figure:" in html else html


@register.tag
def figures(parser, token):
    """{% figures %}…{% endfigures %}: fills in `{figure:code}` in what lies between."""
    nodelist = parser.parse(("endfigures",))
    parser.delete_first_token()
    return FiguresNode(nodelist)


@register.simple_tag(takes_context=True)
def as_of_notice(context) -> str:
    """Tells that a page shows the figures of another day, or that the day is none."""
    request = context.get("request")
    if not request or "as-of" not in request.GET or "page" not in context:
        return ""
    if not (wanted := RequestedDay.of(request)).typed:
        return ""
    given = {"wanted": wanted, "path": request.path}
    return render_to_string("guides/figures/as_of_notice.html", given)


@register.simple_tag(takes_context=True)
def as_of_form(context) -> str:
    """Lets the reader of a page that shows figures choose a day; comes after the figures."""
    lookup = lookup_from_context(context)
    if not lookup.was_asked:
        return ""
    return render_to_string("guides/figures/as_of.html", {"day": lookup.day})


@register.simple_tag(takes_context=True)
def structured_data(context) -> SafeString:
    """The guide as search engines read it."""
    return linked_data(government_service(context["page"], context["request"]))
