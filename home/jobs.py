"""Periodic work of the site: each app registers its jobs, one worker runs those that are due.

A job is a plain function without arguments that may be run again at any time. Its last run
is a row in the database; the row is claimed by a conditional update, so several workers on
several machines run a job once per interval between them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

logger = logging.getLogger("civil_affairs.jobs")


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def register(name: str, *, every: timedelta, run: Callable[[], object]) -> None:
    """Registers a job from an AppConfig.ready; the same name again replaces it."""
    _jobs[name] = Job(name, every, run)


def registered() -> list[Job]:
    return sorted(_jobs.values(), key=lambda job: job.name)


def run_due() -> list[str]:
    """Runs each job whose interval has passed since its last start; returns their names.

    A job that fails is logged and tried again after its interval; the others still run.
    """
    from .models import JobRun

    names = []
    for job in registered():
        now = timezone.now()
        run, created = JobRun.objects.get_or_create(name=job.name, defaults={"started_at": now})
        if not created:
            claimed = JobRun.objects.filter(
                name=job.name, started_at=run.started_at, started_at__lte=now - job.every
            ).update(started_at=now)
            if not claimed:
                continue
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
