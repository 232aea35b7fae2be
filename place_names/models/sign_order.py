"""Signs that an approval asks for: to be put up, replaced or taken down."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from home.models.shown_form import ShownForm

from .naming_application import NamingApplication
from .place_name import PlaceName
from .sign import Sign

MAX_QUANTITY = 999
EARLIEST_DAY = date(2000, 1, 1)


class SignOrder(models.Model):
    """One order. 《地名管理条例》 art. 19: standard names stand on signs."""

    base_form_class = ShownForm

    class Task(models.TextChoices):
        PUT_UP = "put_up", "新设"
        REPLACE = "replace", "更换"
        TAKE_DOWN = "take_down", "拆除"

    class State(models.TextChoices):
        ORDERED = "ordered", "待办"
        DONE = "done", "已完成"
        CANCELLED = "cancelled", "已取消"

    place = models.ForeignKey(
        PlaceName, models.PROTECT, related_name="sign_orders", verbose_name="地名"
    )
    application = models.ForeignKey(
        NamingApplication,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sign_orders",
        verbose_name="命名申请",
        editable=False,
    )
    task = models.CharField("事项", max_length=10, choices=Task)
    kind = models.CharField("类型", max_length=8, choices=Sign.Kind, default=Sign.Kind.ROAD)
    quantity = models.PositiveSmallIntegerField(
        "数量", default=1, validators=[MinValueValidator(1)], help_text="现场核定后改正。"
    )
    inscription = models.CharField("牌面上的名称", max_length=60)
    romanisation = models.CharField("牌面上的拼写", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=State, default=State.ORDERED, db_index=True
    )
    ordered_on = models.DateField("下单日期", default=timezone.localdate)
    done_on = models.DateField("完成日期", null=True, blank=True)
    remarks = models.CharField("备注", max_length=300, blank=True)

    changes_no_page = True

    class Meta:
        verbose_name = "标志设置单"
        verbose_name_plural = verbose_name
        ordering = ["-ordered_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="sign_order_of_at_least_one",
                violation_error_message="数量至少是1。",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="sign_order_done_has_its_day",
                violation_error_message="已完成的填写完成日期，其他的不填。",
            ),
            models.UniqueConstraint(
                fields=["application"],
                name="one_sign_order_an_application",
                violation_error_message="这件申请已经有标志设置单。",
            ),
        ]

    def clean(self):
        super().clean()
        faults = {}
        if self.quantity is not None and self.quantity > MAX_QUANTITY:
            faults["quantity"] = f"一张设置单最多{MAX_QUANTITY}块。"
        today = timezone.localdate()
        if self.ordered_on and not EARLIEST_DAY <= self.ordered_on <= today:
            faults["ordered_on"] = f"下单日期请填{EARLIEST_DAY.year}年以后、今天以前的日期。"
        if self.done_on and self.done_on > today:
            faults["done_on"] = "完成日期不能晚于今天。"
        elif self.done_on and self.ordered_on and self.done_on < self.ordered_on:
            faults["done_on"] = "完成日期不能早于下单日期。"
        if self._has_other_inscription():
            faults["inscription"] = f"牌面上要有标准地名“{self.place.name}”。"
        if faults:
            raise ValidationError(faults)

    def _has_other_inscription(self) -> bool:
        """Whether a sign that is to be made would show another name than that of the place."""
        is_open = self.task != self.Task.TAKE_DOWN and self.state == self.State.ORDERED
        return bool(is_open and self.place_id and self.place.name not in self.inscription)

    def __str__(self):
        return f"{self.get_task_display()} {self.inscription}"
