"""Who comes, a last look, and the confirmation."""

import hashlib
import json

from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.visitor import visitor_key

from .. import booking, drafts, lookup, persons
from ..checklist import materials_for
from ..dates import cancel_until
from ..forms import PersonForm
from ..models import BookingRules
from ..second_visit import receipt_problem
from .details import remember, show_booking
from .questions import answers_in_words
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
    form = PersonForm(initial=draft.people.get(step.detail), **options)
    if request.method == "POST":
        form = PersonForm(request.POST, **options)
        if form.is_valid():
            draft.people[step.detail] = form.cleaned_data
            draft.save()
            return go_on(draft, step) if draft.hold else redirect("marriage:lost")
    return show(request, "person", draft, step, form=form, position=position)


def _fingerprint(draft) -> str:
    """Changes with every answer: a page older than the answers cannot confirm them."""
    text = json.dumps([draft.token, draft.answers, draft.people], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@step_page("check")
def check(request, draft, step):
    """Everything on one page; POST books it."""
    people = [draft.people[str(n)] for n in range(1, draft.service.party_count + 1)]
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


def _show_check(request, draft, step, people, errors, status):
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
        answers=answers_in_words(draft),
        seen=_fingerprint(draft),
        until=cancel_until(draft.hold.slot.date, rules),
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
    if (receipt := draft.data.get("receipt")) and (problem := _receipt(request, receipt, people)):
        found.append((None, problem))
    return found


def _receipt(request, receipt: dict, people: list[dict]) -> str:
    """Receipt numbers run in order: tries are limited, or somebody could count them."""
    who = f"receipt:{receipt['number']}", visitor_key(request)
    if problem := lookup.limit_problem(*who):
        return problem
    if problem := receipt_problem(receipt, people):
        lookup.count_failure(*who)
    return problem


def _confirm(request, draft, step, people):
    details = {
        "answers": draft.answers,
        "checklist": materials_for(draft.service, draft.answers),
        "receipt": draft.data.get("receipt"),
    }
    try:
        booked = booking.confirm(
            draft.token,
            people,
            details=details,
            receipt_number=(draft.data.get("receipt") or {}).get("number", ""),
        )
    except booking.HoldExpiredError:
        return redirect("marriage:lost")
    except booking.AlreadyBookedError as error:
        errors = [(str(error.position), error.message)]
        return _show_check(request, draft, step, people, errors, 409)
    except booking.NotOnOfferError as error:
        return _show_check(request, draft, step, people, [(None, error.message)], 409)
    draft.finish(booked)
    draft.save()
    response = redirect("marriage:done")
    remember(response, request, booked, 1)
    return response


@never_cache
@require_safe
def done(request):
    """The confirmation, for as long as this browser remembers the draft."""
    draft = drafts.load(request)
    if draft.booking is None:
        return redirect("marriage:manage")
    return show_booking(request, draft.booking, template="done", breadcrumbs=trail("预约成功"))
