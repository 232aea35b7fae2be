"""Forms of naming applications: the application, its correction, the next step, an undoing."""

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from home.models.shown_form import OUT_OF_DATE, version
from home.one_time import OneTimeForm
from home.typed_text.fields import ContactNumberField, LineField, ParagraphField, WrittenDateField
from place_names.models import (
    NamingApplication,
    NamingKind,
    NamingStep,
    PlaceName,
    Subdistrict,
)
from place_names.name_field import WrittenNameField
from place_names.names.at_point import subdistrict_at
from place_names.naming import papers, procedure, requirements
from place_names.naming.correcting import DECISION, PERSON, plain_facts
from place_names.naming.findings import MEASURES
from place_names.naming.forms import measure_field

from .finding import PlaceNameChooser

State, Action = NamingApplication.State, NamingApplication.Action
DECIDED = "批准、不予批准时填写。"


class ApplicationForm(OneTimeForm, forms.ModelForm):
    """What stands in an application, with who applied."""

    applicant = LineField(label="申请人", max_length=100, help_text="单位名称或者姓名。")
    person = LineField(label="联系人", max_length=30, required=False)
    telephone = ContactNumberField(label="联系电话", help_text="申请人凭编号和电话后四位查进度。")
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
        help_texts = {
            "subdistrict": "经过几个街道的，填主要的一个；批准以后，在地名的表单里补上其他街道和图形。"
        }
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
        for name in MEASURES:
            self.fields[name] = measure_field(name)

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
        if not day or (self.instance.pk and "received_on" not in self.changed_data):
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


def refuse_markup(form: forms.Form, names: tuple[str, ...]) -> None:
    for name in names:
        if any(sign in form.cleaned_data.get(name, "") for sign in "<>"):
            form.add_error(name, "请不要写“<”和“>”。")


class StepForm(forms.Form):
    """The next step of an application."""

    state = forms.ChoiceField(label="下一步", widget=forms.RadioSelect)
    day = WrittenDateField(label="日期", widget=AdminDateInput)
    authority = LineField(label="决定机关", max_length=60, required=False, help_text=DECIDED)
    document = LineField(label="决定文号", max_length=100, required=False, help_text=DECIDED)
    note = LineField(
        label="说明",
        max_length=500,
        required=False,
        help_text="要补正的材料，不予受理、不予批准的理由，都写在这里，会写进文书。",
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, application: NamingApplication):
        taken = application.steps.count()
        shown = version(plain_facts(application), {"state": application.state, "taken": taken})
        super().__init__(data, initial={"day": timezone.localdate(), "shown": shown})
        self.missing = papers.missing(application)
        allowed = procedure.NEXT.get(application.state, ())
        self.fields["state"].choices = [(each, State(each).label) for each in allowed]
        self.fields["state"].error_messages["invalid_choice"] = (
            f"您看的页面已经过时，现在是“{application.get_state_display()}”，不能登记您选的那一步。"
        )

    def clean(self):
        """The letter of acceptance says that the papers are complete, and public texts hold no
        markup."""
        told = super().clean()
        if told.pop("shown", "") not in ("", self.initial["shown"]):
            self.data = self.data.copy()
            self.data["shown"] = self.initial["shown"]
            self.add_error(None, f"{OUT_OF_DATE}请先看上面的申请内容。")
        refuse_markup(self, ("authority", "document", "note"))
        if told.get("state") == State.ACCEPTED and self.missing and not told.get("note"):
            self.add_error(
                "note",
                f"还缺{self.missing}项材料，请先点“登记材料”。仍要受理的，在这里写明原因。",
            )
        return told


class PersonForm(forms.Form):
    """A correction of who applied, which is possible as long as that is kept."""

    applicant = LineField(label="申请人", max_length=100)
    person = LineField(label="联系人", max_length=30, required=False)
    telephone = ContactNumberField(
        label="联系电话", required=False, help_text="不改的不用填；原来的电话不在这里显示。"
    )
    why = LineField(
        label="为什么更正",
        max_length=200,
        missing="请写明为什么更正。",
        help_text="记入日志，只给工作人员看。请不要写申请人的姓名和电话。",
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, application: NamingApplication, **kwargs):
        self.stored = application
        facts, who = plain_facts(application), application.applicant
        initial = {"applicant": who.get("applicant"), "person": who.get("person")}
        initial |= facts | {"shown": version(facts, who)}
        super().__init__(data, initial=initial, **kwargs)
        if not who:
            for name in PERSON:
                del self.fields[name]

    def clean(self):
        told = super().clean()
        if told.get("shown") != self.initial["shown"]:
            self.data = self.data.copy()
            self.data["shown"] = self.initial["shown"]
            self.add_error(None, f"{OUT_OF_DATE}请核对后再按“保存”。")
        return told

    def who(self) -> dict | None:
        """The new data of the applicant; None where they are deleted."""
        was = self.stored.applicant
        if not was:
            return None
        told = {name: self.cleaned_data[name] for name in PERSON}
        return told | {"telephone": told["telephone"] or was.get("telephone", "")}

    def facts(self) -> dict:
        """The new values of the application's own fields."""
        return {}


class DecidedForm(PersonForm):
    """A correction after the decision, of who decided and by which document."""

    authority = LineField(label="决定机关", max_length=60)
    document = LineField(
        label="决定文号",
        max_length=100,
        help_text="文书会按更正后的重写，地名库一起更正。已经发出的文书请收回重发；"
        "公告页面不会自动改。",
    )
    field_order = ["authority", "document", *PERSON, "why"]

    def clean(self):
        told = super().clean()
        refuse_markup(self, ("authority", "document"))
        return told

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in DECISION}


class CorrectionForm(PersonForm, ApplicationForm):
    """A correction before the decision, of everything that was typed at the counter."""

    field_order = [*ApplicationForm.Meta.fields, *MEASURES, *PERSON, "long_ago", "why"]

    class Meta(ApplicationForm.Meta):
        pass

    def __init__(self, data, application: NamingApplication):
        super().__init__(
            data, application, instance=NamingApplication.objects.get(pk=application.pk)
        )
        del self.fields["once"]
        kinds = NamingKind.objects.filter(active=True)
        self.fields["kind"].queryset = kinds | NamingKind.objects.filter(pk=application.kind_id)
        if application.place_id:
            own = PlaceName.objects.filter(pk=application.place_id)
            self.fields["place"].queryset = PlaceName.objects.standard() | own
        self.initial |= application.measures

    def facts(self) -> dict:
        told = {name: self.cleaned_data[name] for name in ApplicationForm.Meta.fields}
        # Browsers send line ends in their own way.
        told["reason"] = told["reason"].replace("\r\n", "\n")
        if told["reason"] == self.stored.reason.replace("\r\n", "\n"):
            told["reason"] = self.stored.reason
        sizes = {name: self.cleaned_data.get(name) for name in MEASURES}
        return told | {"measures": {name: size for name, size in sizes.items() if size is not None}}


class UndoForm(forms.Form):
    """Takes back the step that its page showed as the last one."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    why = LineField(
        label="为什么撤销",
        max_length=200,
        missing="请写明为什么撤销。",
        help_text="记入日志，只给工作人员看。",
    )

    def __init__(self, data, step: NamingStep):
        super().__init__(data, initial={"step": step.pk})
