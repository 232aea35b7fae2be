"""Sending of queued messages, whatever they tell: see `home.models.messages.QueuedMessage`."""

import datetime

from django.db.models import Case, F, Q
from django.utils import timezone

from ..models.messages import QueuedMessage
from . import gateways

MAX_ATTEMPTS = 8
LEASE = datetime.timedelta(minutes=5)


def drain(model: type[QueuedMessage], limit=200, now=None, first: Case | None = None) -> int:
    """Send what is due of `model`. Returns how many messages were sent.

    Several processes may drain at once: a message is claimed by a conditional update before
    it is sent. A claim lapses after five minutes, in case its process died. `first` orders
    what cannot wait before the rest.
    """
    state = model.State
    due = model.objects.filter(
        Q(state=state.QUEUED) | Q(state=state.SENDING), due_at__lte=now or timezone.now()
    )
    order = ("due_at", "pk") if first is None else (first, "due_at", "pk")
    sent = 0
    for pk in list(due.order_by(*order).values_list("pk", flat=True)[:limit]):
        moment = now or timezone.now()
        claimed = due.filter(pk=pk).update(
            state=state.SENDING, attempts=F("attempts") + 1, due_at=moment + LEASE
        )
        if not claimed:
            continue
        message = model.objects.get(pk=pk)
        try:
            gateways.send(message.channel, message.gateway_key, **message.content)
        except Exception as error:
            _postpone(message, error, moment)
            continue
        model.objects.filter(pk=pk).update(
            state=state.SENT, sent_at=moment, encrypted="", last_error=""
        )
        sent += 1
    return sent


def _postpone(message: QueuedMessage, error: Exception, now) -> None:
    final = message.attempts >= MAX_ATTEMPTS
    message.state = message.State.FAILED if final else message.State.QUEUED
    message.due_at = now + datetime.timedelta(minutes=2**message.attempts)
    # The type only: the text of an error may carry the address.
    message.last_error = type(error).__name__[:200]
    message.save(update_fields=["state", "due_at", "last_error"])
