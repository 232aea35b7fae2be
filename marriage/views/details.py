"""A booking as its owner sees it, after confirming or after looking it up."""

import segno
from django.shortcuts import render
from django.utils.safestring import mark_safe

from home.personal_data.masking import mask_name, mask_phone
from home.service_places.directions import directions_to

from ..availability.opening import bookable_span
from ..booking import lookup_sessions
from ..calendar.dates import cancel_until, day_past_deadline
from ..identity import id_numbers
from ..materials.checklist import checklist_of
from ..models import Booking, BookingRules
from ..models.states import State

COOKIE = "booking_view"


def remember(response, request, booking, position: int) -> None:
    """Let this browser see and change the booking for half an hour, and no other one."""
    lookup_sessions.end(request.COOKIES.get(COOKIE, ""))
    response.set_cookie(
        COOKIE,
        lookup_sessions.begin(booking, position),
        max_age=lookup_sessions.DURATION,
        path="/marriage/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def opened_booking(request) -> tuple[Booking | None, int]:
    """(booking, position) that this browser has looked up, or (None, 0)."""
    return lookup_sessions.find(request.COOKIES.get(COOKIE, ""))


def masked_people(booking) -> list[dict]:
    """[{"name", "id_number", "phone"}] as its owner sees it.

    No tail of a number: with the reference on the same page, it would open the booking for
    whoever sees a picture of it.
    """
    return [
        {
            "name": mask_name(party.person.get("name", "")),
            "id_number": id_numbers.mask_id(party.person.get("id_number", ""), tail=0),
            "phone": mask_phone(party.person.get("phone", "")),
        }
        for party in booking.parties.all()
    ]


def qr_code(text: str) -> str:
    """An inline SVG, black on white in every colour scheme."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(light="#fff", border=3, omitsize=True))  # noqa: S308


def what_can_be_done(booking, rules) -> dict:
    """{"may_change", "until", "near_day", "moves_left"}: what its owner may still do online."""
    near_day = day_past_deadline(booking.slot.date, rules)
    in_time = booking.state == State.BOOKED and not near_day
    return {
        "may_change": in_time or booking.is_displaced,
        "until": cancel_until(booking.slot.date, rules),
        "near_day": near_day,
        "moves_left": max(rules.max_moves - booking.citizen_moves, int(booking.is_displaced)),
    }


def show_booking(request, booking, *, template: str, **context):
    rules = BookingRules.load()
    checklist = checklist_of(booking)
    context |= what_can_be_done(booking, rules) | {
        "booking": booking,
        "service": booking.service,
        "office": booking.office,
        "place": booking.office.place,
        "directions": directions_to(booking.office.place),
        "slot": booking.slot,
        "people": masked_people(booking),
        "checklist": checklist,
        "list_has_changed": checklist != booking.checklist,
        "qr_code": qr_code(booking.reference),
        "rules": rules,
        "last_day": bookable_span(rules)[1],
    }
    return render(request, f"marriage/{template}.html", context)
