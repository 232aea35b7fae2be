"""An end that was entered by mistake, taken back on the same day."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..models import Acceptance, AuditEntry, Booking
from ..models.states import IllegalChangeError
from ..records import audit
from .withdrawal import second_visits

LONGEST = 28  # What is left of a number, so that the mark fits behind it.


def void(booking: Booking, *, actor, now=None) -> None:
    """Void the receipt of a first visit that is resumed, inside its transaction.

    It stays in the ledger without the couple, and its number is free again. Raises
    IllegalChangeError once something rests on it.
    """
    receipt = Acceptance.objects.filter(booking=booking).first()
    if receipt is None:
        return
    number = receipt.receipt_number
    if not receipt.is_open:
        raise IllegalChangeError(f"回执{number}的申请已经撤回，不能再撤销受理。")
    if second_visits(receipt):
        raise IllegalChangeError(f"凭回执{number}已经预约了第二次到场，请先取消那个预约。")
    receipt.voided_on = timezone.localdate(now)
    receipt.receipt_number = f"{number[:LONGEST]}（作废{receipt.pk}）"
    receipt.booking, receipt.person_hashes = None, []
    receipt.set_keys()
    receipt.save()
    receipt.parties.all().delete()
    booking.receipt_number = ""
    booking.save(update_fields=["receipt_number"])
    note = f"受理登记有误，回执{number}作废"
    audit.record(booking, AuditEntry.Action.CORRECTED, actor=actor, note=note, receipt=receipt)


def take_back_certificate(booking: Booking, *, actor, now=None) -> None:
    """Let the receipt of a second visit that is resumed run again, inside its transaction. Raises
    IllegalChangeError when the couple has applied again meanwhile."""
    found = Acceptance.objects.numbered(booking.receipt_number)
    receipt = found.filter(finished_on=timezone.localdate(now)).first()
    if receipt is None:
        return
    try:
        with transaction.atomic():
            Acceptance.objects.filter(pk=receipt.pk).update(finished_on=None)
    except IntegrityError:
        raise IllegalChangeError(
            "双方后来又有一份没有办结的回执，不能撤销，请查受理台账。"
        ) from None
    note = "办结登记有误，已撤销"
    audit.record(booking, AuditEntry.Action.CORRECTED, actor=actor, note=note, receipt=receipt)
