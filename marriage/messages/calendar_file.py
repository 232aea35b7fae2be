"""The appointment as a calendar file (RFC 5545). It lands in calendars that others see: it
says the discreet title, no names, no 离婚."""

import datetime

from django.utils import timezone

from home.messages.addresses import address_of

from ..models.states import State
from .texts import who_comes

TAKES_PLACE = frozenset({State.BOOKED, State.CHECKED_IN, State.IN_SERVICE, State.DONE})


def calendar_file(booking) -> bytes:
    """The .ics of a booking, with an alarm the day before; of one that will not take place, the
    same event as cancelled, which takes it out of the calendar."""
    slot, now = booking.slot, timezone.now()
    manage = address_of("/marriage/manage/")
    takes_place = booking.state in TAKES_PLACE
    alarm = [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(booking.service.discreet_title)}",
        "TRIGGER:-P1D",
        "END:VALARM",
    ]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Haizhu Civil Affairs//Booking//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{booking.pk}-{booking.created_at:%Y%m%d%H%M%S}@haizhu-civil-affairs",
        # Each later file of the same event has a higher number, whatever has happened.
        f"SEQUENCE:{max(int((now - booking.created_at).total_seconds()), 0)}",
        f"STATUS:{'CONFIRMED' if takes_place else 'CANCELLED'}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(_moment(slot.date, slot.start))}",
        f"DTEND:{_utc(_moment(slot.date, slot.end))}",
        f"SUMMARY:{_text(booking.service.discreet_title)}",
        f"LOCATION:{_text(f'{booking.office.name}，{booking.office.address}')}",
        f"DESCRIPTION:{_text(f'请带齐材料{who_comes(booking)}。查看、改期或取消：{manage}')}",
        *(alarm if takes_place else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(date, time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(date, time))


def _utc(moment) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, cut between characters."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > 74:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
