"""Limits per network address and per device in this hour. Counting is `home.rate_limits`."""

from home import rate_limits

from ..write_lock import write_transaction


def tried(*tries: tuple[str, str], now=None) -> list[int]:
    """How often each (scope, who) was tried in this hour; one query."""
    return rate_limits.hits(*tries, now=now and now.timestamp())


def count(*tries: tuple[str, str], now=None) -> list[int]:
    """Count one more try for each (scope, who); returns the counts with this one."""
    with write_transaction(durable=False):
        return [rate_limits.hit(*one, now=now and now.timestamp()) for one in tries]


def release(*tries: tuple[str, str]) -> None:
    """Take the count of each (scope, who) back."""
    with write_transaction(durable=False):
        for one in tries:
            rate_limits.release(*one)
