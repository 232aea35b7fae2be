"""Instants of a request: only those that every time zone can write."""

from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime


def read_instant(text: str) -> datetime | None:
    """An instant with its offset from UTC; None for any other text.

    None too for one that lies outside the years 1 to 9999 in UTC, as databases store it:
    9999-12-31T23:59:59-14:00 is in the year 10000 there.
    """
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo and is_storable(found) else None


def is_storable(moment: datetime) -> bool:
    """Whether an instant has a year from 1 to 9999 in UTC too."""
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True
