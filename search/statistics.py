"""Counting searches without result and opened results, by day, without personal data.

What is written is the bare query, and only when it cannot well be about a person: no long
numbers (identity cards, telephones, references), no mail addresses, no house or room
numbers, no more than MAX_LENGTH characters. Editors see a query only when it was counted
`SearchSettings.min_times` times.
"""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from .analysis import normalise
from .models import QueryCount, SearchSettings

MAX_LENGTH = 20
MAX_QUERIES_A_DAY = 2000
"""Nobody fills the database by searching for nonsense: more different queries a day are not
written."""

_PERSONAL = re.compile(
    r"\d{5,}|(?:\d[\s-]?){7,}|[@#]|https?:|www\.|\d+\s*[号栋座房室楼]|身份证号|手机号|密码"
)


def countable(query: str) -> str:
    """The query as it may be written down, or nothing when it may not."""
    text = normalise(query)
    if not text or len(text) > MAX_LENGTH or _PERSONAL.search(text):
        return ""
    return text if any(c.isalnum() for c in text) else ""


def count(query: str, column: str) -> None:
    """Add one to `without_result` or `clicks` of the query for today, if it is countable."""
    text = countable(query)
    if not text or not SearchSettings.load().counting:
        return
    today = timezone.localdate()
    if QueryCount.objects.filter(day=today, query=text).update(**{column: F(column) + 1}):
        return
    if QueryCount.objects.filter(day=today).count() >= MAX_QUERIES_A_DAY:
        return
    try:
        with transaction.atomic():
            QueryCount.objects.create(day=today, query=text, **{column: 1})
    except IntegrityError:  # Another process was first.
        QueryCount.objects.filter(day=today, query=text).update(**{column: F(column) + 1})


def report(days: int) -> list[dict]:
    """Queries of the last `days` days with `without_result` and `clicks`, those that most
    often found nothing first; only what passes the threshold."""
    since = timezone.localdate() - timedelta(days=days - 1)
    rows = (
        QueryCount.objects.filter(day__gte=since)
        .values("query")
        .annotate(without_result=Sum("without_result"), clicks=Sum("clicks"))
        .annotate(times=F("without_result") + F("clicks"))
        .filter(times__gte=SearchSettings.load().min_times)
        .order_by("-without_result", "-clicks", "query")
    )
    return list(rows)


def forget_old() -> int:
    """Delete the counts that are older than the setting allows; returns how many."""
    oldest = timezone.localdate() - timedelta(days=SearchSettings.load().keep_days - 1)
    return QueryCount.objects.filter(day__lt=oldest).delete()[0]
