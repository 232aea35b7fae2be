"""Times of day as they are written in China."""

import datetime
import re

from .characters import TypedError, plain

EXAMPLE = "例如09:30"
_TIME = re.compile(
    r"(上午|早上|中午|下午|晚上|am|pm)?(\d{1,2})"
    r"(?:[::.](\d{2})(?::\d{2}(?:\.\d+)?)?|[时点h](?:(\d{2})分?)?)(am|pm)?",
    re.I,
)
_LATER = frozenset({"下午", "晚上", "pm"})


def time_from(text: str) -> datetime.time:
    """9:30, 09：30, 9点30分, 9点, 9点半, 下午2:30. Raises TypedError."""
    typed = "".join(plain(text).split()).replace("半", "30")
    found = _TIME.fullmatch(typed)
    if not found:
        raise TypedError(f"没有认出这个时间，{EXAMPLE}")
    hour, minute = int(found[2]), int(found[3] or found[4] or 0)
    part = (found[1] or found[5] or "").lower()
    if part in _LATER and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise TypedError(f"没有{hour}点{minute:02}分这个时间，{EXAMPLE}")
    return datetime.time(hour, minute)
