"""Days, plans and the slots made from them. The slot row is the guard against overbooking."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class WorkingDay(models.Model):
    """Whether the offices work on a date; dates without a confirmed row are not bookable."""

    date = models.DateField("日期", unique=True)
    is_working = models.BooleanField("工作日")
    is_confirmed = models.BooleanField("已核实", default=False)
    note = models.CharField("说明", max_length=80, blank=True)

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = "工作日历"
        ordering = ["date"]

    def __str__(self):
        return f"{self.date:%Y-%m-%d}"


class DayClosure(models.Model):
    """One office closed on one working day, with the reason that citizens read."""

    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.CASCADE, related_name="closures"
    )
    date = models.DateField("日期")
    reason = models.CharField("原因", max_length=120)

    class Meta:
        verbose_name = "停办日"
        verbose_name_plural = "停办日"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["office", "date"], name="one_closure_per_office_day")
        ]

    def __str__(self):
        return f"{self.office} {self.date:%Y-%m-%d}"


class Plan(models.Model):
    """Counter hours cut into slots of equal length, each with so many places."""

    office = models.ForeignKey("marriage.Office", verbose_name="登记处", on_delete=models.CASCADE)
    service = models.ForeignKey("marriage.Service", verbose_name="业务", on_delete=models.CASCADE)
    start = models.TimeField("开始")
    end = models.TimeField("结束")
    slot_minutes = models.PositiveSmallIntegerField("每个时段（分钟）", default=30)
    capacity = models.PositiveSmallIntegerField("每个时段名额（对）", default=4)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": "结束时间要晚于开始时间。"})
        if self.slot_minutes is not None and not 5 <= self.slot_minutes <= 480:
            raise ValidationError({"slot_minutes": "每个时段请填5至480分钟。"})


class WeeklyTemplate(Plan):
    """What an office offers on a given day of each week."""

    WEEKDAYS = [(number, f"星期{name}") for number, name in enumerate("一二三四五六日")]

    weekday = models.PositiveSmallIntegerField("星期", choices=WEEKDAYS)

    class Meta:
        verbose_name = "每周号源模板"
        verbose_name_plural = "每周号源模板"
        ordering = ["office", "service", "weekday", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "service", "weekday", "start"], name="one_template_per_start"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="template_ends_later"),
        ]

    def __str__(self):
        return f"{self.office} {self.service} {self.get_weekday_display()} {self.start:%H:%M}"


class PeakDay(ClusterableModel):
    """A sought-after day with its own plan; its returned places go to the waiting list."""

    date = models.DateField("日期", unique=True)
    title = models.CharField("名称", max_length=40)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "高峰日"
        verbose_name_plural = "高峰日"
        ordering = ["date"]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.title}"


class PeakPlan(Plan):
    """What an office offers on a peak day, in place of the weekly template."""

    peak_day = ParentalKey(PeakDay, on_delete=models.CASCADE, related_name="plans")

    class Meta:
        verbose_name = "高峰日方案"
        verbose_name_plural = "高峰日方案"
        ordering = ["peak_day", "office", "service", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["peak_day", "office", "service", "start"], name="one_peak_plan_per_start"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="peak_plan_ends_later"),
        ]

    def __str__(self):
        return f"{self.peak_day} {self.office} {self.service} {self.start:%H:%M}"


class Slot(models.Model):
    """So many places at one office for one service from `start` to `end` on `date`.

    `taken` counts bookings, live holds and people at the counter. It changes only by the
    conditional updates of `marriage.booking`; the check constraint is the last guard.
    """

    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.PROTECT, related_name="slots"
    )
    service = models.ForeignKey(
        "marriage.Service", verbose_name="业务", on_delete=models.PROTECT, related_name="slots"
    )
    date = models.DateField("日期")
    start = models.TimeField("开始")
    end = models.TimeField("结束")
    capacity = models.PositiveIntegerField("名额")
    taken = models.PositiveIntegerField("已占", default=0, editable=False)
    # How many of the places were added at the desk for people without a booking.
    extra = models.PositiveSmallIntegerField("现场加号", default=0, editable=False)

    class Meta:
        verbose_name = "时段"
        verbose_name_plural = "时段"
        ordering = ["date", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "office", "date", "start"], name="one_slot_per_start"
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")), name="slot_not_oversold"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="slot_ends_later"),
        ]
        indexes = [models.Index(fields=["date", "office"], name="slot_day")]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.start:%H:%M}–{self.end:%H:%M}"

    @property
    def left(self) -> int:
        return self.capacity - self.taken

    @property
    def hours(self) -> str:
        """09:30–10:00"""
        return f"{self.start:%H:%M}–{self.end:%H:%M}"
