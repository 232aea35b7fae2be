"""Lists of guides, policies and topics for pages that belong to other apps."""

from django import template

from ..models import PolicyPage, TopicPage

register = template.Library()


@register.simple_tag
def latest_policies(count: int = 5):
    """The policy documents issued last."""
    return PolicyPage.objects.live().defer_streamfields().order_by("-issued_on", "-pk")[:count]


@register.simple_tag
def life_events():
    """The topic pages, in tree order."""
    return TopicPage.objects.live().defer_streamfields().order_by("path")
