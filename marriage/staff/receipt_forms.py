"""Forms of the ledger of receipts."""

from functools import partial

from django import forms

from home.typed_text import TypedError, person_name
from home.typed_text.fields import WrittenDateField

from ..divorce.receipt_typing import ReceiptTyping
from ..identity.papers import ID_CARD, PAPERS, Paper, read_paper
from ..models import Office, Withdrawal


def day_field(label: str, **options) -> WrittenDateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return WrittenDateField(label=label, widget=widget, **options)


def paper_field(label: str) -> forms.ChoiceField:
    papers = [(kind.key, kind.title) for kind in PAPERS.values()]
    return forms.ChoiceField(label=label, choices=papers, initial=ID_CARD)


class WithdrawalForm(forms.Form):
    """Who takes the application back, when, and on what paper."""

    applicant = forms.ChoiceField(
        label="谁来撤回",
        choices=Withdrawal.Applicant.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择谁来撤回。"},
    )
    on = day_field("撤回日期")
    paper = forms.CharField(
        label="收到的材料",
        max_length=200,
        help_text="例如：撤回离婚登记申请书、本人身份证、受理回执。",
        error_messages={"required": "请写明收到了哪些材料。"},
    )
    is_sure = forms.BooleanField(
        label="已核对本人身份和申请书的签名，并说明撤回后要离婚须重新申请",
        error_messages={"required": "请核对后勾选确认。"},
    )


class ForeignReceiptForm(ReceiptTyping):
    """A receipt of another system, as read from the paper."""

    office = forms.ModelChoiceField(Office.objects.all(), label="受理登记处", empty_label="请选择")
    receipt_number = forms.CharField(label="回执编号", max_length=40)
    accepted_on = day_field("受理日期")
    name_1 = forms.CharField(label="甲方姓名", max_length=80)
    id_type_1 = paper_field("甲方证件")
    id_number_1 = forms.CharField(label="甲方证件号码", max_length=40)
    name_2 = forms.CharField(label="乙方姓名", max_length=80)
    id_type_2 = paper_field("乙方证件")
    id_number_2 = forms.CharField(label="乙方证件号码", max_length=40)

    def clean(self):
        cleaned = super().clean()
        for number in (1, 2):
            kind = cleaned.get(f"id_type_{number}", "")
            self._clean_person(person_name, f"name_{number}")
            if f"id_type_{number}" not in self.errors:
                self._clean_person(partial(read_paper, kind), f"id_number_{number}")
        papers = [cleaned.get("id_number_1"), cleaned.get("id_number_2")]
        are_read = all(isinstance(paper, Paper) for paper in papers)
        if are_read and papers[0].number == papers[1].number:
            self.add_error("id_number_2", "双方的证件号码相同，请核对。")
        return cleaned

    def _clean_person(self, reader, name: str) -> None:
        """Put what `reader` makes of a field in its place, or its message beside it."""
        if name in self.errors:
            return
        try:
            self.cleaned_data[name] = reader(self.cleaned_data[name])
        except TypedError as problem:
            self.add_error(name, problem.message)

    def people(self) -> list[dict]:
        data = self.cleaned_data
        papers = {n: data[f"id_number_{n}"] for n in (1, 2)}
        return [
            {"name": data[f"name_{n}"], "id_type": paper.kind, "id_number": paper.number}
            for n, paper in papers.items()
        ]


class CorrectionForm(ForeignReceiptForm):
    """The entry of a receipt of another system again, with the reason for the correction. The
    couple stays as it is when nothing is typed of it."""

    PEOPLE = ("name_1", "id_number_1", "name_2", "id_number_2")
    reason = forms.CharField(
        label="更正的原因",
        max_length=60,
        help_text="会记入操作记录，不要写个人信息。",
        error_messages={"required": "请写明更正的原因。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name_1"].help_text = "双方的姓名、证件没有填错的，都不用填。"
        if self.keeps_people():
            for name in (*self.PEOPLE, "id_type_1", "id_type_2"):
                self.fields[name].required = False

    def keeps_people(self) -> bool:
        return not any(self[name].data for name in self.PEOPLE)

    def _clean_person(self, reader, name: str) -> None:
        if not self.keeps_people():
            super()._clean_person(reader, name)

    def people(self) -> list[dict] | None:
        """None when the couple stays as it is."""
        return None if self.keeps_people() else super().people()
