"""Staff screens of naming applications: a new application, one application."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from home.one_time import OneTimeForm, sent_before, store_once
from home.personal_data.masking import mask_phone
from home.typed_text.fields import LineField, ParagraphField, TelephoneField, WrittenDateField
from place_names.models import (
    NamingApplication,
    NamingConsultation,
    NamingKind,
    PlaceName,
    Subdistrict,
)
from place_names.name_field import WrittenNameField
from place_names.names.at_point import subdistrict_at
from place_names.naming import consultations, notices, procedure, requirements, same_name
from place_names.naming.findings import MEASURES

from . import naming_comments, naming_desk, naming_papers
from .history_forms import PlaceNameChooser
from .naming_access import ADD, CHANGE, VIEW, allow

State, Action = NamingApplication.State, NamingApplication.Action


class ApplicationForm(OneTimeForm, forms.ModelForm):
    """What stands in an application, with who applied."""

    applicant = LineField(label="申请人", max_length=100, help_text="单位名称或者姓名。")
    person = LineField(label="联系人", max_length=30, required=False)
    telephone = TelephoneField(label="联系电话", help_text="申请人凭编号和电话后四位查进度。")
    place = forms.ModelChoiceField(
        label="原地名",
        queryset=PlaceName.objects.standard(),
        required=False,
        widget=PlaceNameChooser(PlaceName),
        help_text="更名、销名时选。",
    )

    long_ago = forms.BooleanField(
        label="收件日期已核对，确实在一年以前", required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = NamingApplication
        fields = [
            "action", "kind", "name", "place", "subdistrict", "location", "lon", "lat",
            "meaning", "reason", "received_on",
        ]  # fmt: skip
        field_classes = {
            "name": WrittenNameField,
            "location": LineField,
            "meaning": LineField,
            "reason": ParagraphField,
            "received_on": WrittenDateField,
        }
        widgets = {"received_on": AdminDateInput, "reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = NamingKind.objects.filter(active=True)
        self.fields["subdistrict"].queryset = Subdistrict.objects.order_by("code")
        self.fields["meaning"].required = False
        for name, label in MEASURES.items():
            self.fields[name] = forms.FloatField(
                label=label, required=False, min_value=0, max_value=100_000_000
            )

    def clean(self):
        told = super().clean()
        self._check_name(told)
        self._check_place(told)
        self._check_point(told)
        self._check_day(told)
        return told

    def _check_name(self, told: dict) -> None:
        name, kind, place = told.get("name"), told.get("kind"), told.get("place")
        if told.get("action") == Action.ABOLISH:
            if name:
                self.add_error("name", "销名不填拟用名称，请删去；要改名请选“更名”。")
            return
        if not name and "name" not in self.errors:
            self.add_error("name", "请填写拟用名称。")
        if not told.get("meaning") and "meaning" not in self.errors:
            self.add_error("meaning", "请填写名称的含义。")
        if name and kind and (fault := requirements.fault_of_name(name, kind)):
            self.add_error("name", fault)
        if place and name == place.name:
            self.add_error("name", "请填写与原名不同的名称。")

    def _check_place(self, told: dict) -> None:
        action, place = told.get("action"), told.get("place")
        if action == Action.NAME and place:
            self.add_error("place", "命名不选原地名；要改名请选“更名”。")
        if action in (Action.RENAME, Action.ABOLISH):
            if not place:
                if "place" not in self.errors:
                    self.add_error("place", "请选原地名。")
                return
            kinds = list(self.fields["kind"].queryset)
            if told.get("kind") and (
                fault := requirements.fault_of_kind(place, told["kind"], kinds)
            ):
                self.add_error("kind", fault)
            if told.get("subdistrict") and (
                fault := requirements.fault_of_subdistrict(place, told["subdistrict"])
            ):
                self.add_error("subdistrict", fault)

    def _check_point(self, told: dict) -> None:
        lon, lat, chosen = told.get("lon"), told.get("lat"), told.get("subdistrict")
        if (lon is None) != (lat is None):
            self.add_error("lat", "东经和北纬请一起填写，或者都不填。")
        elif lon is not None:
            there = subdistrict_at(lon, lat)
            if there is None:
                self.add_error("lon", "这个坐标不在海珠区内。")
            elif chosen and there != chosen:
                self.add_error(
                    "lon", f"这个坐标在{there.name}，您选的是{chosen.name}，请改其中一项。"
                )

    def _check_day(self, told: dict) -> None:
        day = told.get("received_on")
        if not day:
            return
        if fault := requirements.fault_of_day(day):
            self.add_error("received_on", fault)
        elif requirements.is_long_ago(day):
            self.fields["long_ago"].widget = forms.CheckboxInput()
            if not told.get("long_ago"):
                self.add_error(
                    "long_ago",
                    f"收件日期是{day.year}年{day.month}月{day.day}日，在一年以前。"
                    "没有写错的，请勾选后再提交。",
                )

    def application(self) -> NamingApplication:
        application = self.save(commit=False)
        application.sent_as = self.sent_as()
        application.measures = {
            name: self.cleaned_data[name]
            for name in MEASURES
            if self.cleaned_data.get(name) is not None
        }
        return application

    def who(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("applicant", "person", "telephone")}


class StepForm(forms.Form):
    """The next step of an application."""

    state = forms.ChoiceField(label="下一步", widget=forms.RadioSelect)
    day = WrittenDateField(label="日期", widget=AdminDateInput)
    authority = LineField(label="批准机关", max_length=60, required=False, help_text="批准时填写。")
    document = LineField(label="批准文号", max_length=100, required=False, help_text="批准时填写。")
    note = LineField(
        label="说明",
        max_length=500,
        required=False,
        help_text="要补正的材料，不予受理、不予批准的理由，都写在这里，会写进文书。",
    )

    def __init__(self, data, application: NamingApplication):
        super().__init__(data, initial={"day": timezone.localdate()})
        allowed = procedure.NEXT.get(application.state, ())
        self.fields["state"].choices = [(each, State(each).label) for each in allowed]


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
        if form.is_valid():
            told = form.cleaned_data
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
        "may_consult": found.state in consultations.COMMENTED,
        "orders": found.sign_orders.all(),
        "rivals": same_name.rivals(found),
    }
    return render(request, "place_names/staff/naming_application.html", context)


def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Run the rules as they are now; what was kept before is replaced."""
    allow(request, CHANGE)
    found = get_object_or_404(NamingApplication, pk=pk)
    if request.method == "POST" and found.state not in (State.APPROVED, State.FILED):
        found.precheck = procedure.prechecked(found)
        found.save(update_fields=["precheck"])
        messages.success(request, "已按现在的规则重新预审。")
    return redirect("place_name_naming:application", pk)


def urls():
    return [
        path("", naming_desk.desk, name="desk"),
        path("add/", add, name="add"),
        path("<int:pk>/", application, name="application"),
        path("<int:pk>/check/", check_again, name="check"),
        path("<int:pk>/letters/<int:step>/", naming_papers.letter, name="letter"),
        path("<int:pk>/comment/", naming_comments.consultation, name="consultation"),
        path("<int:pk>/notice/", naming_papers.draft, name="notice"),
    ]
