"""Messages to citizens: written in the transaction of what they tell, sent by a job.

Each message has a key that says what it tells whom; the key is unique, so nothing is told
twice however often a step is repeated. Sending may fail after the gateway took the message;
the gateway gets the same key with every attempt and can drop the second.
"""

import datetime

from django.db.models import F, Q
from django.utils import timezone

from . import gateways
from .encryption import seal, unseal
from .message_texts import SIGNATURE, TEXTS
from .models import BookingRules, OutboxMessage
from .states import State

Channel = OutboxMessage.Channel
MAX_ATTEMPTS = 8
LEASE = datetime.timedelta(minutes=5)


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
    messages, told = [], set()
    for position, person in enumerate(people, start=1):
        for channel, field in ((Channel.SMS, "phone"), (Channel.MAIL, "email")):
            to = person.get(field)
            if not to or to in told:
                continue
            told.add(to)
            messages.append(
                OutboxMessage(
                    once_key=f"{booking.pk}:{kind}:{booking.moves}:{about}:{channel}:{position}",
                    channel=channel,
                    kind=kind,
                    booking=booking,
                    sealed=seal({"to": to, "subject": subject, "body": SIGNATURE + body}),
                    due_at=due or now,
                    created_at=now,
                )
            )
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)


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


def offer(entry, now=None) -> None:
    """Tell somebody on the waiting list that a place is kept for them."""
    person = unseal(entry.sealed) or {}
    reference = f"{entry.reference[:5]}-{entry.reference[5:]}"
    tell(entry.booking, "waiting_offer", [person], note=reference, now=now)


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
    """Send what is due. Returns how many messages left the house.

    Several processes may drain at once: a message is claimed by a conditional update before
    it is sent. A claim lapses after five minutes, in case its process died.
    """
    due = OutboxMessage.objects.filter(
        Q(state=OutboxMessage.State.QUEUED) | Q(state=OutboxMessage.State.SENDING),
        due_at__lte=now or timezone.now(),
    )
    sent = 0
    for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]):
        moment = now or timezone.now()
        claimed = due.filter(pk=pk).update(
            state=OutboxMessage.State.SENDING, attempts=F("attempts") + 1, due_at=moment + LEASE
        )
        if not claimed:
            continue
        message = OutboxMessage.objects.get(pk=pk)
        try:
            gateways.send(message.channel, message.gateway_key, **message.content)
        except Exception as error:
            _postpone(message, error, moment)
            continue
        OutboxMessage.objects.filter(pk=pk).update(
            state=OutboxMessage.State.SENT, sent_at=moment, sealed="", last_error=""
        )
        sent += 1
    return sent


def _postpone(message, error: Exception, now) -> None:
    final = message.attempts >= MAX_ATTEMPTS
    message.state = OutboxMessage.State.FAILED if final else OutboxMessage.State.QUEUED
    message.due_at = now + datetime.timedelta(minutes=2**message.attempts)
    # The type only: the text of an error may carry the telephone number.
    message.last_error = type(error).__name__[:200]
    message.save(update_fields=["state", "due_at", "last_error"])
