"""The worker: periodic jobs and background tasks, beside the web processes."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from home import jobs

logger = logging.getLogger("civil_affairs.work")


class Command(BaseCommand):
    help = "Runs due periodic jobs and queued tasks until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between rounds")

    def handle(self, *, once: bool, interval: float, **options):
        stop = threading.Event()
        if not once:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                jobs.run_due()
                self.run_tasks()
            except Exception:
                # A database that is away for a while must not end the worker.
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
