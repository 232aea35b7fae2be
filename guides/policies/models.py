"""Policy documents, their state on a day, and what explains them."""

import datetime
import re
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page, PageManager, ReferenceIndex
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.blocks.media import AttachmentBlock
from home.cache.memoize import memoized
from home.fields import StreamField
from home.models import BasePage, ContentPage, SectionPage
from home.pages.listing import listing_page, query_prefix
from home.pages.visibility import is_open_to_all, open_to_all

from ..blocks import GUIDE_BLOCKS
from ..figures.forms import FigureTextForm
from ..publishing.notes import ChangeNoteMixin

START_PAGE = re.compile(r"/(?:index|default)\.\w+$")


class PolicyState(models.TextChoices):
    COMING = "coming", "尚未施行"
    IN_FORCE = "in_force", "现行有效"
    ENDED = "ended", "已失效"


class PolicyQuerySet(PageQuerySet):
    def in_state(self, state: str, day: datetime.date):
        """Documents that are in `state` (of PolicyState) on `day`."""
        begun = models.Q(effective_on__isnull=True) | models.Q(effective_on__lte=day)
        ended = models.Q(ends_on__lt=day)
        if state == PolicyState.COMING:
            return self.filter(effective_on__gt=day)
        if state == PolicyState.ENDED:
            return self.filter(begun & ended)
        return self.filter(begun).exclude(ended)

    def newest_first(self):
        """By the day of the text in force: that of the last revision, else of issue."""
        return self.order_by(Coalesce("revised_on", "issued_on").desc(), "-pk")


def _areas_with_policies() -> set[int | None]:
    return set(open_to_all(PolicyPage.objects).values_list("section", flat=True))


class PolicyIndexPage(BasePage):
    PAGE_SIZE = 20
    is_paginated = True

    page_description = "政策文件和解读放在这里。全站只有一个。"
    subpage_types = ["guides.PolicyPage", "guides.InterpretationPage"]
    max_count = 1

    class Meta:
        verbose_name = "政策文件栏目"

    def get_context(self, request, *args, **kwargs):
        """Adds the listing: `?state=`, `?area=` a section's slug, `?year=` of issue, `?page=`."""
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        filed = memoized("areas with policies", _areas_with_policies)
        areas = [section for section in SectionPage.areas() if section.pk in filed]
        wanted = request.GET.get("area", "")[:80]
        chosen = next((section for section in areas if section.slug == wanted), None)
        state = request.GET.get("state", "")
        if state not in PolicyState.values:
            state = ""
        area = chosen.slug if chosen else ""

        def policies() -> QuerySet:
            found = open_to_all(PolicyPage.objects).select_related("section").defer_streamfields()
            found = found.filter(section=chosen) if chosen else found
            found = found.in_state(state, today) if state else found
            return found.newest_first()

        context.update(
            areas=areas,
            area=area,
            state=state,
            states=PolicyState.choices,
            page_obj=listing_page(request, ("policies", area, state), policies, self.PAGE_SIZE),
            query_prefix=query_prefix(area=area, state=state),
        )
        return context


class PolicyPage(ChangeNoteMixin, ContentPage):
    document_number = models.CharField("文号", max_length=80, blank=True)
    issuing_body = models.CharField("发文机关", max_length=80)
    issued_on = models.DateField("成文日期")
    revised_on = models.DateField(
        "修订日期",
        null=True,
        blank=True,
        help_text="最近一次修订、修正的日期。整部重新公布、用新文号的，不填，公布的日期就是成文日期。",
    )
    published_on = models.DateField("公开日期", null=True, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    ends_on = models.DateField(
        "有效期至", null=True, blank=True, help_text="含当天。废止的文件填废止前一天。"
    )
    index_number = models.CharField(
        "索引号", max_length=60, blank=True, help_text="政府信息公开目录里的编号。"
    )
    subject = models.CharField(
        "主题分类",
        max_length=60,
        blank=True,
        help_text="公开目录里的类别，例如：民政、扶贫、救灾。",
    )
    ended_by = models.CharField(
        "失效、废止依据", max_length=160, blank=True, help_text="哪份文件宣布失效或者废止。"
    )
    replaces = StreamField(
        [("policy", PageChooserBlock(["guides.PolicyPage"], label="文件"))],
        verbose_name="取代的文件",
        blank=True,
    )
    attachments = StreamField([("attachment", AttachmentBlock())], verbose_name="附件", blank=True)
    body = StreamField(GUIDE_BLOCKS, verbose_name="正文", blank=True)
    is_summary = models.BooleanField(
        "是摘要", default=False, help_text="本页只讲要点，以原文为准。"
    )
    full_text_address = models.URLField(
        "原文网址",
        max_length=300,
        blank=True,
        help_text="原文所在的网页，不是网站首页。只讲要点的页面请填；实在找不到的，填能查到它的网站。",
    )
    is_sample = models.BooleanField("示例内容", default=False)

    objects = PageManager.from_queryset(PolicyQuerySet)()

    base_form_class = FigureTextForm
    page_description = "有文号、发文机关和日期的文件；效力由日期算出。也可以用“导入Word”。"
    parent_page_types = ["guides.PolicyIndexPage"]
    subpage_types = ["guides.InterpretationPage"]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("subject")]),
                FieldRowPanel([FieldPanel("document_number"), FieldPanel("issuing_body")]),
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("revised_on")]),
                FieldPanel("published_on"),
                FieldRowPanel([FieldPanel("effective_on"), FieldPanel("ends_on")]),
                FieldPanel("ended_by"),
                FieldRowPanel([FieldPanel("is_summary"), FieldPanel("is_sample")]),
                FieldPanel("full_text_address"),
            ],
            "文件信息",
        ),
        FieldPanel("replaces"),
        FieldPanel("body"),
        FieldPanel("attachments"),
        FieldPanel("change_note"),
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("document_number"),
        index.SearchField("index_number"),
        index.SearchField("body"),
        index.FilterField("issued_on"),
    ]

    class Meta:
        verbose_name = "政策文件"
        verbose_name_plural = "政策文件"

    @property
    def text_dated(self) -> datetime.date:
        """The day of the text in force."""
        return self.revised_on or self.issued_on

    @property
    def full_text_host(self) -> str:
        """The site on which the full text stands, without www."""
        return (urlsplit(self.full_text_address).hostname or "").removeprefix("www.")

    @property
    def has_original(self) -> bool:
        """Whether the address is that of the text itself: the start page of a site is none."""
        parts = urlsplit(self.full_text_address)
        path = START_PAGE.sub("", parts.path)
        return bool(path.strip("/") or parts.query or parts.fragment.strip("/"))

    def clean(self):
        super().clean()
        start = self.effective_on or self.issued_on
        if self.ends_on and start and self.ends_on < start:
            raise ValidationError({"ends_on": "有效期不能早于施行日期。"})
        if self.revised_on and self.issued_on and self.revised_on < self.issued_on:
            raise ValidationError({"revised_on": "修订日期不能早于成文日期。"})

    def publishing_errors(self) -> list[str]:
        """A document without words, and what stops every page."""
        empty = not self.body and not self.attachments
        nothing = ["没有正文，也没有附件。"] if empty else []
        return [*nothing, *super().publishing_errors()]

    def still_in_force(self) -> list["PolicyPage"]:
        """Those of the replaced documents that say nothing yet of their end."""
        replaced = [block.value for block in self.replaces if block.value]
        return [policy for policy in replaced if policy.specific.ends_on is None]

    def state_on(self, day: datetime.date) -> PolicyState:
        """Whether the document is in force on `day`, from its own dates."""
        if self.effective_on and day < self.effective_on:
            return PolicyState.COMING
        if self.ends_on and day > self.ends_on:
            return PolicyState.ENDED
        return PolicyState.IN_FORCE

    @property
    def state(self) -> PolicyState:
        return self.state_on(timezone.localdate())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        explained, successors = memoized(("about", self.pk), self.about)
        context.update(interpretations=explained, successors=successors)
        replaced = [block.value for block in self.replaces if block.value]
        context["replaced"] = [page for page in replaced if is_open_to_all(page)]
        return context

    def about(self) -> tuple[list[Page], list["PolicyPage"]]:
        """The open pages that explain this document, and the documents that replace it; both
        with one query, for most documents have none."""
        if not self.pk:
            return [], []
        references = ReferenceIndex.get_references_to(self).filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            model_path__startswith="replaces.",
        )
        replacing = references.values(key=Cast("object_id", models.BigIntegerField()))
        about = models.Q(interpretationpage__policy=self.pk) | models.Q(pk__in=replacing)
        pages = open_to_all(Page.objects.filter(about)).order_by("path")
        found = list(pages.annotate(explains=models.F("interpretationpage__policy")))
        newer = [page.pk for page in found if page.explains != self.pk]
        policies = PolicyPage.objects.filter(pk__in=newer).defer_streamfields()
        return [page for page in found if page.explains == self.pk], list(policies)


class InterpretationPage(ContentPage):
    """A document explained in plain words."""

    policy = models.ForeignKey(
        PolicyPage,
        verbose_name="解读的文件",
        null=True,
        on_delete=models.SET_NULL,
        related_name="interpretations",
    )
    issued_on = models.DateField("发布日期", default=timezone.localdate)
    body = StreamField(GUIDE_BLOCKS, verbose_name="正文", blank=True)

    base_form_class = FigureTextForm
    page_description = "用通俗的话讲清楚一份政策文件。"
    parent_page_types = ["guides.PolicyIndexPage", "guides.PolicyPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        PageChooserPanel("policy"),
        FieldPanel("issued_on"),
        FieldPanel("body"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "政策解读"
