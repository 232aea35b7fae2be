"""Lists of guides, policies and topics for pages that belong to other apps."""

from django import template

from home.cache.memoize import memoized
from home.pages.visibility import open_to_all

from ..models import BenefitFinderPage, PolicyPage, TopicPage

register = template.Library()


@register.simple_tag
def latest_policies(count: int = 5):
    """The policy documents issued last."""
    policies = open_to_all(PolicyPage.objects).defer_streamfields().newest_first()
    return memoized(("latest policies", count), lambda: list(policies[:count]))


@register.simple_tag
def life_events():
    """The topic pages, in tree order."""
    topics = open_to_all(TopicPage.objects).defer_streamfields().order_by("path")
    return memoized("life events", lambda: list(topics))


@register.simple_tag
def benefit_finder():
    """The public questionnaire of 政策找人, or None."""
    pages = open_to_all(BenefitFinderPage.objects).defer_streamfields()
    return memoized("benefit finder", lambda: pages.first())
