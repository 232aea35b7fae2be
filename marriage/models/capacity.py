"""Days, plans and the slots made from them. The slot row is the guard against overbooking."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from home.models.shown_form import ShownForm
from home.service_places.hours import LAST_MINUTE

NOON = time(12)


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


def hours_in_words(start, end) -> str:
    """全天, 上午, 下午, or 13:00–17:00; …… for an end that is missing."""
    if not (start or end):
        return "全天"
    if end == NOON and start == time.min:
        return "上午"
    if start == NOON and end == LAST_MINUTE:
        return "下午"
    return "–".join(f"{each:%H:%M}" if each else "……" for each in (start, end))


def hours_problem(start, end) -> dict[str, str]:
    """{field: what is wrong} of hours that may both be left open, for the whole day."""
    if bool(start) != bool(end):
        missing, given = ("end", "从") if start else ("start", "到")
        return {missing: f"已填“{given}”，这里也要填；全天的两个都不填。"}
    if start and end <= start:
        return {"end": "“到”要晚于“从”。"}
    return {}


class DayClosure(models.Model):
    """One office closed on one day or for some hours of it, with the reason citizens read.

    Without `start` and `end` the whole day is closed.
    """

    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.CASCADE, related_name="closures"
    )
    date = models.DateField("日期")
    start = models.TimeField("从", null=True, blank=True)
    end = models.TimeField("到", null=True, blank=True)
    reason = models.CharField("原因", max_length=120)

    class Meta:
        verbose_name = "停办日"
        verbose_name_plural = "停办日"
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "date"],
                name="one_closure_per_office_day",
                violation_error_message="这个登记处这一天已经有停办。",
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")),
                name="closure_ends_later",
                violation_error_message="“从”和“到”都要填或者都不填，“到”要晚于“从”。",
            ),
        ]

    def __str__(self):
        return f"{self.office} {self.date:%Y-%m-%d} {self.hours}"

    @property
    def hours(self) -> str:
        return hours_in_words(self.start, self.end)

    def clean(self):
        super().clean()
        if problem := hours_problem(self.start, self.end):
            raise ValidationError(problem)


def _minutes(clock) -> int:
    return clock.hour * 60 + clock.minute


class Plan(models.Model):
    """Hours of service that are cut into slots of equal length, each with a capacity: what a
    weekly template and a day of a peak have in common."""

    office = models.ForeignKey("marriage.Office", verbose_name="登记处", on_delete=models.CASCADE)
    service = models.ForeignKey("marriage.Service", verbose_name="业务", on_delete=models.CASCADE)
    start = models.TimeField("开始")
    end = models.TimeField("结束")
    slot_minutes = models.PositiveSmallIntegerField("每个时段（分钟）", default=30)
    capacity = models.PositiveSmallIntegerField("每个时段名额（对）", default=4)

    class Meta:
        abstract = True

    def clean(self):
        """Refuse a plan that contradicts itself, its office or another plan, with the reason."""
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": "结束时间要晚于开始时间。"})
        if self.slot_minutes is not None and not 5 <= self.slot_minutes <= 480:
            raise ValidationError({"slot_minutes": "每个时段请填5至480分钟。"})
        if not (self.start and self.end and self.slot_minutes):
            return
        length = _minutes(self.end) - _minutes(self.start)
        if self.slot_minutes > length:
            raise ValidationError(
                {"slot_minutes": f"每个时段{self.slot_minutes}分钟，比开放的{length}分钟还长。"}
            )
        if not (self.office_id and self.service_id):
            return
        if not self.office.services.filter(pk=self.service_id).exists():
            raise ValidationError({"service": f"{self.office}不办理“{self.service}”。"})
        for other in self.siblings():
            if self.start < other.end and other.start < self.end:
                hours = f"{other.start:%H:%M}–{other.end:%H:%M}"
                raise ValidationError({"start": f"与已有的{hours}重叠。"})

    def siblings(self) -> models.QuerySet:
        """Return the other plans that may apply on the same day for the same service."""
        raise NotImplementedError


class WeeklyTemplate(Plan):
    """What an office offers on a given day of each week."""

    base_form_class = ShownForm

    WEEKDAYS = [(number, f"星期{name}") for number, name in enumerate("一二三四五六日")]

    weekday = models.PositiveSmallIntegerField("星期", choices=WEEKDAYS)
    valid_from = models.DateField("从哪天起", null=True, blank=True, help_text="留空表示一直有效。")
    valid_to = models.DateField("到哪天止", null=True, blank=True, help_text="留空表示不限。")

    class Meta:
        verbose_name = "每周号源模板"
        verbose_name_plural = "每周号源模板"
        ordering = ["office", "service", "weekday", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "service", "weekday", "start"],
                condition=Q(valid_from=None),
                name="one_template_per_start",
                violation_error_message="这个登记处、业务和星期已经有同一时间开始的模板。",
            ),
            models.UniqueConstraint(
                fields=["office", "service", "weekday", "start", "valid_from"],
                name="one_template_per_start_and_date",
                violation_error_message="这个登记处、业务和星期已经有同一天起、同一时间开始的模板。",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="template_valid_later",
                violation_error_message="“到哪天止”不能早于“从哪天起”。",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="template_ends_later",
                violation_error_message="结束时间要晚于开始时间。",
            ),
        ]

    def __str__(self):
        return f"{self.office} {self.service} {self.get_weekday_display()} {self.start:%H:%M}"

    def is_valid_on(self, day) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def clean(self):
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "不能早于“从哪天起”。"})
        super().clean()

    def siblings(self):
        others = WeeklyTemplate.objects.filter(
            office=self.office_id, service=self.service_id, weekday=self.weekday
        ).exclude(pk=self.pk)
        if self.valid_from:
            others = others.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            others = others.filter(Q(valid_from=None) | Q(valid_from__lte=self.valid_to))
        return others


class CounterAbsence(models.Model):
    """Counters of an office that stay closed on a day or for some hours of it."""

    base_form_class = ShownForm

    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.CASCADE, related_name="absences"
    )
    date = models.DateField("日期")
    start = models.TimeField("从", null=True, blank=True)
    end = models.TimeField("到", null=True, blank=True)
    counters = models.PositiveSmallIntegerField("少开几个窗口", default=1)
    reason = models.CharField("原因（只给工作人员看）", max_length=120, blank=True)

    class Meta:
        verbose_name = "窗口减少"
        verbose_name_plural = "窗口减少"
        ordering = ["date", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=F("start")),
                name="absence_ends_later",
                violation_error_message="“从”和“到”都要填或者都不填，“到”要晚于“从”。",
            )
        ]

    def __str__(self):
        hours = hours_in_words(self.start, self.end)
        return f"{self.office} {self.date:%Y-%m-%d} {hours} 少{self.counters}个"

    def clean(self):
        """Refuse what would change nothing: hours, days or counters that there are not."""
        super().clean()
        problems = hours_problem(self.start, self.end)
        if self.date and self.date < timezone.localdate():
            problems["date"] = "这一天已经过去，请填今天或以后的日期。"
        if self.counters is not None and self.counters < 1:
            problems["counters"] = "至少要少开1个窗口。"
        if self.office_id and self.office.counters is None:
            problems["office"] = (
                f"{self.office}没有填窗口数（不限），少开窗口不会改变号源。请先在“登记处”里填窗口数。"
            )
        elif self.office_id and self.counters is not None and self.counters > self.office.counters:
            problems["counters"] = (
                f"{self.office}只有{self.office.counters}个窗口，请填不多于这个数。"
            )
        if problems:
            raise ValidationError(problems)


class Slot(models.Model):
    """Capacity of one office for one service from `start` to `end` on `date`.

    `taken` counts bookings, live holds and people at the counter. It changes only by the
    conditional updates of `marriage.booking.claims`; the check constraint is the last guard.
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
    # How much of the capacity was added at the desk for people without a booking.
    extra = models.PositiveSmallIntegerField("现场加号", default=0, editable=False)

    class Meta:
        verbose_name = "时段"
        verbose_name_plural = "时段"
        ordering = ["date", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "office", "date", "start"],
                name="one_slot_per_start",
                violation_error_message="这个登记处、业务和日期已经有同一时间开始的时段。",
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")),
                name="slot_not_oversold",
                violation_error_message="名额不能少于已占的数目。",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="slot_ends_later",
                violation_error_message="结束时间要晚于开始时间。",
            ),
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
