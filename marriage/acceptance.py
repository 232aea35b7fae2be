"""The end of the first visit: an application is accepted and the periods begin to run."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from . import audit
from . import booking as bookings
from .divorce_window import LONGEST_HOLIDAY, Plan, Reading, plan
from .models import Acceptance, AuditEntry, Booking, BookingRules, Service, WorkingDay
from .states import State


class AcceptanceError(Exception):
    """The application cannot be accepted; `message` says why, `field` where."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


def calendar(first: date, last: date) -> Callable[[date], bool | None]:
    """Return a function that tells of a day whether it is worked, None when unconfirmed.

    One query for the whole span; days outside it are unconfirmed.
    """
    rows = WorkingDay.objects.filter(date__range=(first, last), is_confirmed=True)
    return dict(rows.values_list("date", "is_working")).get


def plan_for(accepted_on: date, rules: BookingRules | None = None) -> Plan:
    """Return the dates that follow from an acceptance, by the rules and the calendar."""
    rules = rules or BookingRules.load()
    length = rules.cooling_off_days + rules.certificate_days + 2 * LONGEST_HOLIDAY
    return plan(
        accepted_on,
        calendar(accepted_on, accepted_on + timedelta(days=length)),
        Reading(rules.first_roll),
        rules.cooling_off_days,
        rules.certificate_days,
    )


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
        with transaction.atomic():
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
