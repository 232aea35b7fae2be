"""What every page of the site has in common."""

from http import HTTPStatus

from django.conf import settings
from django.db import models
from django.shortcuts import render
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home import page_cache

from ..desk.duties import SectionPermissionTester
from ..fillers import filled
from ..page_forms import SitePageForm
from ..remembered import remembered
from ..section_contents import pages_of
from ..slugs import free_slug
from ..visibility import any_restricted, is_open_to_all

MOST_RELATED = 4
Crumb = tuple[str | None, str]


class BasePage(Page):
    """A page with a summary: shown under its title, in listings and to search engines."""

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

    # How the page may be kept, see `home.page_cache.Keeping`.
    is_numbered = False
    changes_by_the_minute = False

    base_form_class = SitePageForm
    # Without it Wagtail offers every page as the new place of one, and then refuses the move.
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [*Page.promote_panels, FieldPanel("share_image")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def _make_slug(self) -> None:
        """An address from the title where the editor gave none."""
        if not self.slug:
            self.slug = free_slug(self.title, self.get_parent() if self.path else None, self)

    def full_clean(self, *args, **kwargs):
        self._make_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._make_slug()
        super().minimal_clean()

    def permissions_for_user(self, user):
        """Those of Wagtail, less what belongs to other people's sections."""
        return SectionPermissionTester(user, self)

    def route(self, request, path_components):
        """An expired page is not just missing: it says so, to whom might have read it."""
        if not path_components and not self.live and self.expired:
            return RouteResult(self, kwargs={"is_expired": True})
        return super().route(request, path_components)

    def serve(self, request, *args, is_expired: bool = False, **kwargs):
        if is_expired:
            above = self.get_parent().specific
            # The home page holds everything: it is no hint.
            is_hint = is_open_to_all(above) and not above.is_site_root()
            context = {"expired": self, "above": above if is_hint else None}
            return render(request, "home/expired.html", context, status=HTTPStatus.GONE)
        return page_cache.mark(
            super().serve(request, *args, **kwargs),
            numbered=self.is_numbered,
            this_minute=self.changes_by_the_minute,
        )

    def get_meta_description(self) -> str:
        return filled(self.search_description or self.summary)

    def get_view_restrictions(self):
        """Asks only where any page of the site is restricted at all: mostly none is."""
        if any_restricted():
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    @cached_property
    def breadcrumb(self) -> list[Crumb]:
        """Address and title of the live pages from the home page down to the parent of this."""
        above = self.get_ancestors().live().filter(depth__gt=1)
        return [(page.url, page.title) for page in above]


class ContentPage(BasePage):
    """A page that belongs to a section, is reviewed from time to time, and has relatives."""

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
        """Address and title of the section this page is filed in, if all may read it."""
        if not self.section_id:
            return None
        key = ("section", self.section_id)
        return remembered(
            key,
            lambda: (
                (self.section.url, self.section.title) if is_open_to_all(self.section) else None
            ),
        )

    def related_pages(self) -> list[Page]:
        """The open pages an editor named as related; else others filed in the same section."""
        named = [block.value for block in self.related if block.value]
        chosen = [page for page in named if is_open_to_all(page)]
        if chosen or not self.section_id:
            return chosen
        first = remembered(
            ("first pages of a section", self.section_id),
            lambda: list(pages_of(self.section_id)[: MOST_RELATED + 1]),
        )
        return [page for page in first if page.pk != self.pk][:MOST_RELATED]
