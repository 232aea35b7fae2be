from django import forms

from home.models.sign_ups import normal_reference

from ..one_time import OneTimeForm
from ..typed_text.fields import LineField, PersonNameField, TelephoneField


class SignUpForm(OneTimeForm):
    """The minimum needed to reserve a seat and to call if the event changes."""

    name = PersonNameField(
        label="姓名",
        max_length=30,
        help_text="怎么称呼您，签到时用。",
        attributes={"autocomplete": "name"},
        error_messages={"required": "请填写姓名。", "max_length": "姓名最多30个字。"},
    )
    phone = TelephoneField(
        label="手机号码",
        help_text="活动改期或取消时，我们打这个电话。",
        attributes={"autocomplete": "tel", "inputmode": "tel"},
        error_messages={"required": "请填写手机号码。"},
    )


class ReferenceForm(forms.Form):
    reference = LineField(
        label="报名编号",
        help_text="例如 BM-7K4M-29XQ，大小写都可以。",
        error_messages={"required": "请输入报名编号。"},
    )

    def clean_reference(self) -> str:
        reference = normal_reference(self.cleaned_data["reference"])
        if not reference:
            raise forms.ValidationError("编号是BM加8个字母或数字，请对照后再输入。")
        return reference
