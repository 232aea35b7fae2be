"""Periodic jobs: each app registers its own, and the worker runs those that are due.

A job is a plain function without arguments that may be run again at any time. Its last run
is a row in the database; the row is claimed by a conditional update, so several workers on
several machines run a job once per interval between them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from .clock import TOLERANCE
from .models import JobRun

logger = logging.getLogger("civil_affairs.jobs")


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], object]
    judges_by_date: bool = False
    """It deletes, or holds against somebody, what its date makes due: it waits for a while
    after the clock was set forward."""


_jobs: dict[str, Job] = {}


def register(
    name: str, *, every: timedelta, run: Callable[[], object], judges_by_date: bool = False
) -> None:
    """Registers a job from an AppConfig.ready; the same name again replaces it."""
    _jobs[name] = Job(name, every, run, judges_by_date)


def registered() -> list[Job]:
    return sorted(_jobs.values(), key=lambda job: job.name)


def run_due(*, clock_in_doubt: Callable[[], bool] = lambda: False) -> list[str]:
    """Runs each job whose interval has passed since its last start; returns their names.

    A last start in the future is no last start: the clock was ahead then. While the clock is
    in doubt, jobs that judge by date are left out.
    A job that fails is logged and tried again after its interval; the others still run.
    """
    names = []
    for job in registered():
        if job.judges_by_date and clock_in_doubt():
            continue
        now = timezone.now()
        run, created = JobRun.objects.get_or_create(name=job.name, defaults={"started_at": now})
        if not created:
            due = Q(started_at__lte=now - job.every) | Q(started_at__gt=now + TOLERANCE)
            claimed = JobRun.objects.filter(due, name=job.name, started_at=run.started_at).update(
                started_at=now
            )
            if not claimed:
                continue
            if run.started_at > now:
                logger.error("Job %s last ran in the future: the clock was ahead", job.name)
        names.append(job.name)
        try:
            job.run()
        except Exception as error:
            logger.exception("Job %s failed", job.name)
            outcome = type(error).__name__
        else:
            outcome = ""
        JobRun.objects.filter(name=job.name).update(finished_at=timezone.now(), error=outcome)
    return names
