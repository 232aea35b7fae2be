"""Liveness (/healthz) and readiness (/readyz) of the process."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from home.cache.backends import state as cache_state
from home.worker_state import clock_state, worker_state
from search.places import engines

logger = logging.getLogger("civil_affairs.health")


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """503 with the part that fails when the site cannot answer, else 200."""
    checks = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = "ok"
    except Exception as error:
        logger.error("No database: %s", type(error).__name__)
        checks["database"] = "unavailable"
    healthy = all(state == "ok" for state in checks.values())
    # The site works without these, so they do not fail the check; they are for monitoring.
    for name, state in (
        ("search", engines.state),
        ("cache", cache_state),
        ("worker", worker_state),
        ("clock", clock_state),
    ):
        checks[name] = _told(state) if healthy else "unknown"
    return JsonResponse(
        {"status": "ok" if healthy else "unavailable", "checks": checks},
        status=200 if healthy else 503,
    )


def _told(state: Callable[[], str]) -> str:
    try:
        return state()
    except DatabaseError as error:  # Before the first migration there is no table to ask.
        logger.error("No state: %s", type(error).__name__)
        return "unknown"


CHECKS = {"/healthz": alive, "/readyz": ready}
"""Answered before anything looks at the request (`middleware.HealthCheckMiddleware`)."""
