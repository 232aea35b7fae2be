"""Personal data over their life: what is held on somebody, and deletion in time.

Law: PIPL arts. 19 (no longer than needed), 45 (access and copy), 47 (deletion).
"""

import datetime

from django.utils import timezone

from ..materials.catalogue import QUESTIONS
from ..models import (
    Acceptance,
    AcceptanceParty,
    AuditEntry,
    Booking,
    BookingParty,
    BookingRules,
    Draft,
    NoShowObjection,
    OutboxMessage,
    WaitingEntry,
)
from ..models.states import BINDS_PERSONS, State
from ..write_lock import write_transaction

ERASABLE = (State.CANCELLED, State.CANCELLED_BY_OFFICE)


def held_on(booking, position: int) -> dict:
    """Everything stored about one party of a booking, in words for that person."""
    party = booking.parties.filter(position=position).first()
    person = party.person if party else {}
    details = booking.details
    return {
        "姓名": person.get("name", ""),
        "证件号码": person.get("id_number", ""),
        "手机号码": person.get("phone", ""),
        "电子邮箱": person.get("email", ""),
        "预约号": booking.display_reference,
        "业务": booking.service.title,
        "时间": f"{booking.slot.date} {booking.slot.hours}",
        "登记处": booking.office.name,
        "状态": booking.get_state_display(),
        "受理回执编号": booking.receipt_number,
        "回答": _answers(details.get("answers", {})),
        "通知": [
            f"{timezone.localtime(message.created_at):%Y-%m-%d %H:%M} "
            f"{message.get_channel_display()} {message.get_state_display()}"
            for message in booking.messages.order_by("pk")
            if message.once_key.endswith(f":{position}")
        ],
        "操作记录": [
            f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M} {entry.actor_label}"
            f"{entry.get_action_display()}"
            for entry in booking.audit.order_by("pk")
        ],
    }


def _answers(answers: dict) -> dict:
    words = {}
    for key, given in answers.items():
        if question := QUESTIONS.get(key):
            chosen = given if isinstance(given, list) else [given]
            labels = [label for value, label in question.options if value in chosen]
            words[question.title] = "；".join(labels)
    return words


def record_view(booking, position: int) -> None:
    _record(booking, AuditEntry.Action.VIEWED, position)


def record_export(booking, position: int) -> None:
    _record(booking, AuditEntry.Action.EXPORTED, position)


def _record(booking, action: str, position: int) -> None:
    AuditEntry.objects.create(
        booking=booking,
        action=action,
        old_state=booking.state,
        new_state=booking.state,
        note=f"当事人{position}",
    )


def may_be_erased(booking) -> bool:
    """Whether its owner may have the data deleted now: nothing hangs on a cancelled booking."""
    return booking.state in ERASABLE and booking.purged_at is None


def erase(booking, actor_label: str, now=None) -> None:
    """Delete the names, numbers, telephones and answers of a booking; statistics stay.

    A message that waits to be sent keeps its text until then.
    """
    waiting = (OutboxMessage.State.QUEUED, OutboxMessage.State.SENDING)
    with write_transaction():
        booking.parties.update(encrypted="", tail_hash="")
        booking.messages.exclude(state__in=waiting).update(encrypted="", recipient="")
        NoShowObjection.objects.filter(booking=booking).update(encrypted="")
        booking.refusals.update(note="")
        Booking.objects.filter(pk=booking.pk).update(
            encrypted="", receipt_number="", purged_at=now or timezone.now()
        )
        AuditEntry.objects.create(
            booking=booking,
            action=AuditEntry.Action.PURGED,
            old_state=booking.state,
            new_state=booking.state,
            actor_label=actor_label,
        )


def purge(now=None) -> dict[str, int]:
    """Delete personal data whose time is over; statistics stay. Returns counts by kind.

    Bookings lose names, numbers, telephones and answers `retention_days` after their day.
    The keyed hash of a person stays until the rules on no-show bans no longer look back to it.
    Holds that came to nothing and old drafts go altogether.
    """
    now = now or timezone.now()
    rules = BookingRules.load()
    today = timezone.localdate(now)
    keep_from = today - datetime.timedelta(days=rules.retention_days)
    bans_from = today - datetime.timedelta(
        days=max(rules.retention_days, rules.ban_period_days + rules.ban_days)
    )
    over = Booking.objects.confirmed().filter(purged_at=None, slot__date__lt=keep_from)
    over = over.exclude(state__in=BINDS_PERSONS)
    counts = {"bookings": 0}
    for booking in over.order_by("pk").iterator():
        erase(booking, "系统", now)
        counts["bookings"] += 1
    with write_transaction():
        counts["hashes"] = (
            BookingParty.objects.filter(is_active=False, booking__slot__date__lt=bans_from)
            .exclude(person_hash="")
            .update(person_hash="")
        )
        # The receipt stays a record of the registry; whom it was for does not.
        counts["receipts"] = (
            Acceptance.objects.filter(accepted_on__lt=bans_from)
            .exclude(person_hashes=[])
            .update(person_hashes=[], couple_key="")
        )
        AcceptanceParty.objects.filter(acceptance__accepted_on__lt=bans_from).delete()
        counts["messages"] = (
            OutboxMessage.objects.filter(
                created_at__lt=now - datetime.timedelta(days=rules.retention_days)
            )
            .exclude(recipient="", encrypted="")
            .update(recipient="", encrypted="")
        )
        counts["drafts"] = Draft.objects.filter(
            updated_at__lt=now - datetime.timedelta(hours=rules.draft_hours)
        ).delete()[0]
        counts["holds"] = Booking.objects.filter(
            state__in=[State.EXPIRED, State.RELEASED],
            ended_at__lt=now - datetime.timedelta(hours=rules.draft_hours),
        ).delete()[0]
        counts["waiting"] = WaitingEntry.objects.filter(date__lt=today).delete()[0]
    return counts
