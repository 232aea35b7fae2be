"""Counting searches without result and opened results, by day, without personal data.

What is written is the bare query, and only when it cannot well be about a person: no long
numbers (identity cards, telephones, references), no mail addresses, no house or room
numbers, no more than MAX_LENGTH characters. Editors see a query only when it was counted
`SearchSettings.min_times` times.
"""

import re
from datetime import date, timedelta

from django.db.models import F, Sum
from django.utils import timezone

from home.brief_writes import try_briefly
from home.cache.memoize import memoized

from .analysis import normalise
from .models import QueryCount, SearchSettings

MAX_LENGTH = 20
MAX_QUERIES_A_DAY = 2000
"""Nobody fills the database by searching for nonsense: a process writes no more different
queries a day."""

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
    """Add one to `without_result` or `clicks` of the query for today, if it is countable.

    A busy database loses the count, never the page."""
    text = countable(query)
    if text:
        try_briefly(lambda: _add(text, column))


def _add(text: str, column: str) -> None:
    """One statement, two for a query that is new today."""
    if not memoized("searches are counted", _counting):  # The first time its row is made.
        return
    today = timezone.localdate()
    row = QueryCount.objects.filter(day=today, query=text)
    if row.update(**{column: F(column) + 1}) or not _room(today):
        return
    made = QueryCount(day=today, query=text, **{column: 1})
    # Where another process was first, one count in its favour is lost; no harm.
    QueryCount.objects.bulk_create([made], ignore_conflicts=True)


def _counting() -> bool:
    return SearchSettings.load().counting


_new_queries: tuple[date | None, int] = (None, 0)


def _room(today: date) -> bool:
    """Whether this process may write one more new query today."""
    global _new_queries
    day, number = _new_queries
    number = number + 1 if day == today else 1
    _new_queries = (today, number)
    return number <= MAX_QUERIES_A_DAY


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
