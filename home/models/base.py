"""What every page of the site has in common."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index


class BasePage(Page):
    """A page with a summary: shown under its title, in listings and to search engines."""

    summary = models.CharField(
        "摘要", max_length=200, blank=True, help_text="一两句话，说明本页能办什么、讲什么。"
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def get_meta_description(self) -> str:
        return self.search_description or self.summary

    def get_breadcrumbs(self) -> list[Page]:
        """The pages from the home page down to the parent of this one."""
        return list(self.get_ancestors().filter(depth__gt=1).specific(defer=True))
