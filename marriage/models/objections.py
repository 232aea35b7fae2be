"""Objections of citizens to a no-show."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.personal_data.encryption import decrypt


class NoShowObjection(models.Model):
    """Somebody says that they did come, or could not; a manager answers."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "成立，不计爽约"
        REJECTED = "rejected", "不成立"

    booking = models.OneToOneField(
        "marriage.Booking", on_delete=models.PROTECT, related_name="objection"
    )
    encrypted = models.TextField(blank=True)
    state = models.CharField("处理", max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField("答复", max_length=200, blank=True)
    created_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "对爽约的异议"
        verbose_name_plural = "对爽约的异议"
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.booking} {self.get_state_display()}"

    @property
    def text(self) -> str:
        """What the person wrote; empty when purged."""
        return decrypt(self.encrypted) or ""
