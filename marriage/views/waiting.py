"""The waiting list: join it from a full day, see one's position, accept an offer."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.personal_data.masking import mask_phone
from home.visitors import visitor_key

from ..booking import bookings, lookup, persons, waiting_list, waiting_order
from ..booking.telephone_proof import ProofError, check_sending
from ..models import BookingRules, Office
from ..wizard import drafts, steps
from .choosing import may_serve
from .forms import LookupForm, WaitingForm
from .steps import parse_date, show, step_page, trail, window_of

TITLE = "候补"


@step_page("day")
def join(request, draft, step, office, date):
    """GET asks who waits, POST puts them into the line."""
    chosen = get_object_or_404(Office, code=office, services=draft.service)
    on, window = parse_date(date), window_of(draft)
    if on is None or not may_serve(chosen, draft) or (window and on not in window):
        return redirect("marriage:day")
    form, status = WaitingForm(answers=draft.answers), 200
    if request.method == "POST":
        form = WaitingForm(request.POST, answers=draft.answers)
        if form.is_valid() and (problem := _too_young(draft, form.cleaned_data, on)):
            form.add_error("id_number", problem)
        if form.is_valid():
            try:
                check_sending(visitor_key(request))
                waiting_list.join(draft.service, chosen, on, form.cleaned_data)
            except (ProofError, waiting_list.WaitingError) as error:
                form.add_error(None, error.message)
                status = 409
            else:
                return show(
                    request,
                    "waiting_joined",
                    draft,
                    step,
                    date=on,
                    form=form,
                    office=chosen,
                    phone=mask_phone(form.cleaned_data["phone"]),
                    length=waiting_list.length(draft.service, chosen, on),
                    rules=BookingRules.load(),
                )
    return show(
        request,
        "waiting_join",
        draft,
        step,
        status=status,
        form=form,
        office=chosen,
        date=on,
        problem="" if request.POST else waiting_list.not_full(draft.service, chosen, on),
        rules=BookingRules.load(),
    )


def _too_young(draft, person: dict, on) -> str:
    """Why nobody should wait for a day that they could not use, or ""."""
    problems = persons.problems_of(1, person, [], draft.service, draft.answers, on)
    return problems.get("id_number", "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request):
    """Look up one's position in the line; accept or decline an offer."""
    form, entry, status = LookupForm(), None, 200
    form.fields["reference"].label = "候补号"
    if request.method == "POST":
        form = LookupForm(request.POST)
        form.fields["reference"].label = "候补号"
        if form.is_valid():
            reference, tail = form.cleaned_data["reference"], form.cleaned_data["tail"]
            address = visitor_key(request)
            if problem := lookup.count_try(reference, address):
                form.add_error(None, problem)
                status = 429
            else:
                entry = waiting_list.find(reference, tail)
                if entry is None:
                    form.add_error("reference", "没有找到这个候补。请核对候补号和证件号码后4位")
                else:
                    lookup.was_found(reference, address)
                    if response := _act(request, entry):
                        return response
    context = {"form": form, "entry": entry, "breadcrumbs": trail(TITLE)}
    if entry:
        context |= {
            "state_words": _state_words(entry),
            "place": waiting_order.position(entry),
            "offered": entry.state == entry.State.OFFERED
            and bookings.live_hold(entry.booking.hold_token),
        }
    if status == 200 and form.errors:
        status = 422
    return render(request, "marriage/waiting.html", context, status=status)


def _state_words(entry) -> str:
    """已通知，待确认 is true once they are told."""
    if entry.state == entry.State.OFFERED and entry.booking:
        told = timezone.localtime(waiting_list.told_at(entry))
        if told > timezone.now():
            when = f"{told.month}月{told.day}日{told:%H:%M}"
            return f"有名额了，待确认（夜间不发通知，{when}通知您）"
    return entry.get_state_display()


def _act(request, entry):
    action = request.POST.get("action", "")
    if action == "leave":
        waiting_list.leave(entry)
        entry.refresh_from_db()
    if action == "take" and entry.state == entry.State.OFFERED:
        held = bookings.live_hold(entry.booking.hold_token)
        if held:
            draft = drafts.load(request)
            if draft.service != entry.service or draft.booking:
                draft.start(entry.service)
            draft.data["office"] = entry.office_id
            draft.data["token"] = held.hold_token
            draft.data.pop("replaces", None)
            draft.save()
            response = redirect(steps.first_open(draft).address)
            draft.set_cookie(response, request)
            return response
    return None
