"""Placeholders of figures in text.

An editor writes `{figure:dibao-standard}` in any text; readers see the value of the day.
`{figure:dibao-standard@2020-12-31}` is pinned to a day. One edit of the figure changes
every page.
"""

import datetime
import re

from django.utils.dateparse import parse_date

from .models import CODE, Figure

PLACEHOLDER = re.compile(rf"\{{figure:({CODE})(?:@(\d{{4}}-\d{{2}}-\d{{2}}))?\}}", re.ASCII)
LIKE_A_PLACEHOLDER = re.compile(r"[{｛]\s*figure\b[^{}｛｝<>\"\\]{0,80}[}｝]?", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def placeholder(code: str, day: str = "") -> str:
    """The stored form of a figure: `{figure:code}` or `{figure:code@YYYY-MM-DD}`."""
    return f"{{figure:{code}{f'@{day}' if day else ''}}}"


def day_from(text: str) -> datetime.date | None:
    """The day written as YYYY-MM-DD, or None where it is no day."""
    try:
        return parse_date(text.strip()) if DAY.fullmatch(text.strip()) else None
    except ValueError:
        return None


def wrong_placeholders(text: str) -> list[str]:
    """What in `text` looks like a placeholder and is none: misspelt, on a day that does
    not exist, or of a figure that does not exist."""
    wrong, codes = [], {}
    for found in LIKE_A_PLACEHOLDER.finditer(text):
        mark = PLACEHOLDER.fullmatch(found[0])
        if mark is None or (mark[2] and day_from(mark[2]) is None):
            wrong.append(found[0])
        else:
            codes[found[0]] = mark[1]
    if codes:
        known = set(Figure.objects.filter(slug__in=codes.values()).values_list("slug", flat=True))
        wrong += [mark for mark, code in codes.items() if code not in known]
    return list(dict.fromkeys(wrong))
