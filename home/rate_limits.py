"""Rate limits, counted in the database: exact across threads, processes and machines.

One statement adds one and tells the count, so that parallel tries cannot slip through between
a question and its answer: whoever limits counts first, and takes the count back where the try
turns out to be none (`release`). Time is cut into spans of `seconds`, a day from midnight to
midnight here; each span starts from zero. Only keyed hashes are stored.
"""

import math
import time
from datetime import UTC, datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import RateCount

HOUR, DAY = 3600, 24 * 3600

_UPSERT = """
INSERT INTO home_ratecount (key, count, expires_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET count = home_ratecount.count + 1 RETURNING count
"""


def _span(seconds: int, now: float | None = None) -> int:
    offset = timezone.localtime().utcoffset().total_seconds()
    return int(((time.time() if now is None else now) + offset) // seconds)


def seconds_left(seconds: int = HOUR, now: float | None = None) -> int:
    """How long the current span lasts: from 1 to `seconds`."""
    moment = time.time() if now is None else now
    offset = timezone.localtime().utcoffset().total_seconds()
    return max(1, math.ceil(seconds - (moment + offset) % seconds))


def _key(action: str, who: str, seconds: int, now: float | None = None) -> str:
    text = f"{seconds}:{_span(seconds, now)}:{who}"
    return salted_hmac(f"home.rate_limits.{action}", text, algorithm="sha256").hexdigest()


def hit(action: str, who: str, seconds: int = HOUR, now: float | None = None) -> int:
    """Count one `action` of `who`; returns how many there were in this span, this one included."""
    start = time.time() if now is None else now
    expires = datetime.fromtimestamp(start + 2 * seconds, UTC)
    values = [
        _key(action, who, seconds, now),
        connection.ops.adapt_datetimefield_value(expires),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, values)
        return cursor.fetchone()[0]


def hits(
    *who_did_what: tuple[str, str], seconds: int = HOUR, now: float | None = None
) -> list[int]:
    """How often each (action, who) was counted in this span; one query."""
    keys = [_key(action, who, seconds, now) for action, who in who_did_what]
    found = dict(RateCount.objects.filter(key__in=keys).values_list("key", "count"))
    return [found.get(key, 0) for key in keys]


def release(action: str, who: str, seconds: int = HOUR, now: float | None = None) -> None:
    """Take one count back: the try was none."""
    row = RateCount.objects.filter(key=_key(action, who, seconds, now), count__gt=0)
    row.update(count=F("count") - 1)


def forget(action: str, who: str, seconds: int = HOUR) -> None:
    """Resets the count of `action` for `who`."""
    RateCount.objects.filter(key=_key(action, who, seconds)).delete()
