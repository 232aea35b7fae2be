"""What can be booked, what is asked for it, and what to bring."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from home.models.shown_form import ShownForm

# What `marriage.materials.questions.is_met` compares with the answers of a couple.
BY_CASE = "case"
MATERIAL_CONDITIONS = [
    ("always", "总是需要"),
    (BY_CASE, "按情况（什么情况要带，写在“要求”里）"),
    ("parties=1", "只有一人办理（补领时离婚、丧偶的）"),
    ("parties=2", "双方办理"),
    ("residence=none", "双方都没有内地户籍"),
    ("origin=mainland", "有一方是内地居民"),
    ("origin=hmt", "有一方是港澳台居民"),
    ("origin=hong_kong", "有一方是香港居民"),
    ("origin=macao", "有一方是澳门居民"),
    ("origin=taiwan", "有一方是台湾居民"),
    ("origin=overseas", "有一方是华侨"),
    ("origin=foreign", "有一方是外国人"),
    ("origin=foreign_only", "双方都是外国人"),
    ("origin=military", "有一方是现役军人"),
    ("earlier_marriage=divorced", "有一方离过婚"),
    ("earlier_marriage=widowed", "有一方丧偶"),
    ("certificates=both", "两本结婚证都在"),
    ("certificates=one_lost", "遗失一本结婚证"),
    ("certificates=both_lost", "两本结婚证都遗失"),
    ("lost=marriage_one", "补领一本结婚证"),
    ("lost=marriage_both", "补领两本结婚证"),
    ("lost=divorce", "补领离婚证"),
    ("status=widowed", "补领：配偶已经去世"),
    ("attendance=proxy", "委托别人办理"),
]


class ServiceQuerySet(models.QuerySet):
    def offered(self):
        return self.filter(is_offered=True)


class Service(ClusterableModel):
    """A kind of registration. `kind` decides the rules, the rest is an editor's."""

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        MARRIAGE = "marriage", "结婚登记"
        DIVORCE_APPLICATION = "application", "离婚登记申请（第一次到场）"
        DIVORCE_CERTIFICATE = "certificate", "离婚登记领证（第二次到场）"
        REPLACEMENT = "replacement", "补领婚姻登记证"
        OTHER = "other", "其他业务"

    kind = models.CharField("类别", max_length=20, choices=Kind, default=Kind.OTHER)
    title = models.CharField("名称", max_length=60)
    discreet_title = models.CharField(
        "对外称呼",
        max_length=60,
        default="婚姻登记业务",
        help_text="用于短信、邮件和日历文件，不写“离婚”二字。",
    )
    slug = models.SlugField(
        "网址名", unique=True, help_text="用英文小写字母，会出现在网址中，不要透露业务内容。"
    )
    summary = models.CharField("一句话说明", max_length=200, blank=True)
    guide = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="办事指南",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="marriage_services",
    )
    party_count = models.PositiveSmallIntegerField(
        "须到场人数", default=2, choices=[(1, "1人"), (2, "2人")]
    )
    asks_residence = models.BooleanField("询问户籍", default=True)
    asks_origin = models.BooleanField(
        "询问双方是哪里的居民（涉外、涉港澳台、华侨、军人）", default=True
    )
    asks_earlier_marriage = models.BooleanField("询问以前的婚姻", default=False)
    asks_age = models.BooleanField("询问是否达到法定婚龄", default=False)
    asks_certificates = models.BooleanField("询问结婚证是否齐全", default=False)
    counter_minutes = models.PositiveSmallIntegerField(
        "每对占用窗口（分钟）",
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text="登记处填了窗口数的，按它计算每个时段最多放几个号。",
    )
    is_offered = models.BooleanField("开放预约", default=True)
    sort_order = models.PositiveSmallIntegerField("排序", default=0)
    # What `marriage.materials.changes` last told people of.
    materials_told = models.CharField(max_length=64, blank=True, editable=False)

    objects = ServiceQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "title",
                    "discreet_title",
                    "kind",
                    "slug",
                    "summary",
                    "guide",
                    "party_count",
                    "counter_minutes",
                    "is_offered",
                    "sort_order",
                )
            ],
            "业务",
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "asks_residence",
                    "asks_origin",
                    "asks_earlier_marriage",
                    "asks_age",
                    "asks_certificates",
                )
            ],
            "预约前的提问",
        ),
        InlinePanel("materials", heading="办理材料", label="材料"),
    ]

    class Meta:
        verbose_name = "预约业务"
        verbose_name_plural = "预约业务"
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return self.title

    def clean(self):
        if "离婚" in self.discreet_title:
            raise ValidationError({"discreet_title": "对外称呼不要出现“离婚”二字。"})

    def get_absolute_url(self) -> str:
        """Where booking this service starts."""
        return reverse("marriage:start_service", args=[self.slug])

    @property
    def is_second_visit(self) -> bool:
        return self.kind == self.Kind.DIVORCE_CERTIFICATE

    @property
    def is_divorce(self) -> bool:
        """Whether it is one of the two visits of a divorce."""
        return self.kind in (self.Kind.DIVORCE_APPLICATION, self.Kind.DIVORCE_CERTIFICATE)


class Material(Orderable):
    """One thing to bring, always or when an answer asks for it."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField("材料", max_length=120)
    detail = models.CharField("要求", max_length=300, blank=True)
    quantity = models.CharField("份数", max_length=60, blank=True)
    condition = models.CharField(
        "何时需要", max_length=40, choices=MATERIAL_CONDITIONS, default="always"
    )
    basis = models.CharField("依据", max_length=120, blank=True)
    form = models.ForeignKey(
        "home.SiteDocument",
        verbose_name="空表",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel(name) for name in ("title", "detail", "quantity", "condition", "basis", "form")
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "办理材料"
        verbose_name_plural = "办理材料"

    def __str__(self):
        return self.title
