"""Publications made from the gazetteer, each with a cover and a file."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.blocks import CONTENT_BLOCKS
from home.cache.memoize import memoized
from home.fields import StreamField
from home.models.base import BasePage, ContentPage
from home.pages.visibility import open_to_all


class PublicationIndexPage(BasePage):
    """The shelf: all publications under it."""

    max_count = 1
    page_description = "地名志、地名录这样的出版物放在这里。全站只有一个。"
    subpage_types = ["place_names.PublicationPage"]

    class Meta:
        verbose_name = "地名出版物目录"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["publications"] = memoized("publications", self._publications)
        return context

    def _publications(self) -> list["PublicationPage"]:
        live = open_to_all(PublicationPage.objects.child_of(self)).defer_streamfields()
        return list(
            live.order_by("path").select_related("cover").prefetch_related("cover__renditions")
        )


class PublicationPage(ContentPage):
    """One publication of the census: cover, what is in it, and the file to take home."""

    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="封面",
    )
    file = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="文件",
        help_text="供下载的全文或样章。",
    )
    compiler = models.CharField("编者", max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(
        "出版年份",
        null=True,
        blank=True,
        validators=[MinValueValidator(1949), MaxValueValidator(2100)],
    )
    body = StreamField(CONTENT_BLOCKS, verbose_name="内容介绍", blank=True)
    is_sample = models.BooleanField(
        "是示例", default=False, help_text="封面和文件不是正式出版物时勾选，页面会标出“示例”。"
    )

    page_description = "一种地名出版物：封面、介绍和供下载的文件。"
    parent_page_types = ["place_names.PublicationIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("cover"),
                FieldPanel("file"),
                FieldRowPanel([FieldPanel("compiler"), FieldPanel("year")]),
                FieldPanel("is_sample"),
            ],
            "出版物",
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.SearchField("compiler"),
    ]

    class Meta:
        verbose_name = "地名出版物"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__gte=1949, year__lte=2100),
                name="publication_year_believable",
                violation_error_message="年份须在1949至2100之间。",
            ),
        ]
