"""Dates in words, and the deadline for changing one's mind."""

import datetime

from django.utils import timezone

from .models import BookingRules

WEEKDAYS = "一二三四五六日"


def day_in_words(date: datetime.date) -> str:
    """2026年11月23日（星期一）"""
    return f"{date.year}年{date.month}月{date.day}日（星期{WEEKDAYS[date.weekday()]}）"


def local_now(now: datetime.datetime | None = None) -> datetime.datetime:
    return timezone.localtime(now)


def cancel_until(slot_date: datetime.date, rules: BookingRules) -> datetime.date:
    """The last date on which a booking may be cancelled or moved without a no-show."""
    return slot_date - datetime.timedelta(days=rules.cancel_days_ahead)
