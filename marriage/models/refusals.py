"""Refusals: visits that end without what people came for, and the reasons to choose from."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.models.shown_form import ShownForm

ARTICLE = re.compile(r"《.+》.*第[零一二三四五六七八九十百千\d]+条")


class RefusalKind(models.TextChoices):
    NOT_ACCEPTED = "not_accepted", "不予受理"
    NOT_REGISTERED = "not_registered", "不予登记"
    PAPERS_MISSING = "papers_missing", "材料不全"


class ReasonScope(models.TextChoices):
    MARRIAGE = "marriage", "结婚登记"
    DIVORCE = "divorce", "离婚登记（两次到场）"
    APPLICATION = "application", "离婚登记，只在第一次到场"
    CERTIFICATE = "certificate", "离婚登记，只在第二次到场"
    REPLACEMENT = "replacement", "补领婚姻登记证"


class RefusalReason(models.Model):
    """A reason that a manager edits and the desk chooses from."""

    base_form_class = ShownForm

    kind = models.CharField("结果", max_length=20, choices=RefusalKind)
    text = models.CharField("原因", max_length=200)
    basis = models.CharField(
        "依据",
        max_length=120,
        blank=True,
        help_text="写到条、项，例如《婚姻登记条例》第九条第一项。窗口选原因时看得到，也印在告知单上。",
    )
    bring = models.CharField("下次怎么办、带什么", max_length=200, blank=True)
    for_kind = models.CharField(
        "用于哪类业务",
        max_length=20,
        choices=ReasonScope,
        blank=True,
        help_text="不选的，各类业务都可以用。",
    )
    is_active = models.BooleanField("启用", default=True)
    sort_order = models.PositiveSmallIntegerField("排序", default=0)

    panels = [
        FieldPanel("kind"),
        FieldPanel("text"),
        FieldPanel("basis"),
        FieldPanel("bring"),
        FieldPanel("for_kind"),
        FieldRowPanel([FieldPanel("is_active"), FieldPanel("sort_order")]),
    ]

    class Meta:
        verbose_name = "不予办理的原因"
        verbose_name_plural = "不予办理的原因"
        ordering = ["kind", "sort_order", "pk"]

    def __str__(self):
        return self.text

    def fits(self, service) -> bool:
        """Whether it can be a reason at a visit for this service."""
        if self.for_kind == ReasonScope.DIVORCE:
            return service.is_divorce
        return self.for_kind in ("", service.kind)

    def clean(self):
        super().clean()
        decides = self.kind in (RefusalKind.NOT_ACCEPTED, RefusalKind.NOT_REGISTERED)
        if decides and not ARTICLE.search(self.basis):
            raise ValidationError(
                {"basis": "不予受理、不予登记是有法律后果的决定，请写明依据的法律和第几条。"}
            )


class Refusal(models.Model):
    """What was decided at one visit, with the reasons as they were worded then."""

    booking = models.ForeignKey(
        "marriage.Booking", verbose_name="预约", on_delete=models.PROTECT, related_name="refusals"
    )
    kind = models.CharField("结果", max_length=20, choices=RefusalKind)
    reasons = models.JSONField("原因", default=list)
    missing = models.JSONField("还缺的材料", default=list)
    note = models.CharField("补充说明", max_length=300, blank=True)
    decided_on = models.DateField("日期")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField("时间", default=timezone.now)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "不予办理"
        verbose_name_plural = "不予办理"
        ordering = ["-decided_at", "-pk"]

    def __str__(self):
        return f"{self.booking} {self.get_kind_display()}"
