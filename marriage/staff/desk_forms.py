"""Forms of the counter."""

from django import forms
from django.utils import timezone

from ..identity import IdentityError, age_problem, normalise, parse
from ..models import BookingRules, Service
from .people import ID_TYPES


class AcceptForm(forms.Form):
    """The receipt of an accepted application."""

    receipt_number = forms.CharField(
        label="受理回执编号", max_length=40, help_text="已按当日顺序生成，可改为纸质回执上的编号。"
    )
    accepted_on = forms.DateField(
        label="受理日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class WalkInForm(forms.Form):
    """Two people at the counter (or one, by the service)."""

    service = forms.ModelChoiceField(Service.objects.none(), label="业务", empty_label="请选择业务")

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = office.services.filter(is_offered=True)
        self.is_foreign_here = office.accepts_foreign
        for number, side in ((1, "甲方"), (2, "乙方")):
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"{side}姓名", max_length=60, required=number == 1
            )
            self.fields[f"id_type_{number}"] = forms.ChoiceField(
                label=f"{side}证件", choices=ID_TYPES.items(), initial="resident"
            )
            self.fields[f"id_number_{number}"] = forms.CharField(
                label=f"{side}证件号码", max_length=40, required=number == 1
            )
            self.fields[f"phone_{number}"] = forms.CharField(
                label=f"{side}手机号码", max_length=20, required=False
            )

    def sides(self):
        """The fields of each person, for the template."""
        names = ("name", "id_type", "id_number", "phone")
        return [
            (side, [self[f"{name}_{number}"] for name in names])
            for number, side in ((1, "甲方"), (2, "乙方"))
        ]

    def clean(self):
        cleaned = super().clean()
        service = cleaned.get("service")
        count = service.party_count if service else 1
        numbers = []
        for number in range(1, 3):
            if number > count and not cleaned.get(f"id_number_{number}"):
                continue
            for name, words in (("name", "姓名"), ("id_number", "证件号码")):
                key = f"{name}_{number}"
                if not cleaned.get(key) and key not in self.errors:
                    self.add_error(key, f"请输入{words}")
            text = cleaned.get(f"id_number_{number}")
            if text:
                numbers.append(normalise(text))
                self._check_identity(number, text, service)
        if len(numbers) == 2 and numbers[0] == numbers[1]:
            self.add_error("id_number_2", "双方的证件号码相同，请核对")
        return cleaned

    def _check_identity(self, number: int, text: str, service) -> None:
        key = f"id_number_{number}"
        kind = self.cleaned_data.get(f"id_type_{number}")
        if kind != "resident":
            if not self.is_foreign_here:
                self.add_error(f"id_type_{number}", "本登记处不办理涉外、涉港澳台和华侨登记")
            return
        try:
            person = parse(text)
        except IdentityError as fault:
            self.add_error(key, fault.message)
            return
        if service and service.kind == Service.Kind.MARRIAGE:
            rules = BookingRules.load()
            problem = age_problem(person, timezone.localdate(), rules.man_age, rules.woman_age)
            if problem:
                self.add_error(key, problem)

    def people(self) -> list[dict]:
        """Return those filled in, as `marriage.booking.confirm` takes them."""
        data = self.cleaned_data
        return [
            {
                "name": data[f"name_{number}"],
                "id_type": data[f"id_type_{number}"],
                "id_number": normalise(data[f"id_number_{number}"]),
                "phone": data[f"phone_{number}"],
                "email": "",
            }
            for number in (1, 2)
            if data.get(f"id_number_{number}")
        ]
