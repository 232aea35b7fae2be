"""Forms of the booking pages. Each keeps what was typed and says what to do."""

from django import forms

from home.typed_text import TypedError, fields
from home.typed_text.fields import MailField, PersonNameField, TelephoneField, WrittenDateField

from ..availability import opening
from ..booking import persons, telephone_proof
from ..calendar.dates import local_now
from ..divorce.receipt_typing import ReceiptTyping, read_day
from ..divorce.second_visit import booking_problem
from ..identity.papers import ID_CARD, papers_for, read_paper
from ..materials.catalogue import Question
from ..materials.questions import answer_problem, origins_of
from ..models import BookingRules
from ..models.bookings import REFERENCE_SIZES


def line(kind, label, hint="", missing="", required=True, sizes=None, **attributes):
    """A field of one line of any length; its reader answers, not a cut."""
    return kind(
        label=label,
        help_text=hint,
        required=required,
        missing=missing or f"请输入{label}",
        attributes=attributes,
        **({"sizes": sizes} if sizes else {}),
    )


class StepForm(forms.Form):
    """Marks wrong fields for screen readers and links them to hint and message."""

    use_required_attribute = False
    field_order = None

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def email_field(hint: str) -> MailField:
    """An address that nobody must give; messages then come by mail too."""
    return MailField(
        label="电子邮箱（可以不填）",
        required=False,
        help_text=hint,
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        ),
        error_messages={"invalid": "邮箱的格式不对，应像 name@example.com 这样"},
    )


class QuestionForm(StepForm):
    """One question with its answers to tick."""

    def __init__(self, *args, question: Question, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        kind = forms.MultipleChoiceField if question.multiple else forms.ChoiceField
        self.fields["answer"] = kind(
            label=question.title,
            help_text=question.hint,
            choices=question.options,
            widget=forms.CheckboxSelectMultiple if question.multiple else forms.RadioSelect,
            error_messages={
                "required": "请选择一项" if not question.multiple else "请至少选择一项",
                "invalid_choice": "请从下面的选项中选择",
            },
        )

    def clean_answer(self):
        answer = self.cleaned_data["answer"]
        if problem := answer_problem(self.question, answer):
            raise forms.ValidationError(problem)
        return answer


def offer_papers(form, answers: dict) -> None:
    """Offer the kinds of paper that people from these places have; one alone is not asked."""
    papers = papers_for(origins_of(answers))
    form.fields["id_type"].choices = [
        (paper.key, f"{paper.title}：{paper.hint}") for paper in papers
    ]
    form.only_paper = papers[0] if len(papers) == 1 else None
    if form.only_paper:
        number = form.fields["id_number"]
        number.help_text = f"{form.only_paper.hint}。"
        if form.only_paper.key == ID_CARD:
            number.label = "身份证号码"
            number.error_messages["required"] = "请输入身份证号码"
        del form.fields["id_type"]


def read_paper_of(form, data: dict) -> bool:
    """Put kind and number of the paper into the cleaned data; False, with the reason beside
    the field, when it cannot be read."""
    if form.only_paper:
        data["id_type"] = form.only_paper.key
    if "id_number" not in data or "id_type" not in data:
        return False
    try:
        paper = read_paper(data["id_type"], data["id_number"])
    except TypedError as error:
        form.add_error("id_number", error.message)
        return False
    data["id_type"], data["id_number"] = paper.kind, paper.number
    return True


class PersonForm(StepForm):
    """One of the couple."""

    name = line(
        PersonNameField,
        "姓名",
        "与证件上的一样，生僻字、字母、姓名中的点照实填写。",
        autocomplete="name",
    )
    id_type = forms.ChoiceField(
        label="证件种类",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择证件种类", "invalid_choice": "请选择证件种类"},
    )
    id_number = line(fields.LineField, "证件号码", "按证件上的号码填写。", autocomplete="off")
    phone = line(
        TelephoneField,
        "手机号码",
        "登记处用它联系您。境外号码请写区号，例如+852 6123 4567。",
        autocomplete="tel",
        inputmode="tel",
    )
    email = email_field("填了也会收到邮件提醒。")

    def __init__(self, *args, position, others, service, answers, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.position, self.others, self.service = position, others, service
        self.answers, self.day = answers, day
        offer_papers(self, answers)
        if position == 2:
            for field in self.fields.values():
                field.widget.attrs["autocomplete"] = "off"

    def clean(self):
        data = super().clean()
        if not read_paper_of(self, data):
            return data
        problems = persons.problems_of(
            self.position, data, self.others, self.service, self.answers, self.day
        )
        for field, message in problems.items():
            self.add_error(field, message)
        return data


class TelephoneCodeForm(StepForm):
    """The code that was sent to the telephone."""

    code = line(
        fields.PaperNumberField,
        "短信里的6位验证码",
        missing="请输入短信里的验证码",
        autocomplete="one-time-code",
        inputmode="numeric",
        maxlength="20",
    )

    def clean_code(self):
        code = self.cleaned_data["code"]
        if len(code) != telephone_proof.DIGITS or not code.isdigit():
            raise forms.ValidationError(f"验证码是{telephone_proof.DIGITS}位数字")
        return code


class ReceiptForm(ReceiptTyping, StepForm):
    """What the receipt of the first visit says."""

    receipt_number = line(
        fields.LineField, "受理回执编号", "在第一次到场时领到的回执上。", autocomplete="off"
    )
    accepted_on = WrittenDateField(
        label="受理日期",
        help_text="回执上的日期，例如 2026-09-01。",
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": "请输入受理日期"},
    )
    office = forms.ModelChoiceField(
        label="在哪个登记处受理的？",
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="第二次必须到同一个登记处。",
        error_messages={"required": "请选择登记处", "invalid_choice": "请选择登记处"},
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices

    def clean_office(self):
        office = self.cleaned_data["office"]
        if problem := opening.office_problem(office):
            phone = f"（{office.phone}）" if office.phone else ""
            raise forms.ValidationError(
                f"{problem.rstrip('。')}。领证须到原来受理的登记处，不能换别的："
                f"请打电话给{office.name}{phone}问清怎么预约，双方在领证期限内带齐证件和回执原件到场"
            )
        return office

    def clean(self):
        """What follows from the date is said only of a date that agrees with the number."""
        cleaned = super().clean()
        day = cleaned.get("accepted_on")
        if day and "receipt_number" not in self.errors:
            now, rules = local_now(), BookingRules.load()
            span = opening.bookable_span(rules, now)
            if problem := booking_problem(day, now.date(), span, rules):
                self.add_error("accepted_on", problem)
        return cleaned


class PlannerForm(StepForm):
    """The calculator: one date."""

    accepted_on = ReceiptForm.base_fields["accepted_on"]

    def clean_accepted_on(self):
        try:
            return read_day(self.cleaned_data["accepted_on"])
        except TypedError as error:
            raise forms.ValidationError(error.message) from error


class LookupForm(StepForm):
    """Reference and tail of an ID number. Says the same whatever is wrong."""

    reference = line(
        fields.ReferenceField,
        "预约号",
        "10个字母和数字，中间的横线可以不输。",
        autocomplete="off",
        sizes=REFERENCE_SIZES,
    )
    tail = line(
        fields.PaperNumberField,
        "任意一方证件号码的后4位",
        "最后一位是X的，请输入X。",
        missing="请输入证件号码的后4位",
        autocomplete="off",
        maxlength="18",
    )

    def clean_tail(self):
        tail = self.cleaned_data["tail"]
        if len(tail) < 4:
            raise forms.ValidationError("请输入证件号码的后4位")
        return tail[-4:]


class WaitingForm(StepForm):
    """Who waits: enough to keep one place per person and to tell them."""

    id_type = forms.ChoiceField(
        label="证件种类",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择证件种类", "invalid_choice": "请选择证件种类"},
    )
    id_number = line(fields.LineField, "您的证件号码", "按证件上的号码填写。", autocomplete="off")
    phone = line(
        TelephoneField,
        "手机号码",
        "有名额时用它通知您。",
        autocomplete="tel",
        inputmode="tel",
    )
    email = email_field("填了，有名额时也会收到邮件。")

    def __init__(self, *args, answers, **kwargs):
        super().__init__(*args, **kwargs)
        offer_papers(self, answers)

    def clean(self):
        data = super().clean()
        read_paper_of(self, data)
        return data
