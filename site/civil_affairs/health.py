"""Whether the process lives (/healthz) and whether it can answer (/readyz)."""

import logging

from django.db import connection
from django.http import HttpRequest, JsonResponse

from search import engines

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
    # Without its server search still answers, so that alone makes nobody turn away.
    search = engines.state() if checks["database"] == "ok" else "unknown"
    healthy = all(state == "ok" for state in checks.values())
    return JsonResponse(
        {"status": "ok" if healthy else "unavailable", "checks": {**checks, "search": search}},
        status=200 if healthy else 503,
    )
