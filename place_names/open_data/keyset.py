"""Keyset paging: a page starts after the last record of the one before, however far it is.

The cursor holds the values that the records are ordered by, signed: one that somebody made up or
changed is refused. Records without a value come last in either direction; the key of the record
breaks ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

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
    """The records behind the one that has these values, in the order of the keys."""
    behind, same = NOTHING, Q()
    for key, value in zip(keys, values, strict=True):
        behind |= same & key.beyond(value)
        same &= key.equal(value)
    return records.filter(behind)


def write_cursor(keys: Sequence[SortKey], values: Values) -> str:
    return _signer(keys).sign_object(list(values))


def read_cursor(keys: Sequence[SortKey], cursor: str) -> list:
    """The values of a cursor. Raises RequestError unless it was made here, for the same order."""
    try:
        return _signer(keys).unsign_object(cursor)
    except BadSignature:
        raise RequestError(
            "cursor不是上一页给出的值，或者排序方式变了。请从第一页开始。",
            "The cursor is not one that a page of this order gave; start from the first page.",
            parameter="cursor",
        ) from None


def _signer(keys: Sequence[SortKey]) -> Signer:
    order = ",".join(f"{'-' if key.descending else ''}{key.path}" for key in keys)
    return Signer(salt=f"{__name__}:{order}")
