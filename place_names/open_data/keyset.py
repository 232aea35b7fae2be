"""Keyset paging: a page starts after the last record of the one before, however far it is.

The cursor holds the values that the records are ordered by. Records without a value come last
in either direction; the key of the record breaks ties.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from .json_text import read_json
from .problems import RequestError

Values = Sequence[str | int | float | None]
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class SortKey:
    path: str
    descending: bool = False
    nullable: bool = False

    @property
    def order(self) -> OrderBy:
        # NULLS LAST keeps a database from using an index, so only where there may be one.
        last = True if self.nullable else None
        field = F(self.path)
        return field.desc(nulls_last=last) if self.descending else field.asc(nulls_last=last)

    def equal(self, value) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value) -> Q:
        if value is None:
            return NOTHING
        after = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        return after | Q(**{f"{self.path}__isnull": True}) if self.nullable else after


def ordered(records: QuerySet, keys: Sequence[SortKey]) -> QuerySet:
    return records.order_by(*(key.order for key in keys))


def after(records: QuerySet, keys: Sequence[SortKey], values: Values) -> QuerySet:
    """The records behind the one that has these values, in the order of the keys.

    Raises RequestError for values that the fields cannot have: whoever wrote such a cursor made it up.
    """
    behind, same = NOTHING, Q()
    for key, value in zip(keys, values, strict=True):
        behind |= same & key.beyond(value)
        same &= key.equal(value)
    try:
        return records.filter(behind)
    except (ValueError, TypeError, ValidationError):
        raise _unknown_cursor() from None


def write_cursor(keys: Sequence[SortKey], values: Values) -> str:
    text = json.dumps([_signature(keys), *values], ensure_ascii=False, default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(keys: Sequence[SortKey], cursor: str) -> list:
    """The values of a cursor. Raises RequestError unless it was made for the same order."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        signature, *values = read_json(base64.b64decode(padded, b"-_", validate=True))
        plain = all(v is None or isinstance(v, str | int | float) for v in values)
        if signature != _signature(keys) or len(values) != len(keys) or not plain:
            raise ValueError
        numbers = [v for v in values if isinstance(v, int | float)]
        if any(not isfinite(v) or abs(v) >= 2**63 for v in numbers):
            raise ValueError
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise _unknown_cursor() from None
    return values


def _unknown_cursor() -> RequestError:
    return RequestError(
        "cursor不是上一页给出的值，或者排序方式变了。请从第一页开始。",
        "The cursor is not one that a page of this order gave; start from the first page.",
        parameter="cursor",
    )


def _signature(keys: Sequence[SortKey]) -> str:
    return ",".join(f"{'-' if key.descending else ''}{key.path}" for key in keys)
