"""The step between closing a time and telling people: who is concerned, what they will read."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.http import QueryDict

from ..messages import outbox
from ..models import Booking, OutboxMessage
from ..planning import closures
from .desk_views import Row, rows_of

TOKENS = frozenset({"csrfmiddlewaretoken", "seen", "act"})


@dataclass(frozen=True)
class Preview:
    """What closing a time would do to the bookings of that time."""

    rows: list[Row]
    text: str
    messages: Counter
    excused_only: int
    seen: str

    @property
    def sms(self) -> int:
        return self.messages[OutboxMessage.Channel.SMS]

    @property
    def mails(self) -> int:
        return self.messages[OutboxMessage.Channel.MAIL]


def preview(displaced: list[Booking], typed: QueryDict) -> Preview:
    """`typed` is what was sent: `seen` stands for it and for the bookings, so that a
    confirmation counts only for what was shown."""
    told = [booking for booking in displaced if closures.will_be_told(booking)]
    numbers = Counter(
        channel
        for booking in told
        for _position, channel, _to in outbox.recipients(
            [party.person for party in booking.parties.all()]
        )
    )
    text = outbox.text_of("displaced", told[0], note=closures.reason_of(told[0])) if told else ""
    shown = repr((hidden(typed), [booking.pk for booking in displaced]))
    return Preview(
        rows=rows_of(told),
        text=text,
        messages=numbers,
        excused_only=len(displaced) - len(told),
        seen=hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:32],
    )


def hidden(typed: QueryDict) -> list[tuple[str, str]]:
    """What was typed, to be sent again with the confirmation."""
    return [
        (name, value) for name, values in typed.lists() for value in values if name not in TOKENS
    ]
