"""A citizen objects to a no-show."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..booking import ban_review
from ..models import NoShowObjection
from .manage import owner_page
from .steps import trail


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request, booked, position):
    """Write why the no-show is wrong; afterwards the page shows the answer."""
    error, typed = "", ""
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            ban_review.object_to(booked, typed.replace("\x00", ""))
            return redirect("marriage:objection")
        except ban_review.ObjectionError as problem:
            error = problem.message
    context = {
        "booking": booked,
        "slot": booked.slot,
        "office": booked.office,
        "objection": NoShowObjection.objects.filter(booking=booked).first(),
        "may_object": booked.state in ban_review.OBJECTIONABLE and not booked.is_excused,
        "max_text": ban_review.MAX_TEXT,
        "typed": typed[: ban_review.MAX_TEXT],
        "error": error,
        "breadcrumbs": trail("对爽约有异议"),
    }
    return render(request, "marriage/objection.html", context, status=422 if error else 200)
