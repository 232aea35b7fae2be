"""Exceptional hours of an office's service place, as conditions of a query.

The weekly hours of a place tell the public when somebody is there; templates say what is
bookable. An exception of the place (closed for repairs, mornings only) overrules the templates.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from home.models import ServiceHoursException


def exceptions_on(date: str, place) -> QuerySet[ServiceHoursException]:
    """Exceptions of a place on the day in the outer field `date`, without an order."""
    day = OuterRef(date)
    rows = ServiceHoursException.objects.filter(place=place, first_day__lte=day, last_day__gte=day)
    return rows.order_by()


def within_place_hours(prefix: str = "") -> Q:
    """Slots (found by `prefix`, such as "slot__") that no exception of their place forbids."""
    exceptions = exceptions_on(f"{prefix}date", OuterRef(f"{prefix}office__place"))
    covering = exceptions.filter(
        opens__lte=OuterRef(f"{prefix}start"), closes__gte=OuterRef(f"{prefix}end")
    )
    return ~Exists(exceptions) | Exists(covering)


def with_exceptions(days: QuerySet, office) -> QuerySet:
    """Days of the calendar with `exception`, the reason of exceptional hours of the office's
    place (None without any), and `has_hours`, whether it opens at all then."""
    exceptions = exceptions_on("date", office.place_id)
    return days.annotate(
        exception=Subquery(exceptions.values("reason")[:1]),
        has_hours=Exists(exceptions.filter(opens__isnull=False)),
    )


def words_of_exception(reason: str, closed: bool) -> str:
    """What people are told who cannot book then."""
    text = "登记处当天休息" if closed else "登记处当天的开放时间有变"
    return f"{text}（{reason}）" if reason else text
