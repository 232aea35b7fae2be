"""Forms of the booking pages. Each keeps what was typed and says what to do."""

from django import forms

from . import persons
from .dates import local_now
from .questions import Question, needs_power_for_foreign


class Line(forms.CharField):
    """A line of text of any length and any characters; the checks answer, not a cut."""

    def __init__(self, label, hint="", missing="", required=True, **attributes):
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            strip=True,
            error_messages={"required": missing or f"请输入{label}"},
            widget=forms.TextInput(attrs={"spellcheck": "false", **attributes}),
        )


class StepForm(forms.Form):
    """Marks wrong fields for screen readers and links them to hint and message."""

    use_required_attribute = False
    field_order = None

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def email_field(hint: str) -> forms.EmailField:
    """An address that nobody must give; messages then come by mail too."""
    return forms.EmailField(
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
        if self.question.key == "earlier_marriage" and "never" in answer and len(answer) > 1:
            raise forms.ValidationError("选了“双方都没有结过婚”，就不能再选其他的")
        return answer


class PersonForm(StepForm):
    """One of the couple."""

    name = Line("姓名", "与证件上的一样，生僻字、姓名中的点照实填写。", autocomplete="name")
    id_type = forms.ChoiceField(
        label="证件种类",
        choices=[
            (persons.ID_CARD, "居民身份证、港澳台居民居住证（18位号码）"),
            (persons.OTHER_PAPER, "护照、港澳居民来往内地通行证、台湾居民来往大陆通行证"),
        ],
        widget=forms.RadioSelect,
        initial=persons.ID_CARD,
        error_messages={"required": "请选择证件种类", "invalid_choice": "请选择证件种类"},
    )
    id_number = Line("身份证号码", "18位，最后一位可能是X。", autocomplete="off")
    phone = Line("手机号码", "用来接收预约和提醒短信。", autocomplete="tel", inputmode="tel")
    email = email_field("填了也会收到邮件提醒。")

    def __init__(self, *args, position, others, service, answers, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.position, self.others, self.service = position, others, service
        self.answers, self.day = answers, day
        if needs_power_for_foreign(answers):
            self.fields["id_number"].label = "证件号码"
            self.fields["id_number"].help_text = "按证件上的号码填写。"
            self.fields["id_number"].error_messages["required"] = "请输入证件号码"
        else:
            del self.fields["id_type"]
        if position == 2:
            for field in self.fields.values():
                field.widget.attrs["autocomplete"] = "off"

    def clean_name(self):
        return self._checked(persons.check_name(self.cleaned_data["name"]))

    def clean_phone(self):
        return self._checked(persons.check_phone(self.cleaned_data["phone"]))

    def clean(self):
        data = super().clean()
        data.setdefault("id_type", persons.ID_CARD)
        if "id_number" not in data:
            return data
        number, problem = persons.check_paper(data["id_type"], data["id_number"])
        if problem:
            self.add_error("id_number", problem)
            return data
        data["id_number"] = number
        problems = persons.problems_of(
            self.position, data, self.others, self.service, self.answers, self.day
        )
        for field, message in problems.items():
            self.add_error(field, message)
        return data

    @staticmethod
    def _checked(result):
        value, problem = result
        if problem:
            raise forms.ValidationError(problem)
        return value


class ReceiptForm(StepForm):
    """What the receipt of the first visit says."""

    receipt_number = Line("受理回执编号", "在第一次到场时领到的回执上。", autocomplete="off")
    accepted_on = forms.DateField(
        label="受理日期",
        help_text="回执上的日期，例如 2026-09-01。",
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"],
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请输入受理日期",
            "invalid": "日期的格式不对，应像 2026-09-01 这样",
        },
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

    def clean_receipt_number(self):
        number = "".join(self.cleaned_data["receipt_number"].split()).upper()
        if len(number) > 40 or not all(c.isalnum() or c in "-〔〕()（）号第" for c in number):
            raise forms.ValidationError("回执编号最多40个字，由文字、数字和横线组成，请按回执填写")
        return number

    def clean_accepted_on(self):
        return checked_acceptance_date(self.cleaned_data["accepted_on"])


def checked_acceptance_date(day):
    """The date of a receipt: not in the future, not before the law of two visits."""
    if day > local_now().date():
        raise forms.ValidationError("受理日期不能晚于今天，请核对回执")
    if day.year < 2021:
        raise forms.ValidationError("冷静期自2021年1月1日起实行，请核对回执上的日期")
    return day


class PlannerForm(StepForm):
    """The calculator: one date."""

    accepted_on = ReceiptForm.base_fields["accepted_on"]

    def clean_accepted_on(self):
        return checked_acceptance_date(self.cleaned_data["accepted_on"])


class LookupForm(StepForm):
    """Reference and tail of an ID number. Says the same whatever is wrong."""

    reference = Line("预约号", "10个字母和数字，中间的横线可以不输。", autocomplete="off")
    tail = Line(
        "任意一方证件号码的后4位",
        "最后一位是X的，请输入X。",
        missing="请输入证件号码的后4位",
        autocomplete="off",
        maxlength="18",
    )

    def clean_reference(self):
        return "".join(c for c in self.cleaned_data["reference"].upper() if c.isalnum())[:20]

    def clean_tail(self):
        tail = "".join(c for c in self.cleaned_data["tail"].upper() if c.isalnum())
        if len(tail) < 4:
            raise forms.ValidationError("请输入证件号码的后4位")
        return tail[-4:]


class WaitingForm(StepForm):
    """Who waits: enough to keep one place per person and to tell them."""

    id_number = Line("您的身份证号码", "18位，最后一位可能是X。", autocomplete="off")
    phone = Line("手机号码", "有名额时给这个号码发短信。", autocomplete="tel", inputmode="tel")
    email = email_field("填了，有名额时也会收到邮件。")

    def clean_id_number(self):
        number, problem = persons.check_paper(persons.ID_CARD, self.cleaned_data["id_number"])
        if problem:
            raise forms.ValidationError(problem)
        return number

    def clean_phone(self):
        return PersonForm._checked(persons.check_phone(self.cleaned_data["phone"]))
