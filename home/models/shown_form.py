"""The form of a record that several people may have open at once."""

import hashlib

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

OUT_OF_DATE = "您看的页面已经过时：打开以后，同事改过这一项。没有保存，您填的还在下面。"


def version(*rows: dict) -> str:
    """What stands for the values that a page showed."""
    values = [sorted((name, _plain(value)) for name, value in row.items()) for row in rows]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


class ShownForm(WagtailAdminModelForm):
    """Sends along what its page showed (`shown`). When the record is another by now, nothing is
    saved, and where the record differs from what was typed is said beside it."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["shown"] = self._version()
        else:
            del self.fields["shown"]

    def _version(self) -> str:
        return version(self.initial, *(form.initial for form in self._rows()))

    def _rows(self) -> list[forms.ModelForm]:
        return [form for formset in self.formsets.values() for form in formset.initial_forms]

    def clean(self):
        cleaned = super().clean()
        if "shown" in self.fields and cleaned.get("shown") != self.initial["shown"]:
            self.data = self.data.copy()
            self.data[self.add_prefix("shown")] = self.initial["shown"]
            self.add_error(None, f"{OUT_OF_DATE}再按“保存”，就用您填的代替现在的。{self._now()}")
        return cleaned

    def _now(self) -> str:
        """What of the record is not as typed, in words."""
        fields = [self[name] for name in self.changed_data if name != "shown"]
        words = [f"{field.label}：{_in_words(field)}" for field in fields]
        return f"现在的值与您填的不同的：{'；'.join(words)}。" if words else ""


def _in_words(field: forms.BoundField) -> str:
    value = field.initial
    if value in (None, "", []):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    choices = getattr(field.field, "choices", ())
    return str(dict(choices).get(value, value) if choices else value)[:60]


def _plain(value) -> str:
    return repr([each.pk for each in value]) if isinstance(value, list) else repr(value)
