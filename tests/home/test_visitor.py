"""Limits per visitor hold for the whole of their time."""

import time

import pytest
from django.test import RequestFactory

from home.visitor import within_limit


@pytest.mark.parametrize("seconds", [3600, 24 * 3600])
def test_a_limit_holds_until_its_time_is_over(monkeypatch, seconds):
    request = RequestFactory().get("/")
    start = 1_800_000_000 // (24 * 3600) * (24 * 3600) + 16 * 3600  # Midnight in Guangzhou.
    now = [start]
    monkeypatch.setattr(time, "time", lambda: now[0])
    assert [within_limit(request, "report", 2, seconds) for _ in range(3)] == [True, True, False]
    now[0] = start + seconds - 60
    assert not within_limit(request, "report", 2, seconds)
    now[0] = start + seconds
    assert within_limit(request, "report", 2, seconds)


def test_visitors_are_counted_apart():
    one, two = (RequestFactory().get("/", REMOTE_ADDR=f"10.0.0.{n}") for n in (1, 2))
    assert within_limit(one, "report", 1)
    assert not within_limit(one, "report", 1)
    assert within_limit(two, "report", 1)
