"""Hours for which an office has closed (`DayClosure`), as conditions of a query."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import DayClosure


def closures_of(prefix: str = "") -> QuerySet[DayClosure]:
    """Closures that overlap the slot found by `prefix` (such as "slot__") in the outer query."""
    overlapping = Q(start__lt=OuterRef(f"{prefix}end"), end__gt=OuterRef(f"{prefix}start"))
    return DayClosure.objects.filter(
        Q(start=None) | overlapping,
        date=OuterRef(f"{prefix}date"),
        office=OuterRef(f"{prefix}office"),
    )


def not_closed(prefix: str = "") -> Q:
    """Slots that no closure of their office overlaps."""
    return ~Exists(closures_of(prefix))
