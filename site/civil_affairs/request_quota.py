"""How often one visitor may ask the interfaces for programs, told in every answer.

Headers as in the IETF draft "RateLimit header fields for HTTP": `RateLimit-Policy` says how many
requests there are in how many seconds, `RateLimit` how many are left and when they start from zero.
Each process counts for itself in memory: a write to the database for each request would cost more
than the answer.
"""

import threading
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from home.visitors import visitor_key
from place_names.open_data.problems import RequestError

SECONDS = 60
NAME = '"requests"'
MAX_VISITORS = 50_000


class Quota:
    """Counts requests by visitor in spans of SECONDS; all are forgotten when one ends."""

    def __init__(self):
        self._lock = threading.Lock()
        self._span = -1
        self._counts: dict[str, int] = {}

    def count(self, who: str) -> tuple[int, int]:
        """(requests of this visitor in this span, seconds until it ends)."""
        now = time.monotonic()
        span = int(now // SECONDS)
        with self._lock:
            if span != self._span or len(self._counts) >= MAX_VISITORS:
                self._span, self._counts = span, {}
            self._counts[who] = self._counts.get(who, 0) + 1
            return self._counts[who], max(1, int((span + 1) * SECONDS - now))


class RequestQuotaMiddleware:
    """Answers 429 with a problem document once a visitor has asked too often."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.quota = Quota()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.API_REQUESTS_PER_MINUTE
        is_counted = request.path.startswith(settings.PROGRAM_ADDRESSES)
        if not limit or not is_counted or request.method == "OPTIONS":
            return self.get_response(request)
        count, seconds = self.quota.count(visitor_key(request))
        response = self.get_response(request) if count <= limit else _too_many(limit, seconds)
        response.headers["RateLimit-Policy"] = f"{NAME};q={limit};w={SECONDS}"
        response.headers["RateLimit"] = f"{NAME};r={max(0, limit - count)};t={seconds}"
        return response


def _too_many(limit: int, seconds: int) -> HttpResponse:
    response = RequestError(
        f"每分钟最多{limit}次请求，请{seconds}秒后再试；成批的数据请用下载。",
        f"At most {limit} requests a minute; try again in {seconds} seconds, or use the downloads.",
        429,
    ).response()
    response.headers["Retry-After"] = str(seconds)
    return response
