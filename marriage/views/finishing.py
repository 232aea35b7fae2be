"""Who comes, a last look, and the confirmation."""

import hashlib
import json

from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.personal_data.masking import mask_phone
from home.visitors import visitor_key

from ..booking import bookings, persons, standing, telephone_proof
from ..calendar.dates import cancel_until, day_past_deadline
from ..identity import sign_in
from ..materials.checklist import materials_for
from ..materials.questions import parties_of
from ..models import BookingRules
from ..wizard import drafts
from .details import remember, show_booking
from .forms import PersonForm, TelephoneCodeForm
from .questions import answers_in_words, check_receipt
from .steps import go_on, show, step_page, trail


@step_page("person")
def person(request, draft, step):
    """Name, number and telephone of one of the two."""
    position = int(step.detail)
    others = [value for key, value in draft.people.items() if key != step.detail]
    options = {
        "position": position,
        "others": others if position > 1 else [],
        "service": draft.service,
        "answers": draft.answers,
        "day": draft.hold.slot.date if draft.hold else None,
    }
    known = draft.data.get("identity") if position == 1 else None
    form = PersonForm(initial=draft.people.get(step.detail) or known, **options)
    if request.method == "POST":
        form = PersonForm(request.POST, **options)
        if form.is_valid():
            draft.people[step.detail] = form.cleaned_data
            draft.save()
            return go_on(draft, step) if draft.hold else redirect("marriage:lost")
    parties = parties_of(draft.service, draft.answers)
    return show(
        request,
        "person",
        draft,
        step,
        form=form,
        position=position,
        is_alone=parties == 1,
        offers_sign_in=position == 1 and sign_in.is_offered() and not known,
    )


@step_page("telephone")
def telephone(request, draft, step):
    """Prove the telephone of the first person: POST `send` sends a code, POST `code` checks
    it. A page that need not be answered leads on."""
    if draft.hold is None:
        return redirect("marriage:lost")
    if draft.telephone_is_settled and request.method != "POST":
        return go_on(draft, step)
    form, status, sent, refused = TelephoneCodeForm(), 200, False, ""
    if request.method == "POST" and "send" in request.POST:
        try:
            telephone_proof.send_code(draft, visitor_key(request))
            sent = True
        except telephone_proof.ProofError as error:
            refused, status = error.message, 429
        draft.save()
    elif request.method == "POST":
        form = TelephoneCodeForm(request.POST)
        if form.is_valid():
            try:
                telephone_proof.check_code(draft, form.cleaned_data["code"])
                draft.data.pop("wants_proof", None)
                draft.save()
                return go_on(draft, step)
            except telephone_proof.ProofError as error:
                form.add_error("code", error.message)
        status = 422
    return show(
        request,
        "telephone",
        draft,
        step,
        status=status,
        form=form,
        sent=sent,
        refused=refused,
        is_waiting=telephone_proof.is_waiting(draft),
        shown_code=telephone_proof.shown_code(draft),
        where_code_goes=telephone_proof.where_code_goes(),
        phone=mask_phone(draft.people["1"]["phone"]),
        rules=BookingRules.load(),
    )


def _fingerprint(draft) -> str:
    """Changes with every answer: a page older than the answers cannot confirm them."""
    text = json.dumps([draft.token, draft.answers, draft.people], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@step_page("check")
def check(request, draft, step):
    """Everything on one page; POST books it."""
    people = [draft.people[str(n)] for n in range(1, parties_of(draft.service, draft.answers) + 1)]
    errors, status = [], 200
    if request.method == "POST":
        if request.POST.get("seen") != _fingerprint(draft):
            errors, status = [(None, "内容在另一个窗口里改过了，请再核对一遍。")], 409
        elif draft.hold is None:
            return redirect("marriage:lost")
        else:
            errors = _problems(request, draft, people)
            if not errors:
                return _confirm(request, draft, step, people)
            status = 409
    return _show_check(request, draft, step, people, errors, status)


def _show_check(request, draft, step, people, errors, status, *, offers_lookup=False):
    if draft.hold is None:
        return redirect("marriage:lost")
    rules = BookingRules.load()
    return show(
        request,
        "check",
        draft,
        step,
        status=status,
        people=people,
        errors=errors,
        offers_lookup=offers_lookup,
        answers=answers_in_words(draft),
        seen=_fingerprint(draft),
        until=cancel_until(draft.hold.slot.date, rules),
        near_day=day_past_deadline(draft.hold.slot.date, rules),
        office=draft.hold.office,
        rules=rules,
    )


def _problems(request, draft, people) -> list[tuple[str, str]]:
    """[(position, message)]: checked again now, for the day that was chosen last."""
    found = []
    for number, one in enumerate(people, start=1):
        problems = persons.problems_of(
            number, one, people[: number - 1], draft.service, draft.answers, draft.hold.slot.date
        )
        found += [(str(number), message) for message in problems.values()]
    receipt = draft.data.get("receipt")
    if receipt and (problem := check_receipt(request, receipt, people)):
        found.append((None, problem))
    return found


def _confirm(request, draft, step, people):
    details = {
        "answers": draft.answers,
        "checklist": materials_for(draft.service, draft.answers),
        "receipt": draft.data.get("receipt"),
    }
    try:
        booked = bookings.confirm(
            draft.token,
            people,
            details=details,
            receipt_number=(draft.data.get("receipt") or {}).get("number", ""),
            trust=telephone_proof.trust_of(draft),
        )
    except bookings.HoldExpiredError:
        return redirect("marriage:lost")
    except bookings.StandingError as error:
        return _not_possible(request, draft, step, people, error)
    except (bookings.NotOnOfferError, bookings.TooManyBookingsError) as error:
        return _show_check(request, draft, step, people, [(None, error.message)], 409)
    draft.finish(booked)
    draft.save()
    response = redirect("marriage:done")
    remember(response, request, booked, 1)
    return response


def _not_possible(request, draft, step, people, error):
    """The same words whatever stands in the way; the reason goes to the telephone on record.
    Whoever has not proved a telephone may do so, and then counts for more."""
    if not telephone_proof.trust_of(draft):
        draft.data["wants_proof"] = True
        draft.save()
        return redirect("marriage:telephone")
    standing.tell_why(error)
    errors = [(None, standing.not_possible())]
    return _show_check(request, draft, step, people, errors, 409, offers_lookup=True)


@never_cache
@require_safe
def done(request):
    """The confirmation, for as long as this browser remembers the draft."""
    draft = drafts.load(request)
    if draft.booking is None:
        return redirect("marriage:manage")
    return show_booking(request, draft.booking, template="done", breadcrumbs=trail("预约成功"))
