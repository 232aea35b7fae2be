from django import forms
from django.core.validators import MinLengthValidator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.models.feedback import FeedbackReport, normal_number

from ..one_time import OneTimeForm
from ..typed_text.fields import LineField, ParagraphField
from ..typed_text.personal_numbers import personal_numbers


def is_path_here(text: str) -> bool:
    """Whether a browser reads the text as a path of this site: `/\\host` is another host."""
    return text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)


def translated(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices of a field in the language in use."""
    return [(value, gettext(label)) for value, label in choices]


class ReportForm(OneTimeForm, forms.ModelForm):
    """A reported error. Text with personal numbers is rejected, so that it is never stored."""

    text = ParagraphField(
        label=_("哪里不对"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[MinLengthValidator(5, _("请至少写5个字，让我们知道哪里不对。"))],
        error_messages={
            "required": _("请写明哪里不对。"),
            "max_length": _("最多写1000个字，您写了%(show_value)s个字。"),
        },
        help_text=_("例如：第二步的电话打不通。请不要写姓名、电话、身份证号码。"),
    )
    path = forms.CharField(
        label=_("哪个页面"),
        max_length=300,
        required=False,
        error_messages={"max_length": _("页面地址太长，请只保留“/”开始的部分。")},
        help_text=_("页面地址中从“/”开始的部分，例如 /guides/。不清楚可以不填。"),
    )

    class Meta:
        model = FeedbackReport
        fields = ["kind", "text", "path"]
        labels = {"kind": _("是什么问题")}
        widgets = {"kind": forms.RadioSelect}
        error_messages = {
            "kind": {"required": _("请选择是什么问题。"), "invalid_choice": _("请选择是什么问题。")}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = translated(FeedbackReport.Kind.choices)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if found := personal_numbers(text):
            kinds = gettext("、").join(map(gettext, found))
            words = gettext("请删去%(kinds)s，找错不需要个人信息。")
            raise forms.ValidationError(words % {"kinds": kinds})
        return text

    def clean_path(self) -> str:
        path = self.cleaned_data["path"].split("?")[0].split("#")[0].strip()
        if path and not is_path_here(path):
            raise forms.ValidationError(gettext("请填写本站的页面地址，以“/”开头。"))
        return path


class NumberForm(forms.Form):
    number = LineField(
        label=_("反映编号"),
        help_text=_("例如 FK-7K4M-29XQ，大小写都可以。"),
        error_messages={"required": _("请输入编号。")},
    )

    def clean_number(self) -> str:
        number = normal_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(gettext("编号是FK加8个字母或数字，请对照后再输入。"))
        return number
