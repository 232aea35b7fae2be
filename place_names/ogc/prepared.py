"""Features as JSON text, each made once in a process until the content changes.

Reading a feature from the database and writing it as JSON takes a hundred times as long as
copying its text. The texts of 5,832 names take 6 MB in each process, of any number at most 20.
"""

import json
from collections.abc import Hashable, Sequence

from django.db.models import QuerySet

from home.cache.memoize import memoized
from place_names.open_data.fields import BATCH, as_feature

from . import crs
from .collections import Collection

MAX_TEXTS = 20_000
MAX_COUNTS = 1000


def texts_of(of: Collection, identifiers: Sequence[str], system: str, decimals: int) -> list[str]:
    """The features with these identifiers, in their order; those that are not public are left out."""
    kept = memoized(("ogc texts", of.id, crs.is_latitude_first(system), decimals), dict)
    found = {key: kept[key] for key in identifiers if key in kept}
    missing = [key for key in identifiers if key not in found]
    path = of.tie_breaker.path
    for start in range(0, len(missing), BATCH):
        some = of.records().filter(**{f"{path}__in": missing[start : start + BATCH]})
        made = {
            values[of.key]: as_text(
                as_feature(values[of.key], values, crs.in_axis_order(shape, system))
            )
            for values, shape in of.rows(some, decimals)
        }
        found |= made
        if len(kept) + len(made) > MAX_TEXTS:
            kept.clear()
        kept |= made
    return [found[key] for key in identifiers if key in found]


def count_of(of: Collection, records: QuerySet, question: Hashable) -> int:
    """How many records there are, counted once for all pages of the same question."""
    kept = memoized(("ogc counts", of.id), dict)
    if (count := kept.get(question)) is None:
        if len(kept) >= MAX_COUNTS:
            kept.clear()
        count = kept[question] = records.count()
    return count


def as_text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
