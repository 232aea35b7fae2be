"""What happened and what is to be told: audit, messages, counters of attempts, the hash key."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.models.messages import QueuedMessage

from .bookings import new_token


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("The audit log is append-only.")

    def delete(self):
        raise TypeError("The audit log is append-only.")


class AuditEntry(models.Model):
    """One act on a booking. Written in the transaction of the act, never changed after."""

    class Action(models.TextChoices):
        CONFIRMED = "confirmed", "预约"
        MOVED = "moved", "改期"
        CHANGED = "changed", "改变状态"
        VIEWED = "viewed", "查看完整个人信息"
        EXPORTED = "exported", "向本人提供个人信息"
        PURGED = "purged", "删除个人信息"
        CHECKED = "checked", "核对材料"
        ACCEPTED = "accepted", "受理申请"
        CORRECTED = "corrected", "更正"
        EXCUSED = "excused", "不再计入失约"
        WITHDRAWN = "withdrawn", "撤回申请"

    booking = models.ForeignKey(
        "marriage.Booking",
        verbose_name="预约",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="audit",
    )
    receipt = models.ForeignKey(
        "marriage.Acceptance",
        verbose_name="受理回执",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("时间", default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经手人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_label = models.CharField("身份", max_length=20, default="申请人")
    action = models.CharField("操作", max_length=12, choices=Action)
    old_state = models.CharField("原状态", max_length=20, blank=True)
    new_state = models.CharField("新状态", max_length=20, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The audit log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit log is append-only.")


class OutboxMessage(QueuedMessage):
    """A message about a booking, or to somebody on the waiting list."""

    gateway_key = models.CharField(max_length=48, unique=True, default=new_token)
    booking = models.ForeignKey(
        "marriage.Booking", null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "due_at"], name="outbox_due")]

    def __str__(self):
        return f"{self.get_channel_display()} {self.kind}"


class HashKey(models.Model):
    """The one key of the hashes by which persons are known, encrypted by the outer keys."""

    encrypted = models.TextField()

    def __str__(self):
        return "HashKey"
