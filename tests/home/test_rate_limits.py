"""One count for all threads and processes: parallel tries do not slip through."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from home import rate_limits
from home.models import RateCount


@pytest.mark.django_db(transaction=True)
def test_parallel_hits_are_each_told_another_number():
    tries, threads = 120, 12
    start = threading.Barrier(threads)

    def hit(number):
        if number < threads:
            start.wait(20)
        try:
            return rate_limits.hit("login", "somebody")
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        assert sorted(pool.map(hit, range(tries))) == list(range(1, tries + 1))
    assert rate_limits.hits(("login", "somebody")) == [tries]


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [rate_limits.HOUR, rate_limits.DAY])
def test_the_count_begins_again_with_each_span(seconds):
    midnight_here = 1_800_000_000 // rate_limits.DAY * rate_limits.DAY + 16 * 3600
    for moment, expected in (
        (midnight_here, 1),
        (midnight_here + seconds - 1, 2),
        (midnight_here + seconds, 1),
        (midnight_here - 1, 1),
    ):
        assert rate_limits.hit("report", "somebody", seconds, now=moment) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [rate_limits.HOUR, rate_limits.DAY])
def test_the_time_left_ends_with_the_span(seconds):
    now = 1_800_000_123.5
    left = rate_limits.seconds_left(seconds, now)
    assert 0 < left <= seconds
    rate_limits.hit("try", "x", seconds, now)
    assert rate_limits.hits(("try", "x"), seconds=seconds, now=now + left - 1) == [1]
    assert rate_limits.hits(("try", "x"), seconds=seconds, now=now + left) == [0]


@pytest.mark.django_db
def test_actions_persons_and_spans_are_counted_apart():
    for action, who, seconds in (
        ("a", "x", 3600),
        ("b", "x", 3600),
        ("a", "y", 3600),
        ("a", "x", 86400),
    ):
        assert rate_limits.hit(action, who, seconds) == 1
    assert rate_limits.hits(("a", "x"), ("a", "z")) == [1, 0]


@pytest.mark.django_db
def test_a_count_is_taken_back_and_never_falls_below_nothing():
    rate_limits.hit("a", "x")
    rate_limits.hit("a", "x")
    rate_limits.release("a", "x")
    assert rate_limits.hits(("a", "x")) == [1]
    for _ in range(3):
        rate_limits.release("a", "x")
    assert rate_limits.hit("a", "x") == 1
    rate_limits.forget("a", "x")
    assert rate_limits.hits(("a", "x")) == [0]


@pytest.mark.django_db
def test_only_a_keyed_hash_is_cached_until_the_span_is_surely_over(settings):
    rate_limits.hit("login", "editor 203.0.113.9")
    row = RateCount.objects.get()
    assert len(row.key) == 64
    assert "editor" not in row.key
    assert row.expires_at.timestamp() >= time.time() + rate_limits.HOUR
    settings.SECRET_KEY = "another"
    assert rate_limits.hits(("login", "editor 203.0.113.9")) == [0]
