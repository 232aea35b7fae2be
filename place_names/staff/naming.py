"""Staff screens of naming applications: a new application, one application."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from home.messages.addresses import remember_address
from home.one_time import sent_before, store_once
from home.personal_data.masking import mask_phone
from place_names.models import NamingApplication, NamingConsultation
from place_names.naming import (
    consultations,
    correcting,
    notices,
    papers,
    procedure,
    same_name,
    undoing,
)
from place_names.naming.findings import MEASURES
from place_names.signs.orders import orders_of

from . import naming_applicant, naming_comments, naming_corrections, naming_desk, naming_papers
from .naming_access import ADD, CHANGE, VIEW, allow
from .naming_forms import ApplicationForm, StepForm


def add(request: HttpRequest) -> HttpResponse:
    allow(request, ADD)
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if earlier := sent_before(NamingApplication, form.sent_as()):
            messages.info(request, f"这件申请已经登记，申请编号{earlier.number}。")
            return redirect("place_name_naming:application", earlier.pk)
        new = form.application()
        try:
            application = store_once(
                NamingApplication,
                new.sent_as,
                lambda: procedure.receive(new, form.who(), request.user),
            )
        except IntegrityError:
            form.add_error(None, "没有保存，请再试一次。")
        except procedure.ProcedureError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记，申请编号{application.number}，请告诉申请人。")
            return redirect("place_name_naming:application", application.pk)
    return render(request, "place_names/staff/naming_form.html", {"form": form})


def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: what was asked, the pre-check, the steps, the next one."""
    allow(request, VIEW)
    found = get_object_or_404(
        NamingApplication.objects.select_related("kind", "subdistrict", "place", "result"), pk=pk
    )
    may_change = request.user.has_perm(CHANGE)
    form = StepForm(request.POST or None, found)
    if request.method == "POST":
        allow(request, CHANGE)
        if not form.fields["state"].choices:
            messages.error(
                request, f"没有保存：{form.fields['state'].error_messages['invalid_choice']}"
            )
            return redirect("place_name_naming:application", pk)
        if form.is_valid():
            told = form.cleaned_data
            remember_address(request)
            try:
                procedure.advance(
                    found, told.pop("state"), told.pop("day"), **told, user=request.user
                )
            except procedure.ProcedureError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "已保存。")
                return redirect("place_name_naming:application", pk)
    who = found.applicant
    notice_page = notices.page_of(found)
    consultation = NamingConsultation.objects.filter(application=found).first()
    context = {
        "application": found,
        "applicant": who,
        "telephone": mask_phone(who.get("telephone", "")),
        "measures": [(MEASURES[k], v) for k, v in found.measures.items() if k in MEASURES],
        "steps": found.steps.select_related("user"),
        "due": procedure.due(found, procedure.terms()),
        "today": timezone.localdate(),
        "form": form if may_change and form.fields["state"].choices else None,
        "notice": notices.notice(found) if found.result_id else None,
        "notice_page": notice_page,
        "notice_state": notices.state_of(notice_page) if notice_page else "",
        "may_edit_notice": notice_page
        and notice_page.permissions_for_user(request.user).can_edit(),
        "consultation": consultation,
        "comment_counts": consultations.counts(consultation) if consultation else None,
        "comment_ends_late": consultation and consultations.ends_late(consultation),
        "may_consult": found.state in consultations.COMMENTED,
        "papers": papers.checklist(found),
        "missing": papers.missing(found),
        "may_correct": may_change and correcting.may_correct(found),
        "undoable": undoing.last_of_today(found) if may_change else None,
        "why_not_undone": undoing.why_not(found) if may_change else "",
        "corrections": naming_corrections.told(found),
        "may_check": may_change and found.state in procedure.UNDECIDED,
        "orders": orders_of(found),
        "rivals": same_name.rivals(found),
    }
    return render(request, "place_names/staff/naming_application.html", context)


def shape(request: HttpRequest, pk: int) -> JsonResponse:
    """Where the application is, as precisely as it was given."""
    allow(request, VIEW)
    found = get_object_or_404(NamingApplication.objects.select_related("place"), pk=pk)
    named = {"name": found.subject, "href": ""}
    features = [{"type": "Feature", "geometry": found.geometry, "properties": named}]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features if found.geometry else []}
    )


def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Run the rules as they are now; what was kept before is replaced, until the decision."""
    allow(request, CHANGE)
    found = get_object_or_404(NamingApplication, pk=pk)
    if request.method == "POST":
        undecided = NamingApplication.objects.filter(pk=pk, state__in=procedure.UNDECIDED)
        if undecided.exists() and undecided.update(precheck=procedure.prechecked(found)):
            messages.success(request, "已按现在的规则重新预审。")
        else:
            messages.error(request, "已经决定或者办结，预审结果是决定的依据，不再更改。")
    return redirect("place_name_naming:application", pk)


def urls():
    return [
        path("", naming_desk.desk, name="desk"),
        path("add/", add, name="add"),
        path("<int:pk>/", application, name="application"),
        path("<int:pk>/shape/", shape, name="shape"),
        path("<int:pk>/check/", check_again, name="check"),
        path("<int:pk>/papers/", naming_papers.checklist, name="papers"),
        path("<int:pk>/correct/", naming_corrections.correct, name="correct"),
        path("<int:pk>/telephone/", naming_applicant.telephone, name="telephone"),
        path("<int:pk>/undo/", naming_corrections.undo, name="undo"),
        path("<int:pk>/letters/<int:step>/", naming_papers.letter, name="letter"),
        path("<int:pk>/comment/", naming_comments.consultation, name="consultation"),
        path("<int:pk>/notice/", naming_papers.draft, name="notice"),
    ]
