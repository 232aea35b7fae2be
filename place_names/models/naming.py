"""What proposed names are checked against, besides the register: lists that officers edit."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.models.shown_form import ShownForm

from .category import Category

MAX_LOOK_ALIKES, MAX_GROUPS = 12, 1000
MAX_DAYS = 180
"""No term of the laws that are cited is longer than 60 days."""
MIN_KEPT, MAX_KEPT = 30, 3650


class Severity(models.TextChoices):
    UNFIT = "unfit", "不符合"
    REMARK = "remark", "提示"


class NamingKind(models.Model):
    """A kind of name that can be proposed: what it is compared with, and who decides on it."""

    base_form_class = ShownForm

    slug = models.SlugField("代号", max_length=20, unique=True)
    label = models.CharField("名称", max_length=30)
    category = models.CharField("地名类别", max_length=5, help_text="5位类别代码，登记时使用。")
    compared = models.CharField(
        "比较重名的类别",
        max_length=100,
        help_text="5位类别代码，用空格隔开：与这些类别的地名比较重名、同音。",
    )
    basis = models.CharField("重名的依据", max_length=200)
    specific_severity = models.CharField(
        "专名相同时",
        max_length=6,
        choices=Severity,
        default=Severity.REMARK,
        help_text="已有地名专名相同、通名不同，或者只差“新、大”等字时怎样认定。",
    )
    specific_basis = models.CharField("专名相同的依据", max_length=200, blank=True)
    authority = models.CharField("由谁批准", max_length=200)
    authority_basis = models.CharField("批准的依据", max_length=200)
    materials = models.TextField("申请材料", help_text="一行一项。")
    materials_basis = models.CharField("材料的依据", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    active = models.BooleanField("启用", default=True)

    changes_no_page = True

    class Meta:
        verbose_name = "地名命名类别"
        verbose_name_plural = verbose_name
        ordering = ["order", "id"]

    def __str__(self):
        return self.label

    def clean(self):
        """With a class that does not exist, or a new slug, names in use would count as fit."""
        super().clean()
        faults: dict[str, str] = {}
        compared = self.compared.split()
        known = set(
            Category.objects.filter(code__in=[self.category, *compared]).values_list(
                "code", flat=True
            )
        )
        is_empty = not known and not Category.objects.exists()
        if not is_empty and self.category not in known:
            faults["category"] = f"“地名类别”里没有{self.category}。"
        unknown = [code for code in compared if code not in known]
        if unknown and not is_empty:
            faults["compared"] = f"“地名类别”里没有{'、'.join(unknown[:3])}。用空格隔开。"
        if self.pk and self.slug != type(self).objects.values_list("slug", flat=True).get(
            pk=self.pk
        ):
            faults["slug"] = "代号不能改：通名规则和已有的申请用它。名称可以改。"
        if faults:
            raise ValidationError(faults)


class GenericRule(models.Model):
    """A generic part: the kinds that may bear it, and the size that it asks for.

    Of floors, land and floor area any one that is reached is enough; the shares and the open
    space must be reached too. Upper limits hold for land and floor area alike: one is enough.
    """

    base_form_class = ShownForm

    term = models.CharField("通名", max_length=20, unique=True)
    kinds = models.CharField(
        "适用的命名类别", max_length=100, help_text="命名类别的代号，用空格隔开。"
    )
    min_floors = models.PositiveIntegerField("层数不少于", null=True, blank=True)
    min_land = models.PositiveIntegerField("占地面积不少于（平方米）", null=True, blank=True)
    max_land = models.PositiveIntegerField("占地面积不超过（平方米）", null=True, blank=True)
    min_floor_area = models.PositiveIntegerField("建筑面积不少于（平方米）", null=True, blank=True)
    max_floor_area = models.PositiveIntegerField("建筑面积不超过（平方米）", null=True, blank=True)
    min_green = models.PositiveSmallIntegerField(
        "绿地率不低于（%）", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    min_open = models.PositiveIntegerField("露天公共场地不少于（平方米）", null=True, blank=True)
    min_width = models.PositiveIntegerField("道路宽度不少于（米）", null=True, blank=True)
    min_length = models.PositiveIntegerField("道路长度不少于（米）", null=True, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)
    source_date = models.CharField("依据的日期", max_length=20, blank=True)
    active = models.BooleanField("启用", default=True)

    changes_no_page = True

    class Meta:
        verbose_name = "通名规则"
        verbose_name_plural = verbose_name
        ordering = ["term"]

    def __str__(self):
        return self.term

    def clean(self):
        super().clean()
        faults = {}
        known = set(NamingKind.objects.values_list("slug", flat=True))
        if known and (unknown := [slug for slug in self.kinds.split() if slug not in known]):
            shown = "、".join(sorted(known))
            faults["kinds"] = f"没有代号{'、'.join(unknown[:3])}，现有的是：{shown}。"
        for size, told in (("land", "占地面积"), ("floor_area", "建筑面积")):
            low, high = getattr(self, f"min_{size}"), getattr(self, f"max_{size}")
            if low is not None and high is not None and low > high:
                faults[f"max_{size}"] = f"{told}的上限{high}小于下限{low}。"
        if faults:
            raise ValidationError(faults)


@register_setting(icon="form")
class NamingSettings(BaseGenericSetting):
    """What the pre-check of names asks beside its lists."""

    base_form_class = ShownForm

    affixes = models.CharField(
        "不足以区别的字",
        max_length=200,
        default="新 大 小 东 西 海珠 广州",
        help_text="用空格隔开。只增减这些字的名称，按“仅差个别字”认定。",
    )
    affix_basis = models.CharField(
        "依据",
        max_length=200,
        default="广州市住宅区、楼宇命名、更名负面清单“重名、重音类”（2023年8月）",
    )
    look_alikes = models.TextField(
        "形近字",
        blank=True,
        help_text="每组写在一起，组与组用空格或换行隔开，例如：已己巳 末未。留空用内置的一组。",
    )

    accept_days = models.PositiveSmallIntegerField(
        "受理期限（工作日）",
        default=5,
        help_text="《行政许可法》第三十二条：五日内一次告知，逾期视为受理。",
    )
    decision_days = models.PositiveSmallIntegerField(
        "决定期限（工作日）",
        default=20,
        help_text="《行政许可法》第四十二条：自受理之日起二十日内。",
    )
    filing_days = models.PositiveSmallIntegerField(
        "备案期限（日）",
        default=15,
        help_text="《地名管理条例》第十三条：自批准之日起15日内。",
    )
    notice_days = models.PositiveSmallIntegerField(
        "公告期限（日）",
        default=15,
        help_text="《地名管理条例》第十四条：自批准之日起15日内；其他部门批准的，自备案之日起15日内。",
    )
    online_application = models.BooleanField(
        "在本站申请",
        default=False,
        help_text="打开后，群众可以在本站填表申请命名；关闭时，引到省的网上办事平台。",
    )
    portal_address = models.URLField(
        "申请的网址",
        blank=True,
        help_text="省平台上这一事项的网址。空着时用“设置”里的平台网址。",
    )

    supplement_days = models.PositiveSmallIntegerField(
        "补正期限（日）",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="申请人多少天内补齐材料。读到的法规没有规定，由本局决定，写进补正告知书。",
    )
    comment_days = models.PositiveSmallIntegerField(
        "征求意见最长（日）",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="从开始到截止不超过这么多天，防止写错年份。读到的法规没有规定期限，由本局决定。",
    )
    abolition_papers = models.TextField(
        "销名的材料",
        blank=True,
        default="申请书：销名的理由和依据\n地理实体消失或者不再使用的情况（附位置图）",
        help_text="一行一项。《地名管理条例》第十一条只规定命名、更名的材料，销名的由本局决定。",
    )
    kept_days = models.PositiveSmallIntegerField(
        "申请人资料保留（日）",
        default=730,
        help_text="办结后过这么多天，删除申请人的名称、联系人和电话。",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "accept_days",
                    "decision_days",
                    "filing_days",
                    "notice_days",
                    "supplement_days",
                    "comment_days",
                    "kept_days",
                )
            ],
            "申请的期限",
        ),
        FieldPanel("abolition_papers"),
        MultiFieldPanel(
            [FieldPanel("online_application"), FieldPanel("portal_address")], "网上申请"
        ),
        MultiFieldPanel([FieldPanel("affixes"), FieldPanel("affix_basis")], "仅差个别字"),
        FieldPanel("look_alikes"),
    ]

    class Meta:
        verbose_name = "地名预审"

    def clean(self):
        super().clean()
        faults = {}
        groups = self.look_alikes.split()
        if any(len(group) < 2 for group in groups):
            faults["look_alikes"] = "每组至少两个字，组与组用空格隔开。"
        elif long := next((group for group in groups if len(group) > MAX_LOOK_ALIKES), ""):
            faults["look_alikes"] = (
                f"“{long[:6]}…”一组有{len(long)}个字，每组最多{MAX_LOOK_ALIKES}个。组与组用空格隔开。"
            )
        elif len(groups) > MAX_GROUPS:
            faults["look_alikes"] = f"最多{MAX_GROUPS}组，现在有{len(groups)}组。"
        for name in ("accept_days", "decision_days", "filing_days", "notice_days"):
            days = getattr(self, name)
            if days is not None and not 1 <= days <= MAX_DAYS:
                faults[name] = f"请填1至{MAX_DAYS}。"
        if self.kept_days is not None and not MIN_KEPT <= self.kept_days <= MAX_KEPT:
            faults["kept_days"] = f"请填{MIN_KEPT}至{MAX_KEPT}：到期就删除，不能恢复。"
        if faults:
            raise ValidationError(faults)
