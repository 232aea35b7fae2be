"""Limits per network address and per device, which say so, and a question in words when a
machine seems to be at work. Only keyed hashes are kept, for an hour or two.
"""

import datetime
import random

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import RateCount
from .turns import writing

HOUR = datetime.timedelta(hours=1)
DIGITS = "零一二三四五六七八九"
QUESTION_SECONDS = 15 * 60


def _key(scope: str, who: str) -> str:
    return salted_hmac("marriage.limits", f"{scope}:{who}").hexdigest()


def _window(now) -> datetime.datetime:
    now = now or timezone.now()
    return now.replace(minute=0, second=0, microsecond=0)


def tried(*tries: tuple[str, str], now=None) -> list[int]:
    """How often each (scope, who) was tried in this hour; one query."""
    keys = [_key(scope, who) for scope, who in tries]
    found = RateCount.objects.filter(key__in=keys, window=_window(now))
    counts = dict(found.values_list("key", "count"))
    return [counts.get(key, 0) for key in keys]


def count(*tries: tuple[str, str], now=None) -> None:
    """Count one more try for each (scope, who)."""
    window = _window(now)
    with writing(durable=False):
        for key in sorted(_key(scope, who) for scope, who in tries):
            row = RateCount.objects.filter(key=key, window=window)
            if row.update(count=F("count") + 1):
                continue
            try:
                with transaction.atomic():
                    RateCount.objects.create(key=key, window=window, count=1)
            except IntegrityError:
                row.update(count=F("count") + 1)


def forget_old(now=None) -> int:
    """Delete counts of hours gone by; run by a job."""
    return RateCount.objects.filter(window__lt=_window(now) - HOUR).delete()[0]


def new_question() -> tuple[str, str]:
    """(question in words, signed answer)."""
    first, second = random.randint(1, 9), random.randint(1, 9)
    return (
        f"{DIGITS[first]}加{DIGITS[second]}等于几？",
        signing.dumps(_sealed_sum(first + second), salt="marriage.question"),
    )


def _sealed_sum(number: int) -> str:
    return salted_hmac("marriage.question", str(number)).hexdigest()


def is_right(answer: str, signed: str) -> bool:
    """Whether the answer, in digits or in words, fits a question of the last minutes."""
    try:
        wanted = signing.loads(signed, salt="marriage.question", max_age=QUESTION_SECONDS)
    except signing.BadSignature:
        return False
    text = answer.strip()[:8]
    words = {**{word: n for n, word in enumerate(DIGITS)}, "十": 10}
    words.update({f"十{DIGITS[n]}": 10 + n for n in range(1, 9)})
    number = words.get(text)
    if number is None and text.isdecimal():
        number = int(text)
    return number is not None and constant_time_compare(_sealed_sum(number), wanted)
