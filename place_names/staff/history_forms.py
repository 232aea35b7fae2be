"""Forms of the changes of a name: renaming, merging, dividing, abolishing, and their corrections."""

from django import forms
from django.utils.timezone import localdate
from wagtail.admin.widgets import AdminDateInput

from home.typed_text.fields import WrittenDateField
from place_names.models import PlaceName
from place_names.name_field import WrittenNameField
from place_names.names import standing
from place_names.names.renaming import Approval
from place_names.plain_names import plain_name
from place_names.years import EARLIEST, LATEST

from .finding import PlaceNameChooser


class YearForm(forms.Form):
    year = forms.IntegerField(
        label="年份",
        min_value=EARLIEST,
        max_value=LATEST,
        help_text="今后的年份也可以：到年自动生效，在这之前公众看不到。",
    )
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="批准文号、公告等。"
    )


class NamingForm(YearForm):
    """A change that brings new names, which somebody approved."""

    approving_body = forms.CharField(label="批准机关", max_length=60, required=False)
    approval_document = forms.CharField(label="批准文件", max_length=100, required=False)
    approved_on = WrittenDateField(label="批准日期", required=False, widget=AdminDateInput)
    acknowledged = forms.BooleanField(
        label="已核对，仍用这个名称", required=False, widget=forms.HiddenInput
    )

    def clean_approved_on(self):
        day = self.cleaned_data["approved_on"]
        if fault := standing.fault_of_approval(day, localdate()):
            raise forms.ValidationError(fault)
        return day

    @property
    def approval(self) -> Approval:
        data = self.cleaned_data
        return Approval(data["approving_body"], data["approval_document"], data["approved_on"])

    @property
    def new_names(self) -> list[str]:
        return [self.cleaned_data["name"]]

    def ask_to_acknowledge(self, warning: str) -> None:
        """Shows the box to tick, with what has to be known first."""
        self.fields["acknowledged"].widget = forms.CheckboxInput()
        self.add_error("acknowledged", f"{warning}确定要用，请勾选后再提交。")


class RenameForm(NamingForm):
    name = WrittenNameField(label="新的标准名称", max_length=60)
    field_order = ["name", "year"]


class SplitOffForm(NamingForm):
    name = WrittenNameField(label="析出部分的标准名称", max_length=60)
    field_order = ["name", "year"]


class DivideForm(NamingForm):
    names = forms.CharField(
        label="分立后的标准名称", widget=forms.Textarea(attrs={"rows": 4}), help_text="一行一个。"
    )
    field_order = ["names", "year"]

    @property
    def new_names(self) -> list[str]:
        return [plain_name(line) for line in self.cleaned_data["names"].splitlines()]


class MergeForm(YearForm):
    into = forms.ModelChoiceField(
        label="并入的地名",
        queryset=PlaceName.objects.standard(),
        widget=PlaceNameChooser(PlaceName),
    )
    field_order = ["into", "year", "basis"]


class AbolishForm(YearForm):
    basis = forms.CharField(
        label="依据", max_length=200, help_text="批准文号、公告，或者为什么不再使用。"
    )


class CorrectionForm(YearForm):
    name = WrittenNameField(
        label="正确的新名称", max_length=60, required=False, help_text="名称没有错的，留空。"
    )
    field_order = ["year", "basis", "name"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="为什么撤销",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="记入这条地名的历史记录。",
    )
