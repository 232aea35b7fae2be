"""Where and when: office, day, time, and the hold."""

import functools

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.visitors import visitor_key

from ..availability import calendar_page, free_times, opening
from ..availability.powers import power_problem
from ..booking import bookings, challenges, rate_limits, waiting_list
from ..booking.claims import full_message
from ..calendar.dates import day_past_deadline
from ..divorce.second_visit import first_day_of, plan_for, too_early_words
from ..materials.questions import needs_power_for_foreign
from ..models import Booking, Office, Slot
from ..wizard import drafts, steps
from .steps import go_on, parse_date, show, step_page, window_of


def office_rows(draft) -> list[dict]:
    """[{"office", "problem", "lacks_power", "earliest"}] of all offices with this service."""
    offices = list(Office.objects.filter(services=draft.service).select_related("place"))
    foreign = needs_power_for_foreign(draft.answers)
    earliest = calendar_page.earliest(draft.service)
    rows = []
    for office in offices:
        lacks_power = foreign and not office.accepts_foreign
        problem = (
            power_problem(office, draft.service)
            if lacks_power
            else opening.office_problem(office, draft.service)
        )
        rows.append(
            {
                "office": office,
                "problem": problem,
                "lacks_power": lacks_power,
                "earliest": earliest.get(office.pk),
            }
        )
    return rows


@step_page("office")
def office(request, draft, step):
    rows = office_rows(draft)
    open_rows = [row for row in rows if not row["problem"]]
    error = ""
    if request.method == "POST":
        chosen = request.POST.get("office", "")
        for row in open_rows:
            if str(row["office"].pk) == chosen:
                if draft.data.get("office") != row["office"].pk:
                    draft.data["office"] = row["office"].pk
                draft.save()
                return redirect("marriage:day")
        error = "请选择一个登记处"
    soonest = min(
        (row["earliest"] for row in open_rows if row["earliest"]),
        key=lambda slot: (slot.date, slot.start),
        default=None,
    )
    return show(
        request,
        "office",
        draft,
        step,
        rows=rows,
        is_any_open=bool(open_rows),
        needs_power=needs_power_for_foreign(draft.answers),
        soonest=soonest,
        chosen=draft.data.get("office"),
        error=error,
        status=422 if error else 200,
    )


def _office(draft) -> Office:
    return Office.objects.get(pk=draft.data["office"])


@step_page("day")
def day(request, draft, step):
    """The calendar of the chosen office."""
    chosen, window, rules = _office(draft), window_of(draft), draft.rules
    shown = calendar_page.shown(chosen, draft.service, window, rules)
    return show(
        request,
        "day",
        draft,
        step,
        office=chosen,
        calendar=shown.calendar,
        window=window,
        needs_power=needs_power_for_foreign(draft.answers),
        too_early=_too_early(draft, window, rules),
        rules=rules,
        earliest=shown.earliest,
    )


def _too_early(draft, window, rules) -> str:
    """Why no day of the window of a second visit can be booked yet, or ""; the receipt may have
    been typed before the rules or the calendar changed."""
    if not window or opening.bookable_span(rules)[1] >= first_day_of(window):
        return ""
    return too_early_words(plan_for(parse_date(draft.data["receipt"]["accepted_on"])), rules)


def lets_captcha_in(view):
    """Extend the policy of a page by the host of the outside captcha, where there is one."""

    @functools.wraps(view)
    def page(request, **kwargs):
        return csp_update(challenges.csp_sources())(view)(request, **kwargs)

    return page


@lets_captcha_in
@step_page("day")
def time(request, draft, step, date: str):
    """The times of one day."""
    on = parse_date(date)
    if on is None:
        return redirect("marriage:day")
    return _times(request, draft, step, on)


def _times(
    request, draft, step, on, error="", status=200, refused=None, tries=None
) -> HttpResponse:
    """The page of a day; `refused` is a slot that has just turned out to be full, `tries` how
    often this address has chosen a time, where that is known."""
    chosen = refused.office if refused else _office(draft)
    window, rules = window_of(draft), draft.rules
    times = calendar_page.times(chosen, draft.service, on, window, rules)
    if refused:
        times = times.without(refused.pk)
    return show(
        request,
        "time",
        draft,
        step,
        status=status,
        office=chosen,
        date=on,
        rows=times.rows,
        is_full=times.is_full,
        problem=times.problem or ("" if times.rows else "这一天没有安排号源"),
        near=[slot for slot in times.near if may_serve(slot.office, draft)],
        error=error,
        rules=rules,
        near_day=day_past_deadline(on, rules),
        day_address=reverse("marriage:day"),
        back=reverse("marriage:day"),
        **_challenge(request, rules, tries),
    )


def may_serve(office: Office, draft) -> bool:
    if draft.service.is_second_visit and office.pk != draft.data.get("office"):
        return False
    return office.accepts_foreign or not needs_power_for_foreign(draft.answers)


def _challenge(request, rules, tries: int | None = None) -> dict:
    """{"captcha"} or {"question", "question_key"} when machines seem to be at work, else {}."""
    if tries is None:
        [tries] = rate_limits.tried(("hold", visitor_key(request)))
    if tries < rules.challenge_after:
        return {}
    if outside := challenges.captcha():
        return {"captcha": outside}
    question, signed = challenges.new_question()
    return {"question": question, "question_key": signed}


def _limit_problem(request, by_device: int, tries: int, rules) -> str:
    """Why this browser or address, after so many tries, may not hold another time in this
    hour, or ""."""
    if by_device >= rules.holds_per_device_hour:
        return (
            f"为了公平，同一台设备每小时最多选{rules.holds_per_device_hour}次时间。"
            "请在下一个整点后再试，填过的内容都会保留。"
        )
    if tries >= rules.holds_per_address_hour:
        return (
            f"您所在的网络这一小时已选了{tries}次时间，达到上限。"
            "请在下一个整点后再试，或者换用手机网络。"
        )
    if tries >= rules.challenge_after and not challenges.is_passed(request.POST):
        return "请先回答下面的小问题，再选时间。"
    return ""


@lets_captcha_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request):
    """Take the chosen time for ten minutes, in exchange for one held before. Whoever comes
    back to this address, or reloads a refusal, goes on where they were."""
    if request.method != "POST":
        return redirect("marriage:go_on")
    draft = drafts.load(request)
    if draft.booking:
        return redirect("marriage:done")
    if draft.service is None:
        return redirect("marriage:index")
    step = next(s for s in steps.steps_for(draft) if s.name == "day")
    text = request.POST.get("slot", "")
    slot = None
    if text.isascii() and text.isdigit() and len(text) < 18:
        slots = Slot.objects.select_related("office", "service")
        slot = slots.filter(pk=text, service=draft.service).first()
    if slot is None or not may_serve(slot.office, draft):
        return redirect(steps.first_open(draft).address)
    draft.data["office"] = slot.office_id
    if earlier := steps.blocked_by(step, draft):
        return redirect(earlier.address)
    rules = draft.rules
    draft.hold = bookings.live_hold(draft.token)
    mine = draft.hold or bookings.live_hold(draft.replaces)
    if (mine is None or mine.slot_id != slot.pk) and bookings.is_full(slot):
        # Counts for nobody's limit, so nothing is written.
        return _times(request, draft, step, slot.date, full_message(slot), 409, slot)
    counted = (("hold-device", draft.key), ("hold", visitor_key(request)))
    by_device, tries = (number - 1 for number in rate_limits.count(*counted))
    problem = _limit_problem(request, by_device, tries, rules)
    if problem:
        rate_limits.release(*counted)
        return _times(request, draft, step, slot.date, problem, status=429, tries=tries)
    try:
        held = bookings.hold(slot.pk, replaces=draft.replaces, window=window_of(draft))
    except bookings.FullError as error:
        rate_limits.release(*counted)
        return _times(request, draft, step, slot.date, error.message, 409, slot, tries)
    except bookings.BookingError as error:
        rate_limits.release(*counted)
        return _times(request, draft, step, slot.date, error.message, 409, tries=tries)
    draft.data["token"] = held.hold_token
    draft.data.pop("replaces", None)
    draft.save()
    return go_on(draft, step)


@lets_captcha_in
@never_cache
def lost(request):
    """The hold ran out: the nearest free times, with everything answered kept."""
    draft = drafts.load(request)
    if draft.booking:
        return redirect("marriage:done")
    if draft.service is None:
        return redirect("marriage:index")
    old = Booking.objects.select_related("slot__office").filter(hold_token=draft.token).first()
    step = next(s for s in steps.steps_for(draft) if s.name == "day")
    if old is None and draft.token:
        draft.forget_time()
        draft.save()
    if old is None or bookings.live_hold(draft.token):
        return redirect(steps.first_open(draft).address)
    window, rules = window_of(draft), draft.rules
    near = free_times.nearest_free(old.slot, rules=rules, window=window)
    elsewhere = [
        slot
        for slot in free_times.earliest_free(draft.service, rules=rules, window=window)
        if slot.office_id != old.office_id and may_serve(slot.office, draft)
    ]
    return show(
        request,
        "lost",
        draft,
        step,
        old=old,
        has_left=waiting_list.has_left(old),
        near=near,
        elsewhere=elsewhere,
        back=reverse("marriage:day"),
        rules=rules,
        **_challenge(request, rules),
    )
