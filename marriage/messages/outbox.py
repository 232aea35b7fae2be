"""Messages to citizens: written in the transaction of what they tell, sent by a job.

Each message has a key that says what it tells whom; the key is unique, so nothing is told
twice however often a step is repeated. Sending may fail after the gateway took the message;
the gateway gets the same key with every attempt and can drop the second.
"""

import datetime

from django.db.models import Case, When
from django.utils import timezone

from home.messages import queue
from home.personal_data.encryption import decrypt, encrypt
from home.personal_data.masking import mask_mail, mask_phone

from ..models import BookingRules, OutboxMessage
from ..models.states import State
from .calendar_file import calendar_file
from .texts import SIGNATURE, TEXTS, WAITING_JOINED, waiting_reference

Channel = OutboxMessage.Channel
# What puts an appointment into a calendar, changes it there, or takes it out.
WITH_CALENDAR = frozenset(
    {
        "confirmed",
        "moved",
        "displaced",
        "restored",
        "cancelled",
        "cancelled_late",
        "cancelled_banned",
        "cancelled_displaced",
        "cancelled_by_office",
        "replaced",
    }
)


def tell(booking, kind: str, people=None, *, rules=None, note="", due=None, now=None, about=""):
    """Write the message `kind` for everybody in the booking.

    `people` are dicts with "phone" and "email", else those stored with the booking; `about`
    makes a kind that may come more than once (a second change of materials) a new message.
    """
    rules = rules or BookingRules.load()
    now = now or timezone.now()
    if people is None:
        people = [party.person for party in booking.parties.all()]
    subject, body = TEXTS[kind](booking, rules, note)
    key = f"{booking.pk}:{kind}:{booking.moves}:{about}"
    calendar = calendar_file(booking).decode() if kind in WITH_CALENDAR else ""
    _write(
        key, kind, people, subject, body,
        booking=booking, calendar=calendar, due=due or now, now=now,
    )  # fmt: skip


def _write(
    key: str, kind: str, people, subject: str, body: str, *, booking=None, calendar="", due, now
) -> None:
    """One message for each telephone and mail address of `people`, each address once. Mails
    bring the appointment as a calendar file."""
    messages = [
        OutboxMessage(
            once_key=f"{key}:{channel}:{position}",
            channel=channel,
            kind=kind,
            booking=booking,
            recipient=(mask_phone(to) if channel == Channel.SMS else mask_mail(to))[:80],
            encrypted=encrypt(
                {
                    "to": to,
                    "subject": subject,
                    "body": SIGNATURE + body,
                    **({"calendar": calendar} if channel == Channel.MAIL else {}),
                }
            ),
            due_at=due,
            created_at=now,
        )
        for position, channel, to in recipients(people)
    ]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)


def recipients(people) -> list[tuple[int, str, str]]:
    """[(position, channel, address)] to which `people` are told, each address once."""
    found = {}
    for position, person in enumerate(people, start=1):
        for channel, field in ((Channel.SMS, "phone"), (Channel.MAIL, "email")):
            if to := person.get(field):
                found.setdefault(to, (position, channel, to))
    return list(found.values())


def text_of(kind: str, booking, *, rules=None, note="") -> str:
    """The words of a message as they would be sent."""
    return SIGNATURE + TEXTS[kind](booking, rules or BookingRules.load(), note)[1]


def waiting_joined(entry, now=None) -> None:
    """Send somebody on the waiting list their reference; once a day."""
    now = now or timezone.now()
    subject, body = waiting_reference(entry)
    key = f"waiting:{entry.pk}:{timezone.localdate(now)}"
    _write(key, WAITING_JOINED, [decrypt(entry.encrypted) or {}], subject, body, due=now, now=now)


def remind(booking, people=None, *, rules=None, now=None) -> None:
    """Write the reminder for the day and hour of the rules, unless that has passed."""
    rules = rules or BookingRules.load()
    now = now or timezone.now()
    day = booking.slot.date - datetime.timedelta(days=rules.reminder_days_ahead)
    due = timezone.make_aware(datetime.datetime.combine(day, rules.reminder_time))
    if due > now:
        tell(booking, "reminder", people, rules=rules, due=due, now=now)


def cancel_reminders(booking) -> None:
    """Drop reminders of a booking that were not sent: it was moved or cancelled."""
    booking.messages.filter(kind="reminder", state=OutboxMessage.State.QUEUED).delete()


def offer(entry, now=None, due=None) -> None:
    """Tell somebody on the waiting list that a slot is kept for them, at `due`."""
    person = decrypt(entry.encrypted) or {}
    reference = f"{entry.reference[:5]}-{entry.reference[5:]}"
    tell(entry.booking, "waiting_offer", [person], note=reference, now=now, due=due)


def materials_changed(service, version: str, now=None) -> int:
    """Tell everybody with a booking to come that the materials of `service` changed.

    `version` names the change: the same version is told once. Returns how many bookings.
    """
    now = now or timezone.now()
    rules = BookingRules.load()
    coming = (
        service.bookings.filter(state=State.BOOKED, slot__date__gte=timezone.localdate(now))
        .select_related("slot", "office__place", "service")
        .prefetch_related("parties")
    )
    for booking in coming:
        tell(booking, "materials_changed", rules=rules, now=now, about=version)
    return len(coming)


def drain(limit=200, now=None) -> int:
    """Send what is due. Returns how many messages were sent."""
    # Somebody sits before the screen and waits for a code.
    urgent = Case(When(kind="telephone_code", then=0), default=1)
    return queue.drain(OutboxMessage, limit, now, first=urgent)
