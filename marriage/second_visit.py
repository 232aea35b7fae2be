"""The dates of the second visit, from the calendar and the rules in the database."""

import datetime

from . import divorce_window
from .encryption import keyed_hashes, normal_id
from .models import Acceptance, BookingRules, WorkingDay

# Both periods and the longest holidays after each.
REACH = datetime.timedelta(days=2 * divorce_window.LONGEST_HOLIDAY)


def plan_for(accepted_on: datetime.date, rules: BookingRules | None = None):
    """The dates that follow from the date of a receipt (a divorce_window.Plan); two queries."""
    rules = rules or BookingRules.load()
    last = (
        accepted_on
        + REACH
        + datetime.timedelta(days=rules.cooling_off_days + rules.certificate_days)
    )
    known = dict(
        WorkingDay.objects.filter(date__range=(accepted_on, last), is_confirmed=True).values_list(
            "date", "is_working"
        )
    )
    return divorce_window.plan(
        accepted_on,
        known.get,
        divorce_window.Reading(rules.first_roll),
        rules.cooling_off_days,
        rules.certificate_days,
    )


def certificate_problem(booking, today: datetime.date) -> str:
    """Why the certificate cannot be given at the counter today, or "".

    The receipt must be on record here: one of ours is, one of another system once a clerk
    has seen the paper (`acceptance.record_paper`).
    """
    record = (
        Acceptance.objects.filter(receipt_number=booking.receipt_number)
        .exclude(receipt_number="")
        .select_related("office")
        .first()
    )
    if record is None:
        return "回执不在本站的记录里，请先核对纸质回执。"
    if record.withdrawn_on:
        return f"申请已于{record.withdrawn_on}撤回，不能领证。"
    if record.office_id != booking.office_id:
        return f"申请由{record.office}受理，须到原登记处办理。"
    return window_problem(record.accepted_on, today)


def window_problem(accepted_on: datetime.date, day: datetime.date) -> str:
    """Why `day` is no day for the certificate of an application accepted then, or ""."""
    window = plan_for(accepted_on).window
    if day in window:
        return ""
    return f"按受理日期{accepted_on}，领证的日期是{window.first}至{window.last}，{day}不在期内。"


def receipt_problem(receipt: dict, people: list[dict]) -> str:
    """Why this receipt cannot be used by these people, or "". A receipt of ours must agree
    with our record; the words do not tell which part differs. Receipts that we do not know
    are checked at the counter."""
    record = Acceptance.objects.filter(receipt_number=receipt["number"]).first()
    if record is None:
        return ""
    hashes = keyed_hashes(*(f"person:{normal_id(person['id_number'])}" for person in people))
    agrees = (
        record.office_id == receipt["office"]
        and record.accepted_on.isoformat() == receipt["accepted_on"]
        and (not record.person_hashes or set(hashes) == set(record.person_hashes))
        and record.withdrawn_on is None
    )
    return (
        ""
        if agrees
        else "回执编号、受理日期、登记处与双方的证件对不上，或者申请已经撤回，请按回执核对"
    )
