"""One question a page, and the materials that follow from the answers."""

from django.urls import reverse

from home.visitors import visitor_key

from ..availability.powers import power_problem
from ..booking import lookup
from ..divorce.second_visit import receipt_problem
from ..materials.catalogue import QUESTIONS
from ..materials.checklist import materials_for
from ..materials.questions import asked_of, needs_power_for_foreign, stop_of
from ..models import Office
from .choosing import may_serve
from .forms import QuestionForm, ReceiptForm
from .steps import go_on, show, step_page


@step_page("question")
def question(request, draft, step):
    asked = asked_of(QUESTIONS[step.detail], draft.service, draft.answers)
    known = draft.answers.get(asked.key)
    form = QuestionForm(request.POST or None, question=asked, initial={"answer": known})
    if request.method == "POST":
        form = QuestionForm(request.POST, question=asked)
        if form.is_valid():
            answer = form.cleaned_data["answer"]
            draft.answers[asked.key] = answer
            if known is not None and known != answer:
                draft.data.pop("materials_seen", None)
                if asked.key == "origin":
                    draft.people.clear()
                    if not draft.service.is_second_visit:
                        draft.data.pop("office", None)
                        draft.forget_time()
            if problem := _power_problem(draft, asked):
                form.add_error("answer", problem)
                del draft.answers[asked.key]
                draft.save()
                return show(request, "question", draft, step, form=form, question=asked)
            draft.save()
            if stop := stop_of(asked, draft.answers):
                return show(request, "stop", draft, step, stop=stop)
            return go_on(draft, step)
    return show(request, "question", draft, step, form=form, question=asked)


def _power_problem(draft, asked) -> str:
    """A second visit is at the office of the first: without the power it ends here."""
    if asked.key != "origin" or not draft.service.is_second_visit:
        return ""
    if not needs_power_for_foreign(draft.answers):
        return ""
    return power_problem(Office.objects.get(pk=draft.data["office"]), draft.service)


@step_page("receipt")
def receipt(request, draft, step):
    """The receipt of the first visit: number, date, office."""
    offices = Office.objects.filter(services=draft.service)
    known = draft.data.get("receipt", {})
    initial = {
        "receipt_number": known.get("number"),
        "accepted_on": known.get("accepted_on"),
        "office": known.get("office"),
    }
    form, status = ReceiptForm(request.POST or None, offices=offices, initial=initial), 200
    if request.method == "POST":
        form = ReceiptForm(request.POST, offices=offices)
        if form.is_valid():
            data = form.cleaned_data
            receipt = {
                "number": data["receipt_number"],
                "accepted_on": data["accepted_on"].isoformat(),
                "office": data["office"].pk,
            }
            if problem := check_receipt(request, receipt):
                form.add_error("receipt_number", problem)
                status = 422
            else:
                if {**known, "number": None} != {**receipt, "number": None}:
                    draft.forget_time()
                draft.data["receipt"] = receipt
                draft.data["office"] = data["office"].pk
                draft.save()
                return go_on(draft, step)
    planner = reverse("marriage:planner")
    return show(request, "receipt", draft, step, status=status, form=form, planner=planner)


def check_receipt(request, receipt: dict, people: list[dict] | None = None) -> str:
    """Why a receipt cannot be used, or ""; as far as it can be told before the couple is known.

    Receipt numbers run in order: tries are limited, or somebody could count them.
    """
    address = visitor_key(request)
    problem = lookup.count_receipt(address) or receipt_problem(receipt, people)
    if not problem:
        lookup.receipt_was_right(address)
    return problem


@step_page("materials")
def materials(request, draft, step):
    """The checklist, seen before anything is booked."""
    if request.method == "POST":
        draft.data["materials_seen"] = True
        draft.save()
        return go_on(draft, step)
    checklist = materials_for(draft.service, draft.answers)
    by_case = sum("by_case" in item for item in checklist)
    offices = Office.objects.filter(services=draft.service).select_related("place")
    return show(
        request,
        "materials",
        draft,
        step,
        checklist=checklist,
        needed=len(checklist) - by_case,
        by_case=by_case,
        answers=answers_in_words(draft),
        places=[office.place for office in offices if may_serve(office, draft)],
    )


def answers_in_words(draft) -> list[dict]:
    """[{"key", "question", "answer"}] of what was answered."""
    rows = []
    for key, given in draft.answers.items():
        asked = QUESTIONS.get(key)
        if asked:
            asked = asked_of(asked, draft.service, draft.answers)
            chosen = given if isinstance(given, list) else [given]
            words = "；".join(label for value, label in asked.options if value in chosen)
            rows.append({"key": key, "question": asked.title, "answer": words})
    return rows
