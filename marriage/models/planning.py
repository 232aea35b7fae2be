"""The ledger of planning: who changed what can be booked, from what to what."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .records import AppendOnlyQuerySet


class PlanningEntry(models.Model):
    """One change of calendar, closures, templates, capacity or rules. Never changed after."""

    class Action(models.TextChoices):
        ADDED = "added", "新增"
        CHANGED = "changed", "修改"
        REMOVED = "removed", "删除"
        CAPACITY = "capacity", "改名额"
        APPLIED = "applied", "套用方案"

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经手人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Without a constraint: an entry outlives the office that it tells of.
    office = models.ForeignKey(
        "marriage.Office",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    action = models.CharField("操作", max_length=10, choices=Action)
    kind = models.CharField("对象", max_length=40)
    subject = models.CharField("名称", max_length=200)
    changes = models.JSONField("改动", default=list)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "排班改动记录"
        verbose_name_plural = "排班改动记录"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject}"
