"""The end of the first visit: an application is accepted and the periods begin to run."""

from datetime import date

from django.db import IntegrityError
from django.utils import timezone

from . import audit
from . import booking as bookings
from .models import Acceptance, AuditEntry, Booking, Service
from .second_visit import plan_for, window_problem
from .states import State
from .turns import writing


class AcceptanceError(Exception):
    """The application cannot be accepted; `message` says why, `field` where."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


def suggested_number(office, day: date | None = None) -> str:
    """Return a receipt number that is still free: the day and a count, as HZ20261123-001."""
    day = day or timezone.localdate()
    stem = f"HZ{day:%Y%m%d}-"
    used = set(
        Acceptance.objects.filter(receipt_number__startswith=stem).values_list(
            "receipt_number", flat=True
        )
    )
    count = len(used) + 1
    while f"{stem}{count:03}" in used:
        count += 1
    return f"{stem}{count:03}"


def accept(
    booking: Booking, receipt_number: str, accepted_on: date, *, actor=None, now=None
) -> Acceptance:
    """Record that the application of a first visit was accepted, and end that visit.

    In one transaction: the receipt with its date, the visit done, the audit entry. Raises
    AcceptanceError, and then nothing has changed.
    """
    today = timezone.localdate(now)
    if booking.service.kind != Service.Kind.DIVORCE_APPLICATION:
        raise AcceptanceError("只有第一次到场的申请才需要登记受理回执。")
    if booking.state != State.IN_SERVICE:
        raise AcceptanceError("请先点“开始办理”，再登记受理。")
    if not booking.slot.date <= accepted_on <= today:
        raise AcceptanceError(
            f"受理日期应在{booking.slot.date}与今天之间。"
            if booking.slot.date < today
            else "受理日期只能是今天。",
            "accepted_on",
        )
    receipt_number = receipt_number.strip()
    try:
        with writing():
            acceptance = Acceptance.objects.create(
                office=booking.office,
                receipt_number=receipt_number,
                accepted_on=accepted_on,
                booking=booking,
                person_hashes=[party.person_hash for party in booking.parties.all()],
                recorded_by=actor,
            )
            Booking.objects.filter(pk=booking.pk).update(receipt_number=receipt_number)
            audit.record(booking, AuditEntry.Action.ACCEPTED, actor=actor, note=receipt_number)
            bookings.change(booking, State.DONE, actor=actor, now=now)
    except IntegrityError:
        raise AcceptanceError(f"回执编号{receipt_number}已经用过，请核对。", "receipt_number")
    return acceptance


def record_paper(
    booking: Booking, receipt_number: str, accepted_on: date, *, actor=None, now=None
) -> Acceptance:
    """Record a receipt of another system that the clerk has seen on paper at the second visit.

    From then on it is known here like one of ours. Raises AcceptanceError when the number is
    on record already or its dates do not allow the certificate today; nothing has changed.
    """
    if not booking.service.is_second_visit or booking.state not in (
        State.CHECKED_IN,
        State.IN_SERVICE,
    ):
        raise AcceptanceError("只有已经报到的第二次到场才能登记纸质回执。")
    receipt_number = receipt_number.strip()
    if problem := window_problem(accepted_on, timezone.localdate(now)):
        raise AcceptanceError(problem, "accepted_on")
    try:
        with writing():
            acceptance = Acceptance.objects.create(
                office=booking.office,
                receipt_number=receipt_number,
                accepted_on=accepted_on,
                person_hashes=[party.person_hash for party in booking.parties.all()],
                recorded_by=actor,
            )
            Booking.objects.filter(pk=booking.pk).update(receipt_number=receipt_number)
            audit.record(
                booking,
                AuditEntry.Action.ACCEPTED,
                actor=actor,
                note=f"核对纸质回执 {receipt_number}",
            )
    except IntegrityError:
        raise AcceptanceError(
            f"回执编号{receipt_number}已经在本站的记录里，请核对编号。", "receipt_number"
        )
    return acceptance


def withdrawal_problem(receipt: Acceptance | None, now=None) -> str:
    """Return why an application cannot be taken back now, or "".

    Either party may until the cooling-off time ends (Civil Code art. 1077); while the law
    leaves open whether its last day rolls, the later end counts for those who withdraw.
    """
    if receipt is None:
        return "这个预约没有受理记录。"
    if receipt.withdrawn_on:
        return "这份申请已经撤回。"
    until = plan_for(receipt.accepted_on).withdraw_until_rolled
    if timezone.localdate(now) > until:
        return f"可以撤回的期限到{until}为止，现在已经过了。"
    return ""


def withdraw(receipt: Acceptance | None, *, actor=None, now=None) -> Acceptance:
    """Record that one of the parties took the application back. Raises AcceptanceError."""
    if problem := withdrawal_problem(receipt, now):
        raise AcceptanceError(problem)
    with writing():
        receipt.withdrawn_on = timezone.localdate(now)
        receipt.save(update_fields=["withdrawn_on"])
        if receipt.booking:
            audit.record(
                receipt.booking, AuditEntry.Action.CHANGED, actor=actor, note="当事人撤回申请"
            )
    return receipt
