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
