"""The waiting list of a full day."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .bookings import new_reference


class WaitingEntry(models.Model):
    """Somebody who waits for a full day; released capacity is offered in order."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        OFFERED = "offered", "已通知，待确认"
        TAKEN = "taken", "已预约"
        LAPSED = "lapsed", "逾期未确认"
        LEFT = "left", "已退出"

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    service = models.ForeignKey("marriage.Service", on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey("marriage.Office", on_delete=models.CASCADE, related_name="+")
    date = models.DateField("日期")
    person_hash = models.CharField(max_length=64, blank=True)
    tail_hash = models.CharField(max_length=64, blank=True)
    encrypted = models.TextField(blank=True, editable=False)
    booking = models.OneToOneField(
        "marriage.Booking", null=True, blank=True, on_delete=models.SET_NULL, related_name="waiting"
    )
    created_at = models.DateTimeField("排队时间", default=timezone.now)

    class Meta:
        verbose_name = "候补"
        verbose_name_plural = "候补"
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["service", "office", "date", "state"], name="waiting_order")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "date", "person_hash"],
                condition=Q(state__in=["waiting", "offered"]) & ~Q(person_hash=""),
                name="one_wait_per_person_and_day",
                violation_error_message="这位当事人当天已经在候补。",
            )
        ]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.reference}"
