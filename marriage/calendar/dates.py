"""Dates in words, and the deadline for changing one's mind."""

import datetime

from django.utils import timezone

from ..models import BookingRules

WEEKDAYS = "一二三四五六日"


def day_in_words(date: datetime.date) -> str:
    """2026年11月23日（星期一）"""
    return f"{date.year}年{date.month}月{date.day}日（星期{WEEKDAYS[date.weekday()]}）"


def local_now(now: datetime.datetime | None = None) -> datetime.datetime:
    return timezone.localtime(now)


def cancel_until(slot_date: datetime.date, rules: BookingRules) -> datetime.date:
    """The last date on which a booking may be cancelled or moved without a no-show."""
    return slot_date - datetime.timedelta(days=rules.cancel_days_ahead)


def day_past_deadline(
    slot_date: datetime.date, rules: BookingRules, now: datetime.datetime | None = None
) -> str:
    """How to call a day whose bookings can no longer be moved or cancelled online (今天, 明天,
    后天, else the date in words), or "" while they can."""
    today = local_now(now).date()
    if today <= cancel_until(slot_date, rules):
        return ""
    near = {0: "今天", 1: "明天", 2: "后天"}
    return near.get((slot_date - today).days) or day_in_words(slot_date)
