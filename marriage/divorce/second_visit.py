"""The dates of the second visit, from the calendar and the rules in the database."""

import datetime

from ..calendar import divorce_window
from ..calendar.dates import day_in_words
from ..calendar.working_days import proposed
from ..identity.hashes import keyed_hashes, normal_id
from ..models import Acceptance, BookingRules, WorkingDay

# Both periods and the longest holidays after each.
REACH = datetime.timedelta(days=2 * divorce_window.MAX_HOLIDAY)


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


def accepted_on(booking) -> datetime.date | None:
    """Return when the application behind a second visit was accepted: as on record here, else
    as the couple typed it from the receipt of another system. None when nobody knows."""
    record = Acceptance.objects.numbered(booking.receipt_number).first()
    if record:
        return None if record.withdrawn_on else record.accepted_on
    typed = (booking.details.get("receipt") or {}).get("accepted_on", "")
    try:
        return datetime.date.fromisoformat(typed)
    except (TypeError, ValueError):
        return None


def window_for(receipt: dict) -> divorce_window.Window:
    """Return the window of a receipt as typed: {"number", "office", "accepted_on"}."""
    return plan_for(datetime.date.fromisoformat(receipt["accepted_on"])).window


def window_of(booking) -> divorce_window.Window | None:
    """Return the days on which a booking may take place: the window of a second visit, whoever
    issued the receipt; None, no limit, for other visits. Without a known date, or with an
    application that was withdrawn, no day at all is left."""
    if not booking.service.is_second_visit:
        return None
    accepted = accepted_on(booking)
    if accepted is None:
        return divorce_window.Window(datetime.date.max, datetime.date.min)
    return plan_for(accepted).window


def certificate_problem(booking, today: datetime.date) -> str:
    """Why the certificate cannot be given at the counter today, or "".

    The receipt must be on record here: one of ours is, one of another system once a clerk
    has seen the paper (`acceptance.record_paper`).
    """
    found = Acceptance.objects.numbered(booking.receipt_number)
    record = found.select_related("office").first()
    if record is None:
        hashes = [party.person_hash for party in booking.parties.all()]
        theirs = Acceptance.objects.of_couple(hashes).filter(office=booking.office_id)
        if any(receipt.is_open for receipt in theirs):
            return "还没有核对回执：请先用下面的表核对原件。"
        return "回执不在本站的记录里，请先核对纸质回执。"
    if record.withdrawn_on:
        return f"申请已于{record.withdrawn_on}撤回，不能领证。"
    if record.finished_on:
        return f"凭这份回执已于{record.finished_on}领证。"
    if record.office_id != booking.office_id:
        return f"申请由{record.office}受理，须到原登记处办理。"
    if not is_of_these_people(record, booking):
        return "回执上的双方与到场的人不一致，请核对回执编号和证件。"
    return window_problem(record.accepted_on, today)


def is_of_these_people(record: Acceptance, booking) -> bool:
    """Whether the people of a booking are those of a receipt; once they are deleted from the
    record, the clerk's eyes decide."""
    hashes = {party.person_hash for party in booking.parties.all()}
    return not record.person_hashes or set(record.person_hashes) == hashes


def window_problem(accepted_on: datetime.date, day: datetime.date) -> str:
    """Why the counter must refuse the certificate on `day`, or "": it is outside every reading
    of the periods that the registry lets stand."""
    plan = plan_for(accepted_on)
    if day in plan.counter:
        return ""
    span = f"{plan.counter.first}至{plan.counter.last}"
    if day > plan.counter.last:
        return f"按受理日期{accepted_on}，领证的期限是{span}，已过期限，视为撤回申请（《民法典》第一千零七十七条）。"
    return (
        f"按受理日期{accepted_on}，最早{plan.counter.first}才能领证"
        f"（期限是{span}），{day}还不在期内。"
    )


READING_WORDS = {
    divorce_window.Reading.NOT_ROLLED: "不顺延",
    divorce_window.Reading.ROLLED: "顺延到上班日",
}


def reading_words(accepted_on: datetime.date, day: datetime.date) -> str:
    """Under which reading of the periods `day` is in time, for the file of the registry."""
    readings = plan_for(accepted_on).readings_of(day)
    if len(readings) == 1:
        return (
            f"{day_in_words(day)}在期限内：冷静期最后一天是休息日，"
            f"按{READING_WORDS[readings[0]]}计算（《民法典》第二百零三条）"
        )
    return f"{day_in_words(day)}在期限内" if readings else ""


def first_day_of(window: divorce_window.Window) -> datetime.date:
    """Return the first working day of a window, by the calendar or else by what is announced."""
    known = dict(
        WorkingDay.objects.filter(
            date__range=(window.first, window.last), is_confirmed=True
        ).values_list("date", "is_working")
    )
    days = window.days()
    return next((d for d in days if known.get(d, proposed(d).is_working)), window.first)


def too_early_words(plan: divorce_window.Plan, rules: BookingRules) -> str:
    """What those are told whose cooling-off time leaves no day to book yet: the first possible
    day, and from when it can be booked."""
    first = first_day_of(plan.window)
    opens = first - datetime.timedelta(days=rules.max_days_ahead)
    return (
        f"来得太早，还不能预约：冷静期到{day_in_words(plan.withdraw_until)}，"
        f"最早{day_in_words(first)}可以领证。这一天的号{day_in_words(opens)}"
        f"{rules.release_time:%H:%M}起可以预约，请到时再来"
    )


def booking_problem(
    accepted_on: datetime.date,
    today: datetime.date,
    span: tuple[datetime.date, datetime.date],
    rules: BookingRules,
) -> str:
    """Why no second visit can be booked for an application accepted then, or "". `span` are the
    first and the last day that can be booked now."""
    plan = plan_for(accepted_on, rules)
    first_day, last_day = span
    if today > plan.counter.last:
        return (
            f"已过期限，视为撤回：领证的期限到{day_in_words(plan.counter.last)}为止"
            "（《民法典》第一千零七十七条）。仍要离婚的，需要重新申请"
        )
    if first_day > plan.window.last:
        return (
            f"来不及在网上预约了：领证的期限到{day_in_words(plan.counter.last)}为止。"
            "请双方在此之前直接到受理的登记处现场取号"
        )
    if last_day < first_day_of(plan.window):
        return too_early_words(plan, rules)
    return ""


def receipt_problem(receipt: dict, people: list[dict] | None) -> str:
    """Why this receipt cannot be used by these people, or "". A receipt of ours must agree
    with our record; the words do not tell which part differs. Receipts that we do not know
    are checked at the counter. None stands for people who are not known yet."""
    record = Acceptance.objects.numbered(receipt["number"]).first()
    if record is None:
        return ""
    if people is None:
        is_theirs, parts = True, "登记处"
    else:
        hashes = keyed_hashes(*(f"person:{normal_id(person['id_number'])}" for person in people))
        is_theirs = not record.person_hashes or set(hashes) == set(record.person_hashes)
        parts = "登记处与双方的证件"
    agrees = (
        record.office_id == receipt["office"]
        and record.accepted_on.isoformat() == receipt["accepted_on"]
        and is_theirs
        and record.withdrawn_on is None
        and record.finished_on is None
    )
    return (
        ""
        if agrees
        else f"回执编号、受理日期、{parts}对不上，或者申请已经撤回、已经领证，请按回执核对"
    )
