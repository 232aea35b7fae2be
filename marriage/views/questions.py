"""One question a page, and the materials that follow from the answers."""

from django.urls import reverse

from ..checklist import materials_for
from ..forms import QuestionForm, ReceiptForm
from ..models import Office
from ..questions import QUESTIONS
from .steps import go_on, show, step_page


@step_page("question")
def question(request, draft, step):
    asked = QUESTIONS[step.detail]
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
                    draft.data.pop("office", None)
                    draft.forget_time()
            draft.save()
            if answer == "no":
                return show(request, "too_young", draft, step)
            return go_on(draft, step)
    return show(request, "question", draft, step, form=form, question=asked)


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
    form = ReceiptForm(request.POST or None, offices=offices, initial=initial)
    if request.method == "POST":
        form = ReceiptForm(request.POST, offices=offices)
        if form.is_valid():
            data = form.cleaned_data
            receipt = {
                "number": data["receipt_number"],
                "accepted_on": data["accepted_on"].isoformat(),
                "office": data["office"].pk,
            }
            if {**known, "number": None} != {**receipt, "number": None}:
                draft.forget_time()
            draft.data["receipt"] = receipt
            draft.data["office"] = data["office"].pk
            draft.save()
            return go_on(draft, step)
    return show(request, "receipt", draft, step, form=form, planner=reverse("marriage:planner"))


@step_page("materials")
def materials(request, draft, step):
    """The checklist, seen before anything is booked."""
    if request.method == "POST":
        draft.data["materials_seen"] = True
        draft.save()
        return go_on(draft, step)
    return show(
        request,
        "materials",
        draft,
        step,
        checklist=materials_for(draft.service, draft.answers),
        answers=answers_in_words(draft),
    )


def answers_in_words(draft) -> list[dict]:
    """[{"key", "question", "answer"}] of what was answered."""
    rows = []
    for key, given in draft.answers.items():
        asked = QUESTIONS.get(key)
        if asked:
            chosen = given if isinstance(given, list) else [given]
            words = "；".join(label for value, label in asked.options if value in chosen)
            rows.append({"key": key, "question": asked.title, "answer": words})
    return rows
