"""Peak days: sought-after days with a plan, a time of release and limits of their own."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.models.shown_form import ShownForm

from .capacity import Plan
from .rules import BookingRules


class PeakDayQuerySet(models.QuerySet):
    def on(self, day):
        """Return those whose days include `day`, a date or an expression for one."""
        return self.filter(date__lte=day, until__gte=day)

    def within(self, first: datetime.date, last: datetime.date):
        """Return those with a day from first to last."""
        return self.filter(date__lte=last, until__gte=first)


class PeakDay(ClusterableModel):
    """A sought-after day, or some days on end; what is released goes to the waiting list."""

    base_form_class = ShownForm

    date = models.DateField("日期（从哪天）", unique=True)
    until = models.DateField("到哪天", blank=True, help_text="只有一天的不填。")
    title = models.CharField("名称", max_length=40)
    note = models.CharField("说明", max_length=200, blank=True)
    release_at = models.DateTimeField(
        "放号时间",
        null=True,
        blank=True,
        help_text="到这时才能预约，日历上会写明；留空按预约规则放号。",
    )
    day_limit = models.PositiveSmallIntegerField(
        "每个登记处每天最多办几对",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="各项业务合计，超出的从各时段均匀减少；留空按方案的名额。",
    )
    per_telephone = models.PositiveSmallIntegerField(
        "每个手机号码最多约几对",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="只计验证过手机的预约。要不要验证手机，见“预约规则”。",
    )

    objects = PeakDayQuerySet.as_manager()

    class Meta:
        verbose_name = "高峰日"
        verbose_name_plural = "高峰日"
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("date")),
                name="peak_ends_later",
                violation_error_message="“到哪天”不能早于“从哪天”。",
            )
        ]

    def __str__(self):
        return f"{self.days_in_words} {self.title}"

    def save(self, *args, **kwargs):
        self.until = self.until or self.date
        super().save(*args, **kwargs)

    @property
    def days_in_words(self) -> str:
        """2027-05-20, or 2027-05-18至2027-05-20"""
        if self.until and self.until != self.date:
            return f"{self.date:%Y-%m-%d}至{self.until:%Y-%m-%d}"
        return f"{self.date:%Y-%m-%d}"

    def clean(self):
        super().clean()
        if not self.date:
            return
        self.until = self.until or self.date
        if self.until < self.date:
            raise ValidationError({"until": "不能早于“从哪天”。"})
        others = PeakDay.objects.exclude(pk=self.pk).within(self.date, self.until)
        if other := others.first():
            raise ValidationError({"date": f"与已有的高峰日“{other}”重叠。"})
        if problem := self._release_problem():
            raise ValidationError({"release_at": problem})

    def _release_problem(self) -> str:
        """Why the time of release makes no sense, or ""."""
        if self.release_at is None:
            return ""
        rules = BookingRules.load()
        at = timezone.localtime(self.release_at)
        last = self.date - datetime.timedelta(days=rules.min_days_ahead)
        if at.date() > last:
            return f"要在{last:%Y-%m-%d}或以前，否则第一天没有人能预约。"
        usual = usual_release(self.date, rules)
        if at <= usual:
            return f"按预约规则，第一天{usual:%Y-%m-%d %H:%M}才放号；这里要填更晚的时间。"
        return ""


def usual_release(day: datetime.date, rules: BookingRules) -> datetime.datetime:
    """Return when the rules release a day."""
    opens = day - datetime.timedelta(days=rules.max_days_ahead)
    return timezone.make_aware(datetime.datetime.combine(opens, rules.release_time))


class PeakPlanQuerySet(models.QuerySet):
    def on(self, day):
        """Return the plans for a day, a date or an expression for one."""
        return self.filter(peak_day__date__lte=day, peak_day__until__gte=day)


class PeakPlan(Plan):
    """What an office offers on each day of a peak, in place of the weekly template."""

    peak_day = ParentalKey(PeakDay, on_delete=models.CASCADE, related_name="plans")

    objects = PeakPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "高峰日方案"
        verbose_name_plural = "高峰日方案"
        ordering = ["peak_day", "office", "service", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["peak_day", "office", "service", "start"],
                name="one_peak_plan_per_start",
                violation_error_message="这个登记处和业务已经有同一时间开始的方案。",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="peak_plan_ends_later",
                violation_error_message="结束时间要晚于开始时间。",
            ),
        ]

    def __str__(self):
        return f"{self.peak_day} {self.office} {self.service} {self.start:%H:%M}"

    def siblings(self):
        if not self.peak_day_id:
            return PeakPlan.objects.none()
        return PeakPlan.objects.filter(
            peak_day=self.peak_day_id, office=self.office_id, service=self.service_id
        ).exclude(pk=self.pk)
