"""Where and when: office, day, time, and the hold that keeps the place."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.visitor import visitor_key

from .. import availability, booking, calendar_page, drafts, flow, limits, opening
from ..models import Booking, BookingRules, Office, Slot
from ..questions import needs_power_for_foreign
from ..turns import writing
from .steps import go_on, parse_date, show, step_page, window_of

NO_POWER = "没有办理涉外、涉港澳台、华侨登记的权限"


def office_rows(draft) -> list[dict]:
    """[{"office", "problem", "earliest"}] of all offices with this service."""
    offices = list(Office.objects.filter(services=draft.service).select_related("place"))
    foreign = needs_power_for_foreign(draft.answers)
    earliest = calendar_page.earliest(draft.service)
    rows = []
    for office in offices:
        problem = opening.office_problem(office, draft.service)
        if not problem and foreign and not office.accepts_foreign:
            problem = NO_POWER
        rows.append({"office": office, "problem": problem, "earliest": earliest.get(office.pk)})
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
        soonest=soonest,
        chosen=draft.data.get("office"),
        error=error,
    )


def _office(draft) -> Office:
    return Office.objects.get(pk=draft.data["office"])


@step_page("day")
def day(request, draft, step):
    """The calendar of the chosen office."""
    chosen, window, rules = _office(draft), window_of(draft), BookingRules.load()
    shown = calendar_page.shown(chosen, draft.service, window, rules)
    return show(
        request,
        "day",
        draft,
        step,
        office=chosen,
        calendar=shown.calendar,
        window=window,
        is_before_window=bool(window) and not _reaches(window, rules),
        rules=rules,
        earliest=shown.earliest,
    )


def _reaches(window, rules) -> bool:
    """Whether the first day of the window can be booked by now."""
    return opening.bookable_span(rules)[1] >= window.first


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
    window, rules = window_of(draft), BookingRules.load()
    times = calendar_page.times(chosen, draft.service, on, window, rules)
    if refused:
        times = times.without(refused.pk)
    question, signed = _question(request, rules, tries)
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
        question=question,
        question_key=signed,
        rules=rules,
        day_address=reverse("marriage:day"),
    )


def may_serve(office: Office, draft) -> bool:
    if draft.service.is_second_visit and office.pk != draft.data.get("office"):
        return False
    return office.accepts_foreign or not needs_power_for_foreign(draft.answers)


def _question(request, rules, tries: int | None = None) -> tuple[str, str]:
    if tries is None:
        [tries] = limits.tried(("hold", visitor_key(request)))
    if tries < rules.challenge_after:
        return "", ""
    return limits.new_question()


def _limit_problem(request, by_device: int, tries: int, rules) -> str:
    """Why this browser or address, after so many tries, may not hold another place in this
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
    if tries >= rules.challenge_after and not limits.is_right(
        request.POST.get("answer", ""), request.POST.get("question", "")
    ):
        return "请先回答下面的小问题，再选时间。"
    return ""


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
    step = next(s for s in flow.steps_of(draft.service) if s.name == "day")
    text = request.POST.get("slot", "")
    slot = None
    if text.isascii() and text.isdigit() and len(text) < 18:
        slots = Slot.objects.select_related("office", "service")
        slot = slots.filter(pk=text, service=draft.service).first()
    if slot is None or not may_serve(slot.office, draft):
        return redirect(flow.first_open(draft).address)
    draft.data["office"] = slot.office_id
    if earlier := flow.blocked_by(step, draft):
        return redirect(earlier.address)
    rules = BookingRules.load()
    draft.hold = booking.live_hold(draft.token)
    counted = (("hold-device", draft.key), ("hold", visitor_key(request)))
    by_device, tries = limits.tried(*counted)
    problem = _limit_problem(request, by_device, tries, rules)
    if problem:
        return _times(request, draft, step, slot.date, problem, status=429, tries=tries)
    try:
        held = booking.hold(slot.pk, replaces=draft.replaces, window=window_of(draft))
    except booking.FullError as error:
        return _times(request, draft, step, slot.date, error.message, 409, slot, tries)
    except booking.BookingError as error:
        return _times(request, draft, step, slot.date, error.message, 409, tries=tries)
    draft.data["token"] = held.hold_token
    draft.data.pop("replaces", None)
    with writing(durable=False):
        limits.count(*counted)
        draft.save()
    return go_on(draft, step)


@never_cache
def lost(request):
    """The hold ran out: the nearest free times, with everything answered kept."""
    draft = drafts.load(request)
    if draft.booking:
        return redirect("marriage:done")
    if draft.service is None:
        return redirect("marriage:index")
    old = Booking.objects.select_related("slot__office").filter(hold_token=draft.token).first()
    step = next(s for s in flow.steps_of(draft.service) if s.name == "day")
    if old is None and draft.token:
        draft.forget_time()
        draft.save()
    if old is None or booking.live_hold(draft.token):
        return redirect(flow.first_open(draft).address)
    window, rules = window_of(draft), BookingRules.load()
    near = availability.nearest_free(old.slot, rules=rules, window=window)
    elsewhere = [
        slot
        for slot in availability.earliest_free(draft.service, rules=rules, window=window)
        if slot.office_id != old.office_id and may_serve(slot.office, draft)
    ]
    question, signed = _question(request, rules)
    return show(
        request,
        "lost",
        draft,
        step,
        old=old,
        near=near,
        elsewhere=elsewhere,
        question=question,
        question_key=signed,
        rules=rules,
    )
