"""A booking as its owner sees it, after confirming or after looking it up."""

import segno
from django.core.signing import BadSignature
from django.shortcuts import render
from django.utils.safestring import mark_safe

from home.masking import mask_name, mask_phone

from .. import identity
from ..checklist import materials_for
from ..dates import cancel_until, local_now
from ..models import Booking, BookingRules
from ..opening import bookable_span
from ..states import State

COOKIE = "booking_view"
SALT = "marriage.booking-view"
MINUTES = 30


def remember(response, request, booking, position: int) -> None:
    """Let this browser see and change the booking for half an hour."""
    response.set_signed_cookie(
        COOKIE,
        f"{booking.pk}:{position}",
        salt=SALT,
        max_age=MINUTES * 60,
        path="/marriage/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def remembered(request) -> tuple[Booking | None, int]:
    """(booking, position) that this browser has looked up, or (None, 0)."""
    try:
        text = request.get_signed_cookie(COOKIE, salt=SALT, max_age=MINUTES * 60)
    except (KeyError, BadSignature):
        return None, 0
    pk, _, position = text.partition(":")
    booking = (
        Booking.objects.confirmed()
        .select_related("slot", "office__place", "service__guide")
        .filter(pk=pk)
        .first()
    )
    return booking, int(position) if booking else 0


def masked_people(booking) -> list[dict]:
    """[{"name", "id_number", "phone"}] as shown: masked alike everywhere."""
    return [
        {
            "name": mask_name(party.person.get("name", "")),
            "id_number": identity.mask_id(party.person.get("id_number", "")),
            "phone": mask_phone(party.person.get("phone", "")),
        }
        for party in booking.parties.all()
    ]


def qr_code(text: str) -> str:
    """An inline SVG, black on white in every colour scheme."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(light="#fff", border=3, omitsize=True))  # noqa: S308


def what_can_be_done(booking, rules) -> dict:
    """{"may_change", "until", "moves_left"}: what its owner may still do online."""
    until = cancel_until(booking.slot.date, rules)
    return {
        "may_change": booking.state == State.BOOKED and local_now().date() <= until,
        "until": until,
        "moves_left": max(rules.max_moves - booking.moves, 0),
    }


def show_booking(request, booking, *, template: str, **context):
    rules = BookingRules.load()
    details = booking.details
    old_list = details.get("checklist", [])
    new_list = materials_for(booking.service, details.get("answers", {}))
    context |= what_can_be_done(booking, rules) | {
        "booking": booking,
        "service": booking.service,
        "office": booking.office,
        "place": booking.office.place,
        "slot": booking.slot,
        "people": masked_people(booking),
        "checklist": new_list if booking.is_live else old_list,
        "list_has_changed": booking.is_live and old_list != new_list,
        "qr_code": qr_code(booking.reference),
        "rules": rules,
        "last_day": bookable_span(rules)[1],
    }
    return render(request, f"marriage/{template}.html", context)
