"""Days that close after people have booked, and the people concerned.

Closing stops new bookings at once. Those that exist stay until staff move or cancel them
with a message, so nobody is dropped by a click on a calendar.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from . import waiting_list
from .models import Booking, DayClosure, Office, PeakPlan, Slot, WorkingDay
from .place_hours import within_place_hours
from .states import TAKES_A_PLACE, State


def close_day(office: Office, day: date, reason: str) -> DayClosure:
    """Close an office on a day. New bookings stop at once; those that exist stay until staff
    move or cancel them (see `on_closed_days`)."""
    closure, _ = DayClosure.objects.update_or_create(
        office=office, date=day, defaults={"reason": reason}
    )
    return closure


def affected(slots: Iterable[Slot]) -> QuerySet[Booking]:
    """Return the bookings and holds that take the places of these slots, in order of time."""
    return (
        Booking.objects.filter(slot__in=[slot.pk for slot in slots], state__in=TAKES_A_PLACE)
        .select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "slot__start", "pk")
    )


def reopen_day(office: Office, day: date) -> None:
    """Open a closed day again; free places go to those who wait for it first."""
    DayClosure.objects.filter(office=office, date=day).delete()
    waiting_list.offer_new_places(Slot.objects.filter(office=office, date=day).order_by("pk"))


def booked_on(day: date, office: Office | None = None) -> QuerySet[Booking]:
    """Return the confirmed bookings of a day that still wait to be served."""
    bookings = Booking.objects.filter(slot__date=day, state=State.BOOKED)
    if office is not None:
        bookings = bookings.filter(office=office)
    return (
        bookings.select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("office__sort_order", "slot__start", "pk")
    )


def still_to_come(office: Office) -> QuerySet[Booking]:
    """Return the bookings of an office from today on that wait to be served."""
    return Booking.objects.filter(
        office=office, slot__date__gte=timezone.localdate(), state=State.BOOKED
    )


def on_closed_days(today: date | None = None) -> QuerySet[Booking]:
    """Return bookings that lie on a day off, on a closed day or outside the exceptional hours
    of the office's place, and must be moved or cancelled.

    A day off on which a peak plan opens this office for this service is none."""
    today = today or timezone.localdate()
    day_off = WorkingDay.objects.filter(
        date=OuterRef("slot__date"), is_working=False, is_confirmed=True
    )
    planned = PeakPlan.objects.filter(
        peak_day__date=OuterRef("slot__date"),
        office=OuterRef("office"),
        service=OuterRef("service"),
    )
    closure = DayClosure.objects.filter(date=OuterRef("slot__date"), office=OuterRef("office"))
    return (
        Booking.objects.filter(slot__date__gte=today, state=State.BOOKED)
        .filter(
            (Exists(day_off) & ~Exists(planned)) | Exists(closure) | ~within_place_hours("slot__")
        )
        .select_related("slot", "office__place", "service")
        .prefetch_related("parties")
        .order_by("slot__date", "office__sort_order", "slot__start", "pk")
    )
