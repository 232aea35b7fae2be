"""The end of the first visit: an application is accepted and the periods begin to run."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..booking import bookings
from ..identity.hashes import keyed_hashes, normal_id
from ..models import Acceptance, AuditEntry, Booking, Service
from ..models.states import State
from ..records import audit
from ..write_lock import write_transaction
from . import receipts
from .second_visit import is_of_these_people, plan_for, window_problem


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
    booking: Booking,
    receipt_number: str,
    accepted_on: date,
    *,
    reason: str = "",
    actor=None,
    now=None,
) -> Acceptance:
    """Record that the application of a first visit was accepted, and end that visit.

    `reason` says why it is accepted although not all materials were ticked.

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
    hashes = [party.person_hash for party in booking.parties.all()]
    if problem := other_application(hashes, accepted_on, is_new=True):
        raise AcceptanceError(problem)
    receipt_number = receipt_number.strip()
    with write_transaction():
        acceptance = Acceptance(
            office=booking.office,
            receipt_number=receipt_number,
            accepted_on=accepted_on,
            booking=booking,
            person_hashes=hashes,
            recorded_by=actor,
        )
        _enter(acceptance, [p.person for p in booking.parties.all()], now)
        Booking.objects.filter(pk=booking.pk).update(receipt_number=receipt_number)
        audit.record_receipt(
            acceptance, AuditEntry.Action.ACCEPTED, actor=actor, note=receipt_number
        )
        note = f"材料未核齐：{reason}" if reason else ""
        bookings.change(booking, State.DONE, actor=actor, note=note, now=now)
    return acceptance


def _enter(receipt: Acceptance, people: list[dict], now=None) -> None:
    """Insert a receipt with its couple, inside a transaction.

    Two clerks may enter the same number, booking or couple at the same moment: the constraints
    of the table let one of them through. Raises AcceptanceError for the other.
    """
    receipts.deem_withdrawn(now, Acceptance.objects.of_couple(receipt.person_hashes))
    try:
        with transaction.atomic():
            receipt.save()
    except IntegrityError:
        raise _refused(receipt) from None
    receipts.keep_parties(receipt, people)


def _refused(receipt: Acceptance) -> AcceptanceError:
    """What the constraints of the table have against a receipt, in words for the desk."""
    number = receipt.receipt_number
    if receipt.booking and Acceptance.objects.filter(booking=receipt.booking).exists():
        return AcceptanceError("这个预约刚刚已由同事受理，请看最新状态。")
    if not Acceptance.objects.numbered(number).exists():
        problem = other_application(receipt.person_hashes, receipt.accepted_on)
        return AcceptanceError(problem or "双方已有一份没有办结的回执，请查受理台账。")
    if receipt.booking:
        following = suggested_number(receipt.office)
        text = f"回执编号{number}已经用过，请核对。下一个没有用过的编号是{following}。"
    else:
        text = f"回执编号{number}已经在台账里，请查询。"
    return AcceptanceError(text, "receipt_number")


def other_application(
    person_hashes: list[str], accepted_on: date, *, is_new=False, among=Acceptance.objects
) -> str:
    """Why a couple cannot have had an application accepted on a day, or "": another one of
    theirs was running then. Words for the desk, with its receipt.

    An application that is made now (`is_new`) may follow on the day of a withdrawal; a paper
    receipt of that day may be the withdrawn one with its number mistyped.
    """
    for receipt in among.of_couple(person_hashes).select_related("office"):
        name = (
            f"双方已有回执{receipt.receipt_number}（{receipt.accepted_on}由{receipt.office}受理）"
        )
        plan = plan_for(receipt.accepted_on)
        if receipt.is_open and accepted_on <= receipts.legal_end(plan):
            span = f"{plan.window.first}至{plan.window.last}可以领证"
            return f"{name}，还没有办结，{span}。请用这份回执，不能再登记一份。"
        if is_new or not receipt.ended_on or accepted_on > receipt.ended_on:
            continue
        ended = f"已于{receipt.ended_on}{'领证' if receipt.finished_on else '撤回'}"
        return f"{name}，{ended}。这份回执的受理日期不晚于那一天，请核对编号和日期。"
    return ""


def running_receipt(booking: Booking) -> Acceptance | None:
    """Return the open receipt of the people of a booking at its office, if there is one."""
    hashes = [party.person_hash for party in booking.parties.all()]
    return running_receipt_of(booking.office_id, hashes)


def running_receipt_of(office, person_hashes: list[str]) -> Acceptance | None:
    """Return the open receipt of two people at an office, if there is one."""
    found = Acceptance.objects.of_couple(person_hashes).filter(office=office)
    return next((receipt for receipt in found if receipt.is_open), None)


def record_paper(
    booking: Booking, receipt_number: str, accepted_on: date, *, actor=None, now=None
) -> Acceptance:
    """Rest a second visit on the receipt that the clerk has seen on paper.

    A receipt that is on record here already (of a couple who came without a booking, or who
    mistyped its number) is linked, when office, date and people agree; one of another system
    is recorded, and from then on known like one of ours. Raises AcceptanceError when they
    disagree or the dates do not allow the certificate today; nothing has changed.
    """
    if not booking.service.is_second_visit or booking.state not in (
        State.CHECKED_IN,
        State.IN_SERVICE,
    ):
        raise AcceptanceError("只有已经报到的第二次到场才能登记纸质回执。")
    receipt_number = receipt_number.strip()
    known = Acceptance.objects.numbered(receipt_number).select_related("office").first()
    if known and (problem := _link_problem(known, booking, accepted_on)):
        raise AcceptanceError(*problem)
    hashes = [party.person_hash for party in booking.parties.all()]
    if not known and (problem := other_application(hashes, accepted_on)):
        raise AcceptanceError(problem, "receipt_number")
    receipt_number = known.receipt_number if known else receipt_number
    if problem := window_problem(accepted_on, timezone.localdate(now)):
        raise AcceptanceError(problem, "accepted_on")
    with write_transaction():
        acceptance = known
        if known is None:
            acceptance = Acceptance(
                office=booking.office,
                receipt_number=receipt_number,
                accepted_on=accepted_on,
                person_hashes=hashes,
                recorded_by=actor,
            )
            _enter(acceptance, [p.person for p in booking.parties.all()], now)
        Booking.objects.filter(pk=booking.pk).update(receipt_number=receipt_number)
        booking.receipt_number = receipt_number
        audit.record(
            booking,
            AuditEntry.Action.ACCEPTED,
            actor=actor,
            note=f"核对{'本站的' if known else '纸质'}回执 {receipt_number}",
            receipt=acceptance,
        )
    return acceptance


def _link_problem(known: Acceptance, booking: Booking, accepted_on: date) -> tuple[str, str] | None:
    """Why a receipt on record cannot be the one of this couple, and at which field."""
    number = known.receipt_number
    if known.withdrawn_on:
        return f"回执{number}的申请已于{known.withdrawn_on}撤回，不能领证。", "receipt_number"
    if known.office_id != booking.office_id:
        return f"回执{number}由{known.office}受理，须到原登记处办理。", "receipt_number"
    if not is_of_these_people(known, booking):
        return f"回执{number}在本站登记的是另外两个人，请核对编号。", "receipt_number"
    if known.accepted_on != accepted_on:
        return f"本站记录的受理日期是{known.accepted_on}，请对照回执原件。", "accepted_on"
    if known.finished_on:
        return f"凭回执{number}已于{known.finished_on}领证。", "receipt_number"
    return None


def record_foreign(
    office, receipt_number: str, accepted_on: date, people: list[dict], *, actor=None, now=None
) -> Acceptance:
    """Take a receipt of another system into the ledger, with its couple, so that it can be
    withdrawn or used here. Raises AcceptanceError when the number is known already."""
    receipt_number = receipt_number.strip()
    hashes = keyed_hashes(*(f"person:{normal_id(person['id_number'])}" for person in people))
    if not Acceptance.objects.numbered(receipt_number).exists() and (
        problem := other_application(hashes, accepted_on)
    ):
        raise AcceptanceError(problem)
    with write_transaction():
        receipt = Acceptance(
            office=office,
            receipt_number=receipt_number,
            accepted_on=accepted_on,
            person_hashes=hashes,
            recorded_by=actor,
        )
        _enter(receipt, people, now)
        audit.record_receipt(
            receipt,
            AuditEntry.Action.ACCEPTED,
            actor=actor,
            note=f"登记其他系统的回执 {receipt_number}",
        )
    return receipt


def correction_problem(receipt: Acceptance) -> str:
    """Why the entry of a receipt cannot be corrected, or ""."""
    if receipt.booking_id:
        return (
            "本站受理的回执不在台账里更正。登记有误的，当天可以到第一次到场的页面撤销受理，再登记。"
        )
    if not receipt.is_open:
        return "已经领证、撤回或者视为撤回的，不能再更正。"
    return ""


def correct_foreign(
    receipt: Acceptance,
    office,
    receipt_number: str,
    accepted_on: date,
    people: list[dict] | None,
    *,
    reason: str,
    actor,
    now=None,
) -> Acceptance:
    """Put right what was mistyped of a receipt of another system; without `people` the couple
    stays as it is. What has changed, and why, goes into the audit log, without names and numbers
    of people. Raises AcceptanceError; then nothing has changed."""
    if problem := correction_problem(receipt):
        raise AcceptanceError(problem)
    hashes = receipt.person_hashes
    if people:
        hashes = keyed_hashes(*(f"person:{normal_id(person['id_number'])}" for person in people))
    before = (str(receipt.office), receipt.receipt_number, f"{receipt.accepted_on}")
    number = receipt_number.strip()
    others = Acceptance.objects.exclude(pk=receipt.pk)
    if problem := other_application(hashes, accepted_on, among=others):
        raise AcceptanceError(problem)
    with write_transaction():
        receipt.office, receipt.receipt_number = office, number
        receipt.accepted_on, receipt.person_hashes = accepted_on, hashes
        receipt.set_keys()
        try:
            with transaction.atomic():
                receipt.save()
        except IntegrityError:
            raise AcceptanceError(
                f"回执编号{number}已经在台账里，请查询。", "receipt_number"
            ) from None
        after = (str(office), number, f"{accepted_on}")
        changes = [f"{old} → {new}" for old, new in zip(before, after, strict=True) if old != new]
        if people:
            receipt.parties.all().delete()
            receipts.keep_parties(receipt, people)
            changes.append("当事人")
        note = f"更正：{'，'.join(changes) or '没有改动'}（{reason}）"
        audit.record_receipt(receipt, AuditEntry.Action.CORRECTED, actor=actor, note=note)
    return receipt
