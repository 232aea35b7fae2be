"""Whether a message about a booking has reached the gateway, person by person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ..models import Booking, OutboxMessage
from . import outbox
from .texts import KIND_WORDS

State = OutboxMessage.State


def deliveries(bookings: Iterable[Booking], kind: str) -> dict[tuple[int, int], list[str]]:
    """{(booking key, position of the person): ["短信已发送（11月29日12:00）", …]} of the latest
    message of `kind` about each booking; one query. Two people with the same number get one
    message, which is listed with the first."""
    latest: dict[int, list[OutboxMessage]] = defaultdict(list)
    found = OutboxMessage.objects.filter(booking__in=list(bookings), kind=kind)
    for message in found.order_by("-created_at", "pk"):
        same = latest[message.booking_id]
        if not same or same[0].created_at == message.created_at:
            same.append(message)
    words = defaultdict(list)
    for booking, messages in latest.items():
        for message in messages:
            position = int(message.once_key.rpartition(":")[2])
            words[booking, position].append(_in_words(message))
    return dict(words)


def told_in_words(bookings: Iterable[Booking]) -> str:
    """Who gets the message about each booking, and who cannot: they left no address."""
    reached, unreached = 0, []
    for booking in bookings:
        people = [party.person for party in booking.parties.all()]
        if outbox.recipients(people):
            reached += 1
        else:
            unreached.append(booking.display_reference)
    if not unreached:
        return "已通知当事人。" if reached else ""
    told = f"已通知{reached}个预约的当事人；" if reached else ""
    return f"{told}{'、'.join(unreached)}没有留手机号码和邮箱，没有通知，请设法告诉当事人。"


@dataclass(frozen=True)
class Told:
    """One message of a booking, as a line of its history."""

    at: datetime
    words: str
    recipient: str


def history(booking: Booking) -> list[Told]:
    """Return what was told about a booking, the latest first; one query."""
    return [
        Told(
            message.created_at,
            f"{KIND_WORDS.get(message.kind, message.kind)}，{_in_words(message)}",
            message.recipient,
        )
        for message in booking.messages.order_by("-created_at", "-pk")
    ]


def _in_words(message: OutboxMessage) -> str:
    channel = message.get_channel_display()
    if message.state == State.SENT and message.sent_at:
        at = timezone.localtime(message.sent_at)
        return f"{channel}已发送（{at.month}月{at.day}日{at:%H:%M}）"
    if message.state == State.FAILED:
        return f"{channel}发送失败，请打电话"
    return f"{channel}{message.get_state_display()}"
