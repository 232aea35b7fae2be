"""The home page, sections, plain pages, and doors to the applications."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists
from django.urls import NoReverseMatch, reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ..blocks import CONTENT_BLOCKS
from ..blocks.tasks import ICONS, TaskBlock, leads_to
from ..listing import listing_page, query_prefix
from ..remembered import remembered
from ..section_contents import kinds_in, pages_of
from ..visibility import ANY_RESTRICTED, open_to_all
from .base import BasePage, ContentPage, Crumb

LONGEST_WAY = 8


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

    def route(self, request, path_components):
        """Finds a page by its whole address at once, not step by step down the tree.

        The pages above it come with the same query and serve as its breadcrumb. Each request
        gets a copy of its own of the page that is remembered.
        """
        addresses = [
            f"{self.url_path}{'/'.join(path_components[:depth])}/"
            for depth in range(1, len(path_components[:LONGEST_WAY]) + 1)
        ]
        if not addresses or len(path_components) > LONGEST_WAY:
            return super().route(request, path_components)
        way = remembered(("way", addresses[-1]), lambda: self._way(addresses))
        if way is None:
            return super().route(request, path_components)
        pk, model, above = way
        try:
            read = remembered(("page", pk), lambda: _read(model, pk))
        except model.DoesNotExist:
            return super().route(request, path_components)
        page = copy(read)
        page.breadcrumb = above
        return page.route(request, [])

    def _way(self, addresses: list[str]) -> tuple[int, type[Page], list[Crumb]] | None:
        """The page at the last of the addresses: its key, its model, the pages above it."""
        restricted = Exists(PageViewRestriction.objects.all())
        found = Page.objects.filter(url_path__in=addresses).annotate(any_restricted=restricted)
        pages = list(found.order_by("depth"))
        if pages:
            # Spares the page the query that asks for it.
            remembered(ANY_RESTRICTED, lambda: pages[0].any_restricted)
        if not pages or pages[-1].url_path != addresses[-1]:
            return None
        *above, page = pages
        crumbs = [(each.url, each.title) for each in (self, *above) if each.live]
        return page.pk, page.specific_class or Page, crumbs

    def get_context(self, request, *args, **kwargs):
        from .notices import NoticePage

        context = super().get_context(request, *args, **kwargs)
        notices = open_to_all(NoticePage.objects).defer_streamfields()
        context["notices"] = remembered(
            "latest notices", lambda: list(notices.order_by("-issued_on", "-pk")[:5])
        )
        context["areas"] = SectionPage.areas()
        context["search_words"] = self.search_words.split()
        return context


def _read(model: type[Page], pk: int) -> Page:
    """The page with what its head needs, in one query."""
    pages = model._default_manager.all()
    if issubclass(model, BasePage):
        pages = pages.select_related("share_image")
    if issubclass(model, ContentPage):
        pages = pages.select_related("section")
    return pages.get(pk=pk)


class SectionPage(BasePage):
    """A section of the site: what it is about, the pages under it and those filed in it."""

    PAGE_SIZE = 20
    is_numbered = True

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
        """The open areas of the bureau's work, in the order of the tree."""
        areas = open_to_all(cls.objects).filter(is_area=True).defer_streamfields()
        return remembered("areas", lambda: list(areas.order_by("path")))

    def child_sections(self) -> list["SectionPage"]:
        """The open sections right under this one."""
        live = open_to_all(SectionPage.objects.child_of(self)).defer_streamfields()
        return remembered(("sections under", self.pk), lambda: list(live.order_by("path")))

    def get_context(self, request, *args, **kwargs):
        """Adds the page of its contents: `?kind=` narrows to a kind, `?page=` turns pages."""
        context = super().get_context(request, *args, **kwargs)
        kind = request.GET.get("kind", "")
        kinds = remembered(("kinds in", self.pk), lambda: kinds_in(self.pk))
        if kind not in [key for key, _label, _count in kinds]:
            kind = ""
        context.update(
            kind=kind,
            kinds=kinds,
            page_obj=listing_page(
                request,
                ("contents", self.pk, kind),
                lambda: pages_of(self.pk, kind),
                self.PAGE_SIZE,
            ),
            query_prefix=query_prefix(kind=kind),
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
    """A place in the tree for something that is not a page: booking, the gazetteer.

    Editors name it, order it and hide it in the navigation; the address is the
    application's own.
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
