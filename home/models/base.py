"""Base classes of all page types."""

from http import HTTPStatus

from django.conf import settings
from django.db import models
from django.shortcuts import render
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home.cache import page_cache
from home.cache.memoize import memoized
from home.fields import StreamField
from home.languages.locales import is_english
from home.pages.page_forms import SitePageForm
from home.pages.placeholders import substituted
from home.pages.publishing_checks import PublishingChecks
from home.pages.section_contents import pages_of
from home.pages.section_permissions import SectionPermissionTester
from home.pages.slugs import free_slug
from home.pages.visibility import any_restricted, is_open_to_all

MAX_RELATED = 4
Crumb = tuple[str | None, str]


class BasePage(PublishingChecks, Page):
    """A page with a summary, which is shown below its title, in listings and to search engines."""

    summary = models.CharField(
        "摘要", max_length=200, blank=True, help_text="一两句话，说明本页能办什么、讲什么。"
    )
    share_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name="分享图片",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="转发到社交软件时显示的图片。不填时用网站标志。",
    )

    asked = models.TextField(
        "群众怎么问",
        blank=True,
        max_length=2000,
        help_text="市民会用哪些话来找这一页，一行一句。只用于搜索，不在页面上显示。",
    )

    # The cache policy of the page, see `home.cache.page_cache.CachePolicy`.
    is_paginated = False
    shows_time = False
    # Whether a note of the editor at republication is told to subscribers.
    announces_changes = False

    base_form_class = SitePageForm
    # Without it Wagtail offers every page as a new parent, and then refuses the move.
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    # No TitleFieldPanel: its script fills in the slug, and makes "-" or "2026" of a Chinese title.
    # The server makes it from the title in pinyin (`SitePageForm`).
    content_panels = [FieldPanel("title", classname="title"), FieldPanel("summary")]
    promote_panels = [*Page.promote_panels, FieldPanel("share_image"), FieldPanel("asked")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("asked"),
    ]

    class Meta:
        abstract = True

    def _make_slug(self) -> None:
        """Derives the slug from the title if the editor left it empty."""
        if not self.slug:
            self.slug = free_slug(self.title, self.get_parent() if self.path else None, self)

    def full_clean(self, *args, **kwargs):
        self._make_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._make_slug()
        super().minimal_clean()

    def permissions_for_user(self, user):
        """Wagtail's permissions, without those on other people's sections."""
        return SectionPermissionTester(user, self)

    def route(self, request, path_components):
        """Serves an expired page as 410 with an explanation, to those who could have read it."""
        if not path_components and not self.live and self.expired:
            return RouteResult(self, kwargs={"is_expired": True})
        return super().route(request, path_components)

    def get_template(self, request, *args, **kwargs) -> list[str] | str:
        """An English page has the English template of its type, where there is one."""
        name = super().get_template(request, *args, **kwargs)
        if not is_english():
            return name
        app, _slash, rest = name.partition("/")
        return [f"{app}/english/{rest}", name]

    def serve(self, request, *args, is_expired: bool = False, **kwargs):
        if is_expired:
            above = self.get_parent().specific
            # The home page contains everything, so it is no hint.
            is_hint = is_open_to_all(above) and not above.is_site_root()
            context = {"expired": self, "above": above if is_hint else None}
            return render(request, "home/expired.html", context, status=HTTPStatus.GONE)
        return page_cache.set_policy(
            super().serve(request, *args, **kwargs),
            paginated=self.is_paginated,
            until_next_minute=self.shows_time,
        )

    def get_meta_description(self) -> str:
        return substituted(self.search_description or self.summary)

    def get_view_restrictions(self):
        """Queries only if any page of the site is restricted, which is rare."""
        if any_restricted():
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    @cached_property
    def breadcrumb(self) -> list[Crumb]:
        """(URL, title) of the live ancestors, from the home page down to the parent."""
        above = self.get_ancestors().live().filter(depth__gt=1)
        return [(page.url, page.title) for page in above]


class ContentPage(BasePage):
    """A page that is filed in a section, is reviewed regularly, and has related pages."""

    section = models.ForeignKey(
        "home.SectionPage",
        verbose_name="所属业务",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_due = models.DateField(
        "下次复核日期", null=True, blank=True, help_text="到这一天仍未复核，工作台会提醒。"
    )
    related = StreamField(
        [("page", PageChooserBlock(label="页面"))],
        verbose_name="相关页面",
        blank=True,
        max_num=6,
    )

    settings_panels = [
        MultiFieldPanel([FieldPanel("section"), FieldPanel("review_due")], "归属与复核"),
        *Page.settings_panels,
    ]
    promote_panels = [*BasePage.promote_panels, FieldPanel("related")]
    search_fields = [*BasePage.search_fields, index.FilterField("section")]

    class Meta:
        abstract = True

    @property
    def section_crumb(self) -> Crumb | None:
        """(URL, title) of the section of this page, if the public may read it."""
        if not self.section_id:
            return None
        key = ("section", self.section_id)
        return memoized(
            key,
            lambda: (
                (self.section.url, self.section.title) if is_open_to_all(self.section) else None
            ),
        )

    def related_pages(self) -> list[Page]:
        """The public pages an editor chose as related, else others filed in the same section."""
        named = [block.value for block in self.related if block.value]
        chosen = [page for page in named if is_open_to_all(page)]
        if chosen or not self.section_id:
            return chosen
        first = memoized(
            ("first pages of a section", self.section_id),
            lambda: list(pages_of(self.section_id)[: MAX_RELATED + 1]),
        )
        return [page for page in first if page.pk != self.pk][:MAX_RELATED]
