"""Taking a divorce application back within the cooling-off time, and undoing a wrong entry."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..booking import bookings
from ..models import Acceptance, AuditEntry, Booking, Service, Withdrawal
from ..models.receipts import receipt_key
from ..models.states import TO_COME, State
from ..records import audit
from ..write_lock import write_transaction
from .acceptance import AcceptanceError
from .second_visit import plan_for


def withdrawal_problem(receipt: Acceptance | None, on: date | None = None, now=None) -> str:
    """Return why an application cannot be taken back on a day, or "".

    Either party may until the cooling-off time ends (Civil Code art. 1077); while the law
    leaves open whether its last day rolls, the later end counts for those who withdraw.
    """
    if receipt is None:
        return "这个预约没有受理记录。"
    if receipt.voided_on:
        return "这份回执已经作废。"
    if receipt.withdrawn_on:
        return "这份申请已经撤回。"
    if receipt.finished_on:
        return "已经领证，不能撤回。"
    today = timezone.localdate(now)
    on = on or today
    if not receipt.accepted_on <= on <= today:
        return f"撤回日期应在受理日期{receipt.accepted_on}与今天之间。"
    until = plan_for(receipt.accepted_on).withdraw_until_rolled
    if on > until:
        return f"可以撤回的期限到{until}为止，现在已经过了。"
    return ""


def withdraw(
    receipt: Acceptance | None,
    *,
    applicant: str = Withdrawal.Applicant.BOTH,
    paper: str = "",
    on: date | None = None,
    actor=None,
    now=None,
) -> Withdrawal:
    """Record who took the application back, when and with what paper, and cancel the second
    visit that was booked on it. Raises AcceptanceError."""
    if receipt is None:
        raise AcceptanceError(withdrawal_problem(receipt))
    with write_transaction():
        # Somebody else may be entering the same withdrawal, or giving the certificate.
        receipt.refresh_from_db(from_queryset=Acceptance.objects.select_for_update())
        if problem := withdrawal_problem(receipt, on, now):
            raise AcceptanceError(problem)
        receipt.withdrawn_on = on or timezone.localdate(now)
        receipt.save(update_fields=["withdrawn_on"])
        withdrawal = Withdrawal.objects.create(
            acceptance=receipt,
            applicant=applicant,
            on=receipt.withdrawn_on,
            paper=paper,
            recorded_by=actor,
            recorded_at=now or timezone.now(),
        )
        note = f"{withdrawal.get_applicant_display()}撤回申请"
        audit.record_receipt(receipt, AuditEntry.Action.WITHDRAWN, actor=actor, note=note)
        for visit in second_visits(receipt):
            bookings.change(
                visit,
                State.CANCELLED_BY_OFFICE,
                actor=actor,
                note="申请已撤回",
                message="withdrawn",
                now=now,
            )
    return withdrawal


def second_visits(receipt: Acceptance) -> list[Booking]:
    """Return the second visits still to come on this receipt."""
    return _on_receipt(receipt, Booking.objects.filter(state__in=TO_COME))


def visits_cancelled_with(withdrawal: Withdrawal) -> list[Booking]:
    """Return the second visits that were cancelled when this withdrawal was entered."""
    cancelled = Booking.objects.filter(
        state=State.CANCELLED_BY_OFFICE, ended_at__gte=withdrawal.recorded_at
    )
    return _on_receipt(withdrawal.acceptance, cancelled)


def _on_receipt(receipt: Acceptance, among: QuerySet[Booking]) -> list[Booking]:
    among = among.filter(service__kind=Service.Kind.DIVORCE_CERTIFICATE)
    key = receipt_key(receipt.receipt_number)
    typed = among.exclude(receipt_number="").values_list("pk", "receipt_number")
    found = [pk for pk, number in typed if receipt_key(number) == key]
    return list(Booking.objects.filter(pk__in=found).order_by("pk"))


def undo_problem(withdrawal: Withdrawal | None, now=None) -> str:
    """Return why an entry cannot be undone, or ""; it can on the day it was made."""
    if withdrawal is None or withdrawal.undone_at:
        return "没有可以撤销的登记。"
    if timezone.localdate(withdrawal.recorded_at) != timezone.localdate(now):
        return "只能在登记当天撤销。"
    return ""


def undo(withdrawal: Withdrawal | None, *, actor=None, now=None) -> None:
    """Undo a wrong entry. A second visit that was cancelled with it stays cancelled: its time
    may be somebody else's by now. Raises AcceptanceError, also when the couple has applied again
    meanwhile."""
    if problem := undo_problem(withdrawal, now):
        raise AcceptanceError(problem)
    receipt = withdrawal.acceptance
    with write_transaction():
        try:
            with transaction.atomic():
                Acceptance.objects.filter(pk=receipt.pk).update(withdrawn_on=None)
        except IntegrityError:
            raise AcceptanceError(
                "双方后来又有一份没有办结的回执，这次登记不能撤销，请查受理台账。"
            ) from None
        withdrawal.undone_at, withdrawal.undone_by = now or timezone.now(), actor
        withdrawal.save(update_fields=["undone_at", "undone_by"])
        note = "撤回登记有误，已撤销"
        audit.record_receipt(receipt, AuditEntry.Action.WITHDRAWN, actor=actor, note=note)
