import re
import unicodedata

from django import forms

from .models import normal_reference

MOBILE = re.compile(r"1[3-9]\d{9}")


class SignUpForm(forms.Form):
    """The least that is needed to keep a seat and to call when the event is moved."""

    name = forms.CharField(
        label="姓名",
        max_length=30,
        help_text="怎么称呼您，签到时用。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "请填写姓名。", "max_length": "姓名最多30个字。"},
    )
    phone = forms.CharField(
        label="手机号码",
        max_length=20,
        help_text="活动改期或取消时，我们打这个电话。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "请填写手机号码。", "max_length": "请输入11位手机号码。"},
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable() or any(letter.isdigit() for letter in name):
            raise forms.ValidationError("姓名里不要有数字和符号，请检查。")
        return name

    def clean_phone(self) -> str:
        plain = unicodedata.normalize("NFKC", self.cleaned_data["phone"])
        digits = re.sub(r"[\s-]", "", plain).removeprefix("+86")
        if not MOBILE.fullmatch(digits):
            count = sum(letter.isdigit() for letter in digits)
            raise forms.ValidationError(f"请输入11位手机号码，您输入了{count}位数字。")
        return digits


class ReferenceForm(forms.Form):
    reference = forms.CharField(
        label="报名编号",
        max_length=40,
        help_text="例如 BM-7K4M-29XQ，大小写都可以。",
        error_messages={"required": "请输入报名编号。", "max_length": "编号是BM加8个字母或数字。"},
    )

    def clean_reference(self) -> str:
        reference = normal_reference(self.cleaned_data["reference"])
        if not reference:
            raise forms.ValidationError("编号是BM加8个字母或数字，请对照后再输入。")
        return reference
