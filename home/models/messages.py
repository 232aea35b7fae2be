"""What all queued messages have in common."""

from django.db import models
from django.utils import timezone

from home.personal_data.encryption import decrypt

from .teamwork import new_token


class QueuedMessage(models.Model):
    """A message written in the transaction of what it tells, sent afterwards by a job.

    Sending may fail after the gateway took the message; the gateway gets the same `gateway_key`
    with every attempt and can drop the second.
    """

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
    recipient = models.CharField("收件人", max_length=80, blank=True, help_text="掩码。")
    encrypted = models.TextField(blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    due_at = models.DateTimeField("应发时间", default=timezone.now)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    last_error = models.CharField("最近的错误", max_length=200, blank=True)
    created_at = models.DateTimeField("写入时间", default=timezone.now)

    class Meta:
        abstract = True

    @property
    def content(self) -> dict:
        """What `home.messages.gateways.send` takes; empty when sent or purged."""
        return decrypt(self.encrypted) or {}
