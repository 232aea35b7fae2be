"""The home page: the root of the site, which finds every other page."""

from copy import copy

from django.db import models
from django.db.models import Exists
from django.http import Http404
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from home.blocks.tasks import TaskBlock
from home.cache.memoize import memoized
from home.fields import StreamField
from home.languages.locales import ENGLISH, is_english
from home.pages.visibility import ANY_RESTRICTED

from .base import BasePage, ContentPage, Crumb
from .notices import NoticePage
from .pages import SectionPage

MAX_DEPTH = 8
"""Levels below the home page that are found in one query; deeper pages are found by Wagtail."""


class HomePage(BasePage):
    search_prompt = models.CharField("搜索框上方的话", max_length=40, default="您想办什么事？")
    search_words = models.CharField(
        "常搜的词", max_length=120, blank=True, help_text="用空格隔开，显示在搜索框下面。"
    )
    tasks = StreamField([("task", TaskBlock())], verbose_name="主要办事", blank=True, max_num=6)
    shortcuts = StreamField([("task", TaskBlock())], verbose_name="更多服务", blank=True, max_num=8)

    page_description = "网站首页：搜索框、主要办事、最新通知。"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("search_prompt"), FieldPanel("search_words")], "搜索"),
        FieldPanel("tasks"),
        FieldPanel("shortcuts"),
    ]

    class Meta:
        verbose_name = "首页"

    is_localized = False

    @cached_property
    def is_root_of_english(self) -> bool:
        return self.locale.language_code == ENGLISH

    @property
    def localized(self) -> Page:
        """The home page of the language in use, which the page of `site_of` is already."""
        return self if self.is_localized else super().localized

    def route(self, request, path_components):
        """Finds a page by its whole path in one query, not step by step down the tree.

        The same query brings its ancestors, which serve as the breadcrumb. Each request gets
        its own copy of the memoized page.
        """
        if is_english() and not self.is_root_of_english:
            raise Http404  # There is no English here (yet).
        url_paths = [
            f"{self.url_path}{'/'.join(path_components[:depth])}/"
            for depth in range(1, len(path_components[:MAX_DEPTH]) + 1)
        ]
        if not url_paths or len(path_components) > MAX_DEPTH:
            return super().route(request, path_components)
        found = memoized(("page at", url_paths[-1]), lambda: self._find(url_paths))
        if found is None:
            return super().route(request, path_components)
        pk, model, above = found
        try:
            memoized_page = memoized(("page", pk), lambda: _read(model, pk))
        except model.DoesNotExist:
            return super().route(request, path_components)
        page = copy(memoized_page)
        page.breadcrumb = above
        return page.route(request, [])

    def _find(self, url_paths: list[str]) -> tuple[int, type[Page], list[Crumb]] | None:
        """Primary key, model and breadcrumb of the page at the last path; None if there is none."""
        restricted = Exists(PageViewRestriction.objects.all())
        found = Page.objects.filter(url_path__in=url_paths).annotate(any_restricted=restricted)
        pages = list(found.order_by("depth"))
        if pages:
            # The page asks for it next: saves a query.
            memoized(ANY_RESTRICTED, lambda: pages[0].any_restricted)
        if not pages or pages[-1].url_path != url_paths[-1]:
            return None
        *above, page = pages
        crumbs = [(each.url, each.title) for each in (self, *above) if each.live]
        return page.pk, page.specific_class or Page, crumbs

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["notices"] = memoized("latest notices", lambda: NoticePage.latest(5))
        context["areas"] = SectionPage.areas()
        context["search_words"] = self.search_words.split()
        return context


def _read(model: type[Page], pk: int) -> Page:
    """The page with what its `<head>` needs, in one query."""
    pages = model._default_manager.all()
    if issubclass(model, BasePage):
        pages = pages.select_related("share_image")
    if issubclass(model, ContentPage):
        pages = pages.select_related("section")
    return pages.get(pk=pk)
