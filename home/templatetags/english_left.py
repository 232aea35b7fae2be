"""For confirmations of Wagtail: the English pages that stay public."""

from django import template
from wagtail.models import Page

from home.staff.english_left import english_left

register = template.Library()


@register.inclusion_tag("home/staff/english_left.html")
def english_that_stays(pages: Page | list[dict]) -> dict:
    """`pages`: one page, or the rows of a bulk action."""
    chosen = [pages] if isinstance(pages, Page) else [row["item"] for row in pages]
    return {"english": english_left(chosen, with_descendants=True), "leads_on": True}
