"""What happened and what is to be told: audit, messages, counters of attempts, the hash key."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..encryption import unseal
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

    booking = models.ForeignKey(
        "marriage.Booking", verbose_name="预约", on_delete=models.PROTECT, related_name="audit"
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


class OutboxMessage(models.Model):
    """A message written in the transaction of what it tells, sent afterwards by a job."""

    class Channel(models.TextChoices):
        SMS = "sms", "短信"
        MAIL = "mail", "邮件"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    once_key = models.CharField(max_length=120, unique=True, help_text="同一件事只通知一次。")
    gateway_key = models.CharField(max_length=48, unique=True, default=new_token)
    channel = models.CharField("方式", max_length=8, choices=Channel, default=Channel.SMS)
    kind = models.CharField("类型", max_length=30)
    booking = models.ForeignKey(
        "marriage.Booking", null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    sealed = models.TextField(blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    due_at = models.DateTimeField("应发时间", default=timezone.now)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    last_error = models.CharField("最近的错误", max_length=200, blank=True)
    created_at = models.DateTimeField("写入时间", default=timezone.now)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "due_at"], name="outbox_due")]

    def __str__(self):
        return f"{self.get_channel_display()} {self.kind}"

    @property
    def content(self) -> dict:
        """{"to", "subject", "body"}; empty when purged."""
        return unseal(self.sealed) or {}


class RateCount(models.Model):
    """How often somebody tried something in one stretch of time; holds hashes only."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="one_count_per_window")
        ]

    def __str__(self):
        return f"{self.window:%H:%M} {self.count}"


class HashKey(models.Model):
    """The one key of the hashes by which persons are known, sealed by the outer keys."""

    sealed = models.TextField()

    def __str__(self):
        return "HashKey"
