"""The worker: periodic jobs and background tasks, beside the web processes."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from civil_affairs.deployment import refuse_wrong_keys
from home import jobs, worker_state
from home.clock import ClockWatch

logger = logging.getLogger("civil_affairs.work")

CLOCK_IN_DOUBT = 3600.0
"""Seconds after the clock jumped forward in which no job that depends on the date runs: time for
monitoring to notice and for the clock to be corrected."""


class TrustedClock:
    """Called each round and before each job that depends on the date."""

    def __init__(self):
        self._watch = ClockWatch()
        self._doubt_until = 0.0

    def is_in_doubt(self) -> bool:
        if jump := self._watch.jump():
            logger.error("The clock was set by %+.0f s", jump.total_seconds())
            worker_state.note_clock_jump(jump)
            forward = jump.total_seconds() > 0
            self._doubt_until = time.monotonic() + CLOCK_IN_DOUBT if forward else 0.0
        return time.monotonic() < self._doubt_until


class Command(BaseCommand):
    help = "Runs due periodic jobs and queued tasks until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between rounds")

    def handle(self, *, once: bool, interval: float, **options):
        refuse_wrong_keys()
        stop = threading.Event()
        if not once:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
        clock, next_sign = TrustedClock(), 0.0
        while not stop.is_set():
            close_old_connections()
            try:
                clock.is_in_doubt()
                if time.monotonic() >= next_sign:
                    worker_state.note_alive()
                    next_sign = time.monotonic() + worker_state.EVERY.total_seconds()
                jobs.run_due(clock_in_doubt=clock.is_in_doubt)
                self.run_tasks()
            except Exception:
                # A database that is unreachable for a while must not end the worker.
                logger.exception("A round of work failed")
                if once:
                    raise
            if once:
                return
            stop.wait(interval)

    def run_tasks(self) -> None:
        """Runs all tasks that are ready now."""
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="later",
            startup_delay=False,
            max_tasks=None,
            worker_id="work",
            excluded_queue_names=[],
        ).run()
