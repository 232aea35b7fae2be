"""Staff screens that correct an application and take back its last step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.models import ModelLogEntry, Page

from place_names.models import NamingApplication
from place_names.naming import correcting, notices, undoing
from place_names.naming.procedure import UNDECIDED, ProcedureError

from . import change_log
from .naming_access import CHANGE, allow
from .naming_forms import CorrectionForm, DecidedForm, PersonForm, UndoForm

SCREEN = "place_name_naming:application"


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    allow(request, CHANGE)
    application = get_object_or_404(NamingApplication, pk=pk)
    if not correcting.may_correct(application):
        messages.error(request, "已经办结，申请人资料也已删除，没有可以更正的。")
        return redirect(SCREEN, pk)
    form = _form_of(application)(request.POST or None, application)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        try:
            correcting.correct(application, form.facts(), form.who(), why, request.user)
        except ProcedureError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已更正。")
            return redirect(SCREEN, pk)
    return _page(request, application, form, "更正申请", "保存")


def _form_of(application: NamingApplication) -> type[PersonForm]:
    if application.state in UNDECIDED:
        return CorrectionForm
    return DecidedForm if application.decided_on else PersonForm


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    allow(request, CHANGE)
    application = get_object_or_404(NamingApplication, pk=pk)
    last = undoing.last_of_today(application)
    if last is None:
        messages.error(request, undoing.why_not(application))
        return redirect(SCREEN, pk)
    form = UndoForm(request.POST or None, last)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            undoing.undo(application, told["step"], told["why"], request.user)
        except ProcedureError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已撤销“{last.get_state_display()}”。")
            return redirect(SCREEN, pk)
    context = {
        "refusal": undoing.why_refused(application),
        "notice_page": _editable_notice(application, request.user),
        "consequences": list(undoing.consequences(application)),
    }
    title = f"撤销“{last.get_state_display()}”"
    return _page(request, application, form, title, "撤销", context)


def _editable_notice(application: NamingApplication, user) -> Page | None:
    page = notices.page_of(application)
    return page if page and page.permissions_for_user(user).can_edit() else None


def _page(request, application, form, title: str, button: str, more=None) -> HttpResponse:
    context = {"application": application, "form": form, "title": title, "button": button}
    context |= more or {}
    return render(request, "place_names/staff/naming_correction.html", context)


def told(application: NamingApplication) -> list[tuple[ModelLogEntry, str]]:
    """What the log tells of corrections, with its words, the newest first."""
    entries = ModelLogEntry.objects.for_instance(application).filter(
        action__in=change_log.OF_APPLICATIONS
    )
    return [
        (entry, change_log.message(entry.action, entry.data))
        for entry in entries.select_related("user").order_by("-timestamp", "-pk")
    ]
