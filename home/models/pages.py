from django.db import models
from django.urls import NoReverseMatch, reverse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from .base import BasePage


class HomePage(BasePage):
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "首页"


class SectionPage(BasePage):
    """A section of the site: what it is about, and the pages in it."""

    class Meta:
        verbose_name = "栏目"


class PlainPage(BasePage):
    body = RichTextField("正文", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "普通页面"


class ApplicationPage(BasePage):
    """A place in the tree for something that is not a page: booking, the gazetteer.

    Editors name it, order it and hide it in the navigation; the address is the
    application's own.
    """

    view_name = models.CharField(
        "应用", max_length=80, help_text="该栏目打开的应用，例如 place_names:index。"
    )

    content_panels = [*BasePage.content_panels, FieldPanel("view_name")]
    preview_modes = []

    class Meta:
        verbose_name = "应用栏目"

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, path = parts
        try:
            return site_id, root_url, reverse(self.view_name)
        except NoReverseMatch:
            return site_id, root_url, path
