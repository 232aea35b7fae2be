"""Service guides, and the topic pages that gather them along a life event."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet, prefetch_related_objects
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import Site
from wagtail.search import index

from home.blocks.tasks import ICONS, leads_to
from home.cache.memoize import memoized, site_of
from home.fields import StreamField
from home.languages.locales import CHINESE
from home.models import BasePage, ContentPage, SectionPage, ServiceHoursException, ServicePlace
from home.models.site_settings import settings_of
from home.pages.listing import listing_page, query_prefix
from home.pages.visibility import open_to_all
from home.service_places.mine import MAX_PLACES

from ..blocks import (
    GUIDE_BLOCKS,
    FaqBlock,
    LegalBasisBlock,
    MaterialBlock,
    MaterialListBlock,
    StepBlock,
)
from ..eligibility.blocks import BenefitBlock
from ..figures.forms import FigureTextForm
from ..publishing.notes import ChangeNoteMixin
from .completeness import FROM_ORIGINAL, blocking_gaps
from .forms import GuideForm
from .materials import MaterialTable, tables_of


class GuideIndexPage(BasePage):
    PAGE_SIZE = 20
    is_paginated = True

    page_description = "办事指南放在这里。全站只有一个。"
    subpage_types = ["guides.GuidePage", "guides.QuestionIndexPage"]
    max_count = 1

    class Meta:
        verbose_name = "办事指南栏目"

    def get_context(self, request, *args, **kwargs):
        """Adds the listing: `?area=` a section's slug, `?way=internet|counter|post`, `?page=`."""
        context = super().get_context(request, *args, **kwargs)
        areas = SectionPage.areas()
        wanted = request.GET.get("area", "")[:80]
        chosen = next((section for section in areas if section.slug == wanted), None)
        way = request.GET.get("way", "")
        if way not in GuidePage.WAYS:
            way = ""
        area = chosen.slug if chosen else ""

        def guides() -> QuerySet:
            found = open_to_all(GuidePage.objects).select_related("section").defer_streamfields()
            found = found.filter(section=chosen) if chosen else found
            found = found.filter(**{GuidePage.WAYS[way][0]: True}) if way else found
            return found.order_by("path")

        context.update(
            areas=areas,
            area=area,
            way=way,
            ways=[(key, label) for key, (_field, label) in GuidePage.WAYS.items()],
            page_obj=listing_page(request, ("guides", area, way), guides, self.PAGE_SIZE),
            query_prefix=query_prefix(area=area, way=way),
        )
        return context


class GuidePage(ChangeNoteMixin, ContentPage):
    """How to get one thing done: the eight elements inspections look for, and the usual rest."""

    WAYS = {
        "internet": ("by_internet", "网上办理"),
        "counter": ("by_counter", "窗口办理"),
        "post": ("by_post", "邮寄办理"),
    }
    FROM_ORIGINAL = FROM_ORIGINAL

    authority = models.CharField("实施主体", max_length=80, blank=True)
    audience = models.CharField("办理对象", max_length=120, blank=True)
    legal_basis = StreamField([("law", LegalBasisBlock())], verbose_name="设定依据", blank=True)
    conditions = StreamField(GUIDE_BLOCKS, verbose_name="申请条件", blank=True)
    materials = StreamField(
        [("material", MaterialBlock()), ("material_list", MaterialListBlock())],
        verbose_name="办理材料",
        blank=True,
    )
    no_materials = models.BooleanField("不需要材料", default=False)
    steps = StreamField([("step", StepBlock())], verbose_name="办理流程", blank=True)
    places = ParentalManyToManyField(
        "home.ServicePlace",
        verbose_name="服务网点",
        blank=True,
        related_name="guides",
        help_text="选了网点，办理地点、时间和电话就从网点来，不用再填。",
    )
    location = models.TextField("办理地点", blank=True, help_text="每个地点一行。")
    hours = models.TextField("办理时间", blank=True, help_text="每种情况一行。")
    phone = models.CharField("联系电话", max_length=120, blank=True)
    complaint_phone = models.CharField("监督投诉电话", max_length=120, blank=True)
    statutory_limit = models.CharField("法定时限", max_length=60, blank=True)
    promised_limit = models.CharField("承诺时限", max_length=60, blank=True)
    fee = models.CharField("收费", max_length=120, blank=True, default="不收费")
    visits = models.PositiveSmallIntegerField("到现场次数", null=True, blank=True)
    by_counter = models.BooleanField("窗口办理", default=True)
    by_internet = models.BooleanField("网上办理", default=False)
    by_post = models.BooleanField("邮寄办理", default=False)
    online_address = models.URLField(
        "网上办理的网址",
        blank=True,
        help_text="这件事在政务服务网上的那一页。不填时链接到设置 → 网站信息里的平台。",
    )
    result = models.CharField("办理结果", max_length=120, blank=True)
    result_sample = models.ForeignKey(
        "home.SiteImage",
        verbose_name="结果样本",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(GUIDE_BLOCKS, verbose_name="更多说明", blank=True)
    faq = StreamField([("question", FaqBlock())], verbose_name="常见问题", blank=True)
    eligibility = StreamField(
        [("benefit", BenefitBlock())],
        verbose_name="谁可以领（政策找人）",
        blank=True,
        help_text="写了的，“看看能领什么”会按这里的条件回答市民。题目代码到那一页查。",
    )
    action_label = models.CharField(
        "按钮文字", max_length=20, blank=True, help_text="用动词开头，例如“预约结婚登记”。"
    )
    action_address = models.CharField(
        "按钮打开", max_length=200, blank=True, help_text="站内地址、网址或应用名。"
    )
    sample_note = models.CharField(
        "示例说明", max_length=120, blank=True, help_text="哪些内容是示例。正式使用前请清空。"
    )

    base_form_class = GuideForm
    page_description = "一件事怎么办：条件、材料、流程、地点、时间、电话。"
    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("authority"), FieldPanel("audience")]),
                FieldRowPanel([FieldPanel("statutory_limit"), FieldPanel("promised_limit")]),
                FieldRowPanel([FieldPanel("fee"), FieldPanel("visits")]),
                FieldRowPanel(
                    [FieldPanel("by_counter"), FieldPanel("by_internet"), FieldPanel("by_post")]
                ),
                FieldPanel("online_address"),
                FieldRowPanel([FieldPanel("result"), FieldPanel("result_sample")]),
            ],
            "要点",
        ),
        FieldPanel("conditions"),
        FieldPanel("materials"),
        FieldPanel("no_materials"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("places", widget=CheckboxSelectMultiple),
                *(FieldPanel(n) for n in ("location", "hours", "phone", "complaint_phone")),
            ],
            "在哪里、什么时候、找谁",
        ),
        FieldPanel("legal_basis"),
        FieldPanel("body"),
        FieldPanel("faq"),
        FieldPanel("eligibility"),
        MultiFieldPanel([FieldPanel("action_label"), FieldPanel("action_address")], "主要按钮"),
        FieldPanel("sample_note"),
        FieldPanel("change_note"),
    ]
    search_fields = [
        *ContentPage.search_fields,
        *(
            index.SearchField(name)
            for name in ("conditions", "materials", "steps", "body", "faq", "audience")
        ),
    ]

    class Meta:
        verbose_name = "办事指南"
        verbose_name_plural = "办事指南"

    def publishing_errors(self) -> list[str]:
        """The missing ones of the eight elements, and what stops every page."""
        missing = "、".join(gap.label for gap in blocking_gaps(self))
        return [*([f"缺少{missing}。"] if missing else []), *super().publishing_errors()]

    @cached_property
    def original(self) -> "GuidePage":
        """The Chinese guide of a translation, whose facts (places, fee, limits, the address of the
        button) both show; the guide itself where it has no public original."""
        originals = open_to_all(GuidePage.objects, any_language=True).filter(
            translation_key=self.translation_key, locale__language_code=CHINESE
        )
        return originals.exclude(pk=self.pk).first() or self

    @cached_property
    def public_places(self) -> list:
        """The places where this is done, with their hours and exceptions."""
        # A draft in the preview holds its choice in memory, the live page in the database.
        if "places" in getattr(self, "_cluster_related_objects", {}):
            public = ServicePlace.objects.public().with_hours()
            return list(public.filter(pk__in=[place.pk for place in self.places.all()]))
        return memoized("places of guides", _places_of_guides).get(self.pk, [])

    @property
    def shown_places(self) -> list:
        """Few enough to read; the rest are in the directory under `places_url`."""
        return self.public_places[:MAX_PLACES]

    @property
    def places_url(self) -> str:
        """The directory, narrowed to a kind where all places are of that kind."""
        kinds = {place.kind for place in self.public_places}
        query = f"?kind={kinds.pop()}" if len(kinds) == 1 else ""
        return reverse("home:service_places") + query

    @property
    def material_tables(self) -> list[MaterialTable]:
        return tables_of(self)

    def ways(self) -> list[str]:
        """How it can be done, in words: 窗口办理, 网上办理, 邮寄办理."""
        return [label for field, label in self.WAYS.values() if getattr(self, field)]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        site = site_of(request)
        if self.by_internet and site:
            context["platform"] = settings_of(site).online_platform
            context["online_url"] = self.online_url(site)
        return context

    def online_url(self, site: Site) -> str:
        """Where it is done on the internet: the item's own page, else the platform's start page.
        Empty where it is not done on the internet."""
        if not self.by_internet:
            return ""
        return self.online_address or settings_of(site).online_platform_address

    def clean(self):
        super().clean()
        errors = {}
        if self.action_address and not self.action_url():
            errors["action_address"] = "没有这个地址。请写 / 或 https:// 开头的地址，或者应用名。"
        if self.online_address and not self.by_internet:
            errors["online_address"] = "填了网址，请同时勾选“网上办理”。"
        if errors:
            raise ValidationError(errors)

    def action_url(self) -> str:
        """Where the main button leads; an empty text when there is none."""
        return leads_to(self.action_address) if self.action_address else ""


def _places_of_guides() -> dict[int, list[ServicePlace]]:
    """The public places of all guides, with their hours: two queries, one more where some
    place has exceptions."""
    found: dict[int, list[ServicePlace]] = {}
    exceptions = ServiceHoursException.objects.filter(place=OuterRef("pk"))
    chosen = ServicePlace.objects.public().filter(guides__isnull=False)
    places = list(chosen.annotate(guide=F("guides"), has_exceptions=Exists(exceptions)))
    nothing = ServiceHoursException.objects.none()
    prefetch_related_objects(places, "weekly_hours")
    prefetch_related_objects([one for one in places if one.has_exceptions], "hours_exceptions")
    for place in places:
        if not place.has_exceptions:
            place._prefetched_objects_cache["hours_exceptions"] = nothing
        found.setdefault(place.guide, []).append(place)
    return found


class TopicPage(ContentPage):
    """A life event (getting married, losing a relative) and what there is to do, in order."""

    icon = models.CharField("图标", max_length=20, choices=ICONS, default="document")
    body = StreamField(
        [
            *GUIDE_BLOCKS,
            ("guide", PageChooserBlock(["guides.GuidePage"], label="办事指南")),
        ],
        verbose_name="内容",
        blank=True,
        help_text="按人们办事的先后排列说明和指南。",
    )

    base_form_class = FigureTextForm
    page_description = "把一件人生大事（结婚、搬家、亲人离世）要办的指南按先后排在一起。"
    parent_page_types = ["home.SectionPage"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, FieldPanel("icon"), FieldPanel("body")]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    @property
    def guide_keys(self) -> set[int]:
        """The keys of the guides that it lists, without asking for the guides."""
        return {block["value"] for block in self.body.raw_data if block["type"] == "guide"}

    class Meta:
        verbose_name = "人生大事专题"
