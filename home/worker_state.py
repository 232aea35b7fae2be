"""Whether the worker lives and its clock is right, as `/readyz` tells it.

The worker leaves a sign of life in a row of `JobRun`; the web processes read it.
"""

from datetime import timedelta

from django.utils import timezone

from .brief_writes import try_briefly
from .clock import TOLERANCE
from .models import JobRun

SIGN_OF_LIFE, CLOCK_JUMP = "worker", "clock_jump"
EVERY = timedelta(seconds=10)
SILENT_AFTER = timedelta(minutes=5)
"""Longer than a usual job takes: the sign is given between two jobs."""
TOLD_FOR = timedelta(days=1)


def _note(name: str, error: str = "") -> None:
    values = {"started_at": timezone.now(), "finished_at": None, "error": error}
    try_briefly(lambda: JobRun.objects.update_or_create(name=name, defaults=values), 1)


def note_alive() -> None:
    _note(SIGN_OF_LIFE)


def note_clock_jump(jump: timedelta) -> None:
    _note(CLOCK_JUMP, f"{jump.total_seconds():+.0f} s")


def worker_state() -> str:
    """`ok`, or since when no worker was seen."""
    seen = JobRun.objects.filter(name=SIGN_OF_LIFE).values_list("started_at", flat=True).first()
    if seen is None:
        return "never seen"
    silent = abs(timezone.now() - seen)
    return "ok" if silent <= SILENT_AFTER else f"silent since {seen:%Y-%m-%dT%H:%M:%SZ}"


def clock_state() -> str:
    """`ok`, or what is known of a clock that was or is wrong."""
    now = timezone.now()
    if JobRun.objects.filter(started_at__gt=now + TOLERANCE).exists():
        return "a job has run in the future: the clock is behind, or was ahead"
    jump = JobRun.objects.filter(name=CLOCK_JUMP, started_at__gt=now - TOLD_FOR).first()
    return f"was set by {jump.error} at {jump.started_at:%Y-%m-%dT%H:%M:%SZ}" if jump else "ok"
