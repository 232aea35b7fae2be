"""Numbers, days and instants of a request, written as programs write them.

Python reads more than the standards allow: digits of other scripts and widths, `1_0`, spaces, a
month of one digit. Whoever sends such a text meant something else or writes it by accident.
"""

import re
from datetime import UTC, date, datetime
from math import isfinite

from django.utils.dateparse import parse_datetime

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
WHOLE_NUMBER = re.compile("[+-]?[0-9]+")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 3339. A plus sign of an address that nobody encoded is a space.
INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,12})?)"
    r"([Zz]|[ +-][0-9]{2}:[0-9]{2})"
)
MAX_LENGTH = 40


def read_number(text: str) -> float | None:
    """A finite number; None for any other text."""
    if len(text) > MAX_LENGTH or not NUMBER.fullmatch(text):
        return None
    found = float(text)
    return found if isfinite(found) else None


def read_numbers(text: str) -> list[float] | None:
    """Numbers with commas between; None when one of them is none."""
    found = [read_number(part) for part in text.split(",")]
    return None if None in found else found


def read_day(text: str) -> date | None:
    """A full-date of RFC 3339; None for any other text."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def read_instant(text: str) -> datetime | None:
    """A date-time of RFC 3339; None for any other text.

    None too for one that lies outside the years 1 to 9999 in UTC, as databases store it:
    9999-12-31T23:59:59-14:00 is in the year 10000 there.
    """
    if not (match := INSTANT.fullmatch(text)):
        return None
    day, time, offset = match.groups()
    try:
        found = parse_datetime(f"{day}T{time}{offset.upper().replace(' ', '+')}")
    except ValueError:
        return None
    return found if found is not None and is_storable(found) else None


def is_storable(moment: datetime) -> bool:
    """Whether an instant has a year from 1 to 9999 in UTC too."""
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True
