"""Lists of guides, policies and topics for pages that belong to other apps."""

from django import template

from home.remembered import remembered
from home.visibility import open_to_all

from ..models import PolicyPage, TopicPage

register = template.Library()


@register.simple_tag
def latest_policies(count: int = 5):
    """The policy documents issued last."""
    policies = open_to_all(PolicyPage.objects).defer_streamfields().order_by("-issued_on", "-pk")
    return remembered(("latest policies", count), lambda: list(policies[:count]))


@register.simple_tag
def life_events():
    """The topic pages, in tree order."""
    topics = open_to_all(TopicPage.objects).defer_streamfields().order_by("path")
    return remembered("life events", lambda: list(topics))
