"""Dated figures: an amount, a rate or a rule with its past, present and future values."""

import datetime
from decimal import Decimal
from functools import lru_cache

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from home.languages.locales import in_english_or_left_out

CODE = r"[a-z0-9-]{1,60}"
MAX_DECIMALS = 4  # The scale of FigureValue.amount.


@lru_cache(maxsize=1000)  # A table asks for the URLs of all its rows.
def url_of(code: str) -> str:
    """The public page of the figure with this code."""
    return reverse("guides:figure", args=[code])


class Figure(
    index.Indexed, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel
):
    """A number that many pages show and that is edited in one place.

    What is changed is a draft until a review: the rows of the database are what readers see.
    """

    class Kind(models.TextChoices):
        BINDING = "binding", "约束性"
        EXPECTED = "expected", "预期性"
        STANDARD = "standard", "政策标准"
        RECORD = "record", "工作数据"

    slug = models.SlugField(
        "代码",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(f"^{CODE}$", "代码只用小写字母、数字和连字符，例如 dibao-standard。")
        ],
        help_text="正文里用“插入数据”选；只有一行的格子里写 {figure:代码}，就会显示当前数值。",
    )
    name = models.CharField("名称", max_length=80)
    number = models.CharField("序号", max_length=8, blank=True, help_text="规划指标表中的序号。")
    area = models.CharField("领域", max_length=30, blank=True)
    unit = models.CharField("单位", max_length=30, blank=True)
    kind = models.CharField("性质", max_length=10, choices=Kind.choices, default=Kind.STANDARD)
    decimals = models.PositiveSmallIntegerField(
        "小数位",
        default=0,
        validators=[MaxValueValidator(MAX_DECIMALS, f"最多{MAX_DECIMALS}位小数。")],
    )
    description = models.CharField("说明", max_length=300, blank=True)
    source = models.CharField("出处", max_length=200, help_text="文件名称和发布日期。")
    source_page = models.ForeignKey(
        Page,
        verbose_name="出处页面",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_due = models.DateField(
        "下次复核日期",
        null=True,
        blank=True,
        help_text="过了这一天还没有新数值，读者会看到“待复核”，工作台会提醒。",
    )
    is_sample = models.BooleanField("示例数据", default=False)
    _revisions = GenericRelation(
        "wagtailcore.Revision", related_query_name="figure", for_concrete_model=False
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="figure",
        for_concrete_model=False,
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("description"),
    ]

    class Meta:
        verbose_name = "数据"
        verbose_name_plural = "数据"
        ordering = ["pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return url_of(self.slug)

    def is_review_due(self, day: datetime.date) -> bool:
        """Whether on `day` nobody has looked at the figure since it was due: no value begins later
        than the day of the review. Goals of the plan are none."""
        if self.review_due is None or self.review_due >= day:
            return False
        return not any(
            value.valid_from > self.review_due and not value.is_target
            for value in self.values.all()
        )


def plain_number(amount: Decimal, decimals: int) -> str:
    """`amount` with thousands marked and at most `decimals` decimals: 1,080 and 84.25 and 86."""
    text = f"{amount:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class FigureValue(Orderable):
    """What a figure is from one day to another: a number, or words where it is a rule."""

    figure = ParentalKey(Figure, on_delete=models.CASCADE, related_name="values")
    valid_from = models.DateField("从哪天起")
    valid_to = models.DateField(
        "到哪天止", null=True, blank=True, help_text="含当天。不填表示到下一个数值开始为止。"
    )
    period = models.CharField(
        "统计时间",
        max_length=30,
        blank=True,
        help_text="统计数和目标请写它说的是什么时候，例如“2016—2020年合计”“截至2020年”。"
        "读者看到的是这句话，不会当成今天的数值。现在执行的标准不填。",
    )
    amount = models.DecimalField("数值", max_digits=16, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField("数值前", max_length=10, blank=True, help_text="例如 ≥。")
    text = models.CharField(
        "文字", max_length=120, blank=True, help_text="数值之外的话，或者没有数值时的规定。"
    )
    is_target = models.BooleanField("是目标值", default=False)

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "数值"
        verbose_name_plural = "数值"
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "valid_from"],
                name="figure_one_value_a_day",
                violation_error_message="同一天只能有一个数值。",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="figure_value_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self):
        return self.shown()

    def clean(self):
        super().clean()
        if self.amount is None and not self.text:
            raise ValidationError({"amount": "请填写数值，或者用文字写明规定。"})

    def shown(self, *, with_unit: bool = True) -> str:
        """The value as people read it: `≥30%（630元）`, `1,080元/人/月`, or the rule's words."""
        if self.amount is None:
            return self.text
        number = f"{self.qualifier}{plain_number(self.amount, self.figure.decimals)}"
        unit = in_english_or_left_out(self.figure.unit) if with_unit else ""
        note = f"（{self.text}）" if self.text else ""
        return f"{number}{unit}{note}"

    @property
    def when(self) -> str:
        """Of what time the value speaks: its period, or the days on which it is in force."""
        if self.period:
            return self.period
        first, last = day_in_words(self.valid_from), self.valid_to and day_in_words(self.valid_to)
        return f"{first}至{last}" if last else f"{first}起"


def day_in_words(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


class FigureUse(models.Model):
    """A live page shows a figure; updated by `guides.figures.uses` on each publication."""

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "page"], name="figure_use_once_a_page")
        ]

    def __str__(self):
        return f"{self.figure_id} → {self.page_id}"
