"""Sections, plain pages, and pages that stand for an application."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from home.cache.memoize import memoized
from home.fields import StreamField
from home.pages.listing import listing_page, query_prefix
from home.pages.section_contents import kinds_in, links_of, pages_of
from home.pages.visibility import open_to_all
from home.service_places.mine import my_subdistrict

from ..blocks import CONTENT_BLOCKS
from ..blocks.tasks import ICONS, leads_to
from .base import BasePage


class SectionPage(BasePage):
    """A section: an introduction, the pages below it and those filed in it."""

    PAGE_SIZE = 20
    is_paginated = True

    icon = models.CharField("图标", max_length=20, choices=ICONS, default="document")
    is_area = models.BooleanField(
        "是业务领域", default=False, help_text="业务领域显示在首页，办事指南和政策可以归入它。"
    )
    body = StreamField(CONTENT_BLOCKS, verbose_name="介绍", blank=True)

    page_description = "一项业务或者一组页面：先作介绍，再自动列出归入它的内容。"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("icon"), FieldPanel("is_area")], "显示"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "栏目"

    @classmethod
    def areas(cls) -> list["SectionPage"]:
        """The public areas of the bureau's work, in tree order."""
        areas = open_to_all(cls.objects).filter(is_area=True).defer_streamfields()
        return memoized("areas", lambda: list(areas.order_by("path")))

    def child_sections(self) -> list["SectionPage"]:
        """The public sections directly below this one."""
        live = open_to_all(SectionPage.objects.child_of(self)).defer_streamfields()
        return memoized(("sections under", self.pk), lambda: list(live.order_by("path")))

    def _links(self, request) -> list:
        code, _name = my_subdistrict(request)
        return memoized(("links of", self.pk, code), lambda: links_of(self.pk, code))

    def get_context(self, request, *args, **kwargs):
        """Adds the list of contents: `?kind=` filters, `?page=` pages."""
        context = super().get_context(request, *args, **kwargs)
        kind = request.GET.get("kind", "")
        kinds = memoized(("kinds in", self.pk), lambda: kinds_in(self.pk, self))
        if kind not in [key for key, _label, _count in kinds]:
            kind = ""
        context.update(
            kind=kind,
            kinds=kinds,
            page_obj=listing_page(
                request,
                ("contents", self.pk, kind),
                lambda: pages_of(self.pk, kind, self),
                self.PAGE_SIZE,
                count=sum(number for key, _label, number in kinds if kind in ("", key)),
            ),
            query_prefix=query_prefix(kind=kind),
            links=self._links(request) if self.is_area else [],
            my_code=my_subdistrict(request)[0] if self.is_area else "",
            child_sections=self.child_sections() if self.numchild else [],
        )
        return context


class PlainPage(BasePage):
    body = StreamField(CONTENT_BLOCKS, verbose_name="正文", blank=True)

    page_description = "不属于别的类型的文字，例如“关于本站”。"
    subpage_types = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "普通页面"


class ApplicationPage(BasePage):
    """An entry in the tree for something that is not a page: booking, the gazetteer.

    Editors name it, order it and hide it in the navigation; its URL is the application's.
    """

    view_name = models.CharField(
        "应用", max_length=80, help_text="该栏目打开的应用，例如 place_names:index。"
    )

    page_description = "菜单里的一项，打开预约、地名库这样的应用。"
    subpage_types = []
    content_panels = [*BasePage.content_panels, FieldPanel("view_name")]
    preview_modes = []

    class Meta:
        verbose_name = "应用栏目"

    def clean(self):
        super().clean()
        if not leads_to(self.view_name):
            raise ValidationError({"view_name": f"没有“{self.view_name}”这个应用。"})

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, path = parts
        try:
            return site_id, root_url, reverse(self.view_name)
        except NoReverseMatch:
            return site_id, root_url, path
