"""Notices, events and downloads."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.search import index

from home.fields import StreamField
from home.pages.listing import listing_page, query_prefix
from home.pages.visibility import open_to_all

from ..blocks import CONTENT_BLOCKS
from .base import BasePage, ContentPage
from .pages import SectionPage
from .sign_ups import EventPlaces


class NoticeIndexPage(BasePage):
    PAGE_SIZE = 20
    is_paginated = True

    page_description = "通知公告和活动放在这里。全站只有一个。"
    subpage_types = ["home.NoticePage", "home.EventPage"]
    max_count = 1

    class Meta:
        verbose_name = "通知公告栏目"

    def get_context(self, request, *args, **kwargs):
        """Adds the listing: `?kind=notice|event`, `?area=` a section's slug, `?page=`."""
        context = super().get_context(request, *args, **kwargs)
        kind = request.GET.get("kind", "")
        area = request.GET.get("area", "")[:80]
        areas = SectionPage.areas()
        chosen = next((section for section in areas if section.slug == area), None)
        model = EventPage if kind == "event" else NoticePage
        area = chosen.slug if chosen else ""

        def pages() -> QuerySet:
            found = open_to_all(model.objects).select_related("section")
            found = found.order_by(*model.NEWEST_FIRST)
            return found.filter(section=chosen) if chosen else found

        context.update(
            kind="event" if kind == "event" else "notice",
            areas=areas,
            area=area,
            page_obj=listing_page(request, (model.__name__, area), pages, self.PAGE_SIZE),
            query_prefix=query_prefix(kind=kind, area=area),
        )
        return context


class NoticePage(ContentPage):
    NEWEST_FIRST = ("-issued_on", "-pk")

    issued_on = models.DateField("发布日期", default=timezone.localdate)
    issuer = models.CharField("发布单位", max_length=80, default="广州市海珠区民政局")
    relevant_until = models.DateField(
        "最后有用的一天",
        null=True,
        blank=True,
        help_text="过了这一天，首页不再列出，页面上注明已经过期。不填：一直有用。",
    )
    is_sample = models.BooleanField("示例内容", default=False)
    body = StreamField(CONTENT_BLOCKS, verbose_name="正文", blank=True)

    page_description = "一件要让大家知道的事：放假安排、征求意见、公示。"
    parent_page_types = ["home.NoticeIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("issuer")]),
                FieldRowPanel([FieldPanel("relevant_until"), FieldPanel("is_sample")]),
            ],
            "发布",
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.FilterField("issued_on"),
    ]

    class Meta:
        verbose_name = "通知公告"

    def clean(self):
        super().clean()
        if self.relevant_until and self.issued_on and self.relevant_until < self.issued_on:
            raise ValidationError({"relevant_until": "不能早于发布日期。"})

    @property
    def is_over(self) -> bool:
        """Whether what the notice told of is past. Pages are cached for the day."""
        return bool(self.relevant_until) and self.relevant_until < timezone.localdate()

    @classmethod
    def latest(cls, count: int) -> list["NoticePage"]:
        """The newest public notices that are still of use."""
        open_notices = open_to_all(cls.objects).defer_streamfields()
        of_use = Q(relevant_until=None) | Q(relevant_until__gte=timezone.localdate())
        return list(open_notices.filter(of_use).order_by(*cls.NEWEST_FIRST)[:count])


class EventPage(ContentPage):
    """A lecture, a clinic, an open day. People sign up only where the editor says so."""

    NEWEST_FIRST = ("-starts_at", "-pk")
    shows_time = True

    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    venue = models.CharField("地点", max_length=120)
    audience = models.CharField("适合谁参加", max_length=80, blank=True)
    sign_up_required = models.BooleanField("需要报名", default=False)
    sign_up_until = models.DateTimeField("报名截止", null=True, blank=True)
    sign_up_online = models.BooleanField(
        "在本站报名", default=False, help_text="打开后，活动页面上有报名表，只问姓名和手机号码。"
    )
    places = models.PositiveIntegerField(
        "名额",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text="在本站报名时，报满就不再收。不填表示不限。",
    )
    sign_up_how = models.CharField(
        "怎样报名",
        max_length=200,
        blank=True,
        help_text="电话或到场地点。不在本站报名时必填；在本站报名时，写给不方便上网的人。",
    )
    is_sample = models.BooleanField("示例内容", default=False)
    body = StreamField(CONTENT_BLOCKS, verbose_name="活动内容", blank=True)

    page_description = "有时间、有地点的讲座或活动，可以在本站报名。"
    parent_page_types = ["home.NoticeIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("venue"),
                FieldPanel("audience"),
                FieldPanel("is_sample"),
            ],
            "时间和地点",
        ),
        MultiFieldPanel(
            [
                FieldPanel("sign_up_required"),
                FieldPanel("sign_up_until"),
                FieldRowPanel([FieldPanel("sign_up_online"), FieldPanel("places")]),
                FieldPanel("sign_up_how"),
            ],
            "报名",
        ),
        FieldPanel("body"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "活动"

    def clean(self):
        super().clean()
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = "结束时间要晚于开始时间。"
        if self.sign_up_required and not self.sign_up_online and not self.sign_up_how:
            errors["sign_up_how"] = "需要报名的活动，请写明怎样报名。"
        if self.sign_up_online and not self.sign_up_required:
            errors["sign_up_online"] = "在本站报名的活动，请同时勾选“需要报名”。"
        if self.sign_up_online and not self.sign_up_until:
            errors["sign_up_until"] = "在本站报名的活动，请写明报名截止的时间。"
        if self.sign_up_until and self.starts_at and self.sign_up_until > self.starts_at:
            errors["sign_up_until"] = "报名截止不能晚于活动开始。"
        if errors:
            raise ValidationError(errors)

    @property
    def signs_up_here(self) -> bool:
        """Whether people sign up on the site itself."""
        return self.sign_up_required and self.sign_up_online

    @cached_property
    def is_full(self) -> bool:
        counted = EventPlaces.objects.filter(event=self.pk).first() if self.signs_up_here else None
        return counted is not None and counted.is_full

    @property
    def issued_on(self):
        return timezone.localdate(self.starts_at)

    @property
    def state(self) -> str:
        """报名中, 名额已满, 报名已截止, 即将开始, 进行中 or 已结束, at this moment."""
        now = timezone.now()
        if now >= self.ends_at:
            return "已结束"
        if now >= self.starts_at:
            return "进行中"
        if not self.sign_up_required:
            return "即将开始"
        if self.sign_up_until and now > self.sign_up_until:
            return "报名已截止"
        return "名额已满" if self.is_full else "报名中"


class DownloadPage(ContentPage):
    """Forms and files to take home, each with its type and size."""

    files = StreamField(
        [("file", DocumentChooserBlock(label="文件"))], verbose_name="文件", blank=True
    )
    body = StreamField(CONTENT_BLOCKS, verbose_name="说明", blank=True)

    page_description = "供下载的表格和文件，列出类型和大小。"
    subpage_types = []
    content_panels = [*BasePage.content_panels, FieldPanel("files"), FieldPanel("body")]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "下载"
