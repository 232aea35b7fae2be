"""Dates as they are written in China: year, month, day, with whatever stands between."""

import calendar
import datetime
import re

from .characters import TypedError, plain

EXAMPLE = "例如2026-09-01或者2026年9月1日"
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LABEL = re.compile(r"^\D*(?=\d)")
_AFTER = r"(?:[T\s].*|[((]?(?:星期|周|礼拜).*)?"
_PARTED = re.compile(rf"(\d+)[-/.年、,\s]+(\d+)[-/.月、,\s]+(\d+)[日号]?{_AFTER}")
_TOGETHER = re.compile(rf"(\d{{4}})(\d\d)(\d\d){_AFTER}")


def date_from(text: str) -> datetime.date:
    """2026/9/1, 2026-9-1, 2026.9.1, 20260901, 2026年9月1日, 二〇二六年九月一日.

    Two digits for the year, and the day before the year, can be read in several ways and are
    not guessed. Raises TypedError.
    """
    typed = _LABEL.sub("", _chinese(re.sub("[‐‑‒–—―−]", "-", plain(text))))
    if not typed:
        raise TypedError(f"请输入日期，{EXAMPLE}")
    found = _PARTED.fullmatch(typed) or _TOGETHER.fullmatch(typed)
    if not found:
        raise TypedError(f"没有认出这个日期，请按年、月、日的顺序输入，{EXAMPLE}")
    if len(found[1]) != 4:
        raise TypedError(f"请先写4位数的年份，{EXAMPLE}")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not 1 <= month <= 12:
        raise TypedError(f"一年有12个月，您输入了{month}月")
    if year == 0 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise TypedError(f"{year}年{month}月没有{day}日")
    return datetime.date(year, month, day)


def _chinese(text: str) -> str:
    """Chinese numerals as digits: 二〇二六年九月二十一日 → 2026年9月21日."""

    def number(found: re.Match[str]) -> str:
        tens, _, ones = found[0].partition("十")
        return str(
            int((tens or "1").translate(_DIGITS)) * 10 + int((ones or "0").translate(_DIGITS))
        )

    text = re.sub("[一二三]?十[一二三四五六七八九]?", number, text)
    weekday = re.search("[((]?(?:星期|周|礼拜)", text)
    end = weekday.start() if weekday else len(text)
    return text[:end].translate(_DIGITS) + text[end:]
